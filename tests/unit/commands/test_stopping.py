"""What a command says that ends because it was told to."""

from __future__ import annotations

import os
import signal

import pytest

from park_downtime.commands.stopping import stop_signals

PATIENCE_SECONDS = 60


class Failed(Exception):
    pass


def test_what_fails_after_the_signal_is_an_orderly_end(capsys: pytest.CaptureFixture[str]) -> None:
    with stop_signals() as stopping:
        os.kill(os.getpid(), signal.SIGTERM)
        assert stopping.wait(PATIENCE_SECONDS)
        raise Failed
    assert capsys.readouterr().out == "Stopped.\n"


def test_what_fails_before_a_signal_fails(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(Failed), stop_signals():
        raise Failed
    assert capsys.readouterr().out == ""

"""Long work tells how far it is: a bar on a terminal, log lines elsewhere."""

from __future__ import annotations

import io
import logging
import sys

import pytest

from park_downtime.commands.progress import progress


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_sees_a_bar_with_its_label(monkeypatch: pytest.MonkeyPatch) -> None:
    terminal = Terminal()
    monkeypatch.setattr(sys, "stderr", terminal)
    with progress("Replaying") as tell:
        tell(1, 4)
        tell(4, 4)
    assert "Replaying" in terminal.getvalue()
    assert "4/4" in terminal.getvalue()


def test_elsewhere_the_end_is_logged_with_its_counts(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.INFO), progress("Replaying") as tell:
        tell(1, 4)
        tell(4, 4)
    (record,) = caplog.records
    assert (record.message, record.__dict__["done"], record.__dict__["total"]) == ("Replaying", 4, 4)

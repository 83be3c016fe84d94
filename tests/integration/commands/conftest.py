"""Commands are called as from a shell; a simulated feed stands in for the real one."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from typing import NamedTuple

import pytest

from park_downtime import cli
from park_downtime.simulator.server import SimulatedFeedServer
from park_downtime.simulator.worlds import synthetic_world

SUMMER_NOON = datetime(2026, 7, 4, 18, tzinfo=UTC)


class Said(NamedTuple):
    """What one call of the program left behind."""

    status: int
    out: str
    err: str


Call = Callable[..., Said]


@pytest.fixture(autouse=True)
def no_log_remains() -> Iterator[None]:
    """A command starts the log of its process, which here goes on."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:] = handlers
    root.setLevel(level)


@pytest.fixture
def call(capsys: pytest.CaptureFixture[str]) -> Call:
    def run(*arguments: str) -> Said:
        capsys.readouterr()
        status = cli.main(list(arguments))
        return Said(status, *capsys.readouterr())

    return run


@pytest.fixture
def feed(monkeypatch: pytest.MonkeyPatch) -> Iterator[SimulatedFeedServer]:
    """Three parks of four rides each at noon of a summer's day; QUEUE_TIMES_URL points at it."""
    with SimulatedFeedServer(synthetic_world(3, 4), lambda: SUMMER_NOON) as server:
        monkeypatch.setenv("QUEUE_TIMES_URL", server.url)
        yield server


@pytest.fixture
def feed_is_away(monkeypatch: pytest.MonkeyPatch) -> str:
    """An address at which nobody listens."""
    with SimulatedFeedServer(synthetic_world(1, 1), lambda: SUMMER_NOON) as server:
        url = server.url
    monkeypatch.setenv("QUEUE_TIMES_URL", url)
    return url

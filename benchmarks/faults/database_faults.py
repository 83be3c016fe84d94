"""MariaDB is stopped or killed: in the middle of a cycle, in the night, and for an hour."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from benchmarks.faults.bench import Bench, Fault
from benchmarks.faults.databases import Server
from benchmarks.faults.scenario import AFTERNOON, HOUR
from benchmarks.faults.site import Site, Undisturbed
from benchmarks.faults.verdict import Verdict
from sqlalchemy import Connection, Engine, event


@contextmanager
def after_commits(engine: Engine, how_many: int, then: Callable[[], None]) -> Iterator[None]:
    """`then` once the engine has committed `how_many` transactions: in the middle of a job's work."""
    left = how_many

    def count(_: Connection) -> None:
        nonlocal left
        left -= 1
        if left == 0:
            then()

    event.listen(engine, "commit", count)
    try:
        yield
    finally:
        event.remove(engine, "commit", count)


class KilledInCycles(Undisturbed):
    """At the start of each hour the server dies after another number of the cycle's transactions."""

    def __init__(self, server: Server) -> None:
        self.server = server
        self.kills = 0

    def collect(self, site: Site, at: datetime) -> None:
        if not AFTERNOON <= at < AFTERNOON + 6 * HOUR or at.minute:
            site.collect(at)
            return
        self.kills += 1
        with after_commits(site.engine, self.kills, self.server.kill):
            report = site.collect(at)
        assert report is not None and (report.was_spooled or self.kills == 6), report
        self.server.start()


class KilledInTheNight(Undisturbed):
    """Each of the first hourly attempts finds the server dying after another number of transactions."""

    FIRST = datetime.fromisoformat("2026-07-15T04:00:00+00:00")

    def __init__(self, server: Server) -> None:
        self.server = server
        self.kills = 0

    def aggregate(self, site: Site, at: datetime) -> None:
        if not self.FIRST < at < self.FIRST + 5 * HOUR:
            site.aggregate(at)
            return
        self.kills += 1
        with after_commits(site.engine, self.kills, self.server.kill):
            site.aggregate(at)
        assert len(site.troubles) >= self.kills, "the server was not killed while the night was at work"
        self.server.start()


class StoppedForAnHour(Undisturbed):
    def __init__(self, server: Server) -> None:
        self.server = server

    def before(self, site: Site, at: datetime) -> None:
        if at == AFTERNOON:
            self.server.stop()
        elif at == AFTERNOON + HOUR:
            self.server.start()


def killed_in_cycles(bench: Bench) -> Verdict:
    return bench.day_with(KilledInCycles(bench.server), bench.server.url("faults"))


def killed_in_the_night(bench: Bench) -> Verdict:
    return bench.day_with(KilledInTheNight(bench.server), bench.server.url("faults"))


def stopped_for_six_cycles(bench: Bench) -> Verdict:
    return bench.day_with(StoppedForAnHour(bench.server), bench.server.url("faults"))


FAULTS = [
    Fault(
        "database-in-cycles",
        "MariaDB killed in the middle of six cycles, after 1 to 6 of their transactions",
        "equal: the cycle waits in SPOOL_DIR and is completed by the next",
        killed_in_cycles,
    ),
    Fault(
        "database-in-the-night",
        "MariaDB killed in five hourly attempts at the night, after 1 to 5 of their transactions",
        "equal: a later attempt goes on where it was",
        killed_in_the_night,
    ),
    Fault(
        "database-for-six-cycles",
        "MariaDB stopped for an hour (6 cycles)",
        "equal: six cycles wait in SPOOL_DIR",
        stopped_for_six_cycles,
    ),
]

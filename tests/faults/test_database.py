"""MariaDB is stopped or killed: in the middle of a cycle, in the night, and for an hour."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime

from faults.bench import Bench
from faults.databases import Server
from faults.disturbances import StoppedForAnHour
from faults.scenario import AFTERNOON, HOUR
from faults.site import Site, Undisturbed
from mariadb_server import MariaDB
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

    def __init__(self, server: MariaDB) -> None:
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

    def __init__(self, server: MariaDB) -> None:
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


def test_a_cycle_in_which_mariadb_is_killed_waits_and_is_completed_by_the_next(
    bench: Bench, server: Server
) -> None:
    killed = KilledInCycles(server.mariadb)
    assert bench.lost_by(killed, server.url("faults")) == []
    assert killed.kills == 6


def test_a_night_in_which_mariadb_is_killed_goes_on_where_it_was(bench: Bench, server: Server) -> None:
    killed = KilledInTheNight(server.mariadb)
    assert bench.lost_by(killed, server.url("faults")) == []
    assert killed.kills == 5


def test_six_cycles_without_mariadb_wait_and_nothing_is_lost(bench: Bench, server: Server) -> None:
    assert bench.lost_by(StoppedForAnHour(server.mariadb), server.url("faults")) == []

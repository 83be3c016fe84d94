"""Whole cycles over HTTP, with and without the database."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from cycles import RIDES, count
from sqlalchemy import Connection, Engine, select
from sqlalchemy.exc import ProgrammingError

from park_downtime.collection import store
from park_downtime.collection.spool import Spool
from park_downtime.config.settings import Settings, load
from park_downtime.database.availability import DatabaseUnavailable
from park_downtime.database.cycles import begin_cycle
from park_downtime.database.engine import make_engine, reading
from park_downtime.database.parks import all_parks
from park_downtime.database.readings import add_snapshots, latest_reached
from park_downtime.database.tables import collection_cycles
from park_downtime.feed.client import QueueTimes
from park_downtime.jobs.collect import CollectFailed, CollectReport, collect
from park_downtime.reports.ready_rides import ready_rides
from park_downtime.simulator.quirks import parse_quirks
from park_downtime.simulator.server import SimulatedFeedServer
from park_downtime.simulator.worlds import synthetic_world

AT = datetime(2026, 5, 3, 19, 0, tzinfo=UTC)
WORLD = synthetic_world(3, 4)

Run = Callable[[Engine, int], CollectReport]


@pytest.fixture
def feed() -> Iterator[SimulatedFeedServer]:
    with SimulatedFeedServer(WORLD, lambda: AT) as server:
        yield server


@pytest.fixture
def settings(feed: SimulatedFeedServer, tmp_path: Path) -> Settings:
    return load({"QUEUE_TIMES_URL": feed.url, "SPOOL_DIR": str(tmp_path / "spool")})


@pytest.fixture
def run(feed: SimulatedFeedServer, settings: Settings) -> Iterator[Run]:
    """Run the cycle of so many minutes after AT."""
    with QueueTimes(feed.url, attempts=1) as client:

        def cycle(engine: Engine, minutes: int = 0) -> CollectReport:
            now = AT + timedelta(minutes=minutes)
            feed.clock = lambda: now
            return collect(engine, settings, now, client, RIDES, deadline_seconds=20)

        yield cycle


@pytest.fixture
def away() -> Iterator[Engine]:
    """A database where nobody listens."""
    engine = make_engine("mysql://nobody@127.0.0.1:1/nothing")
    yield engine
    engine.dispose()


def cycles(engine: Engine) -> list[tuple[datetime, bool]]:
    c = collection_cycles.c
    with reading(engine) as connection:
        rows = connection.execute(select(c.recorded_at, c.was_spooled).order_by(c.recorded_at))
        return [(row.recorded_at, row.was_spooled) for row in rows]


def test_the_first_cycle_of_an_empty_database_learns_the_parks(engine: Engine, run: Run) -> None:
    report = run(engine, 0)
    assert (report.parks_ok, report.parks_failed, report.rows_written, report.problem) == (3, 0, 12, None)
    with reading(engine) as connection:
        assert [park.is_tracked for park in all_parks(connection).values()] == [True, True, True]


def test_a_cycle_leaves_the_rankings_ready(engine: Engine, run: Run) -> None:
    for minutes in (0, 10):
        run(engine, minutes)
        with reading(engine) as connection:
            ready = ready_rides(connection)
            assert ready is not None
            assert len(ready) == 12


def test_a_park_that_fails_harms_no_other(engine: Engine, run: Run, feed: SimulatedFeedServer) -> None:
    run(engine, 0)
    feed.set_quirks(parse_quirks("1:gone,2:html"))
    report = run(engine, 10)
    assert (report.parks_ok, report.parks_failed, report.parks_rejected) == (1, 1, 1)


def test_a_silent_feed_is_told(engine: Engine, run: Run, feed: SimulatedFeedServer) -> None:
    run(engine, 0)
    feed.set_quirks(parse_quirks("*:gone"))
    report = run(engine, 10)
    assert (report.parks_ok, report.problem) == (0, "none of 3 parks answered: HTTP 404")


def test_a_feed_that_was_never_there_fails_the_cycle(
    engine: Engine, run: Run, feed: SimulatedFeedServer
) -> None:
    feed.set_quirks(parse_quirks("list:gone"))
    with pytest.raises(CollectFailed, match="the list of parks could not be had: HTTP 404"):
        run(engine, 0)


def test_a_park_list_that_fails_later_leaves_the_known_parks(
    engine: Engine, run: Run, feed: SimulatedFeedServer
) -> None:
    run(engine, 0)
    feed.set_quirks(parse_quirks("list:gone"))
    report = run(engine, 25 * 60)
    assert report.parks_ok == 3
    assert report.problem == "the list of parks could not be had: HTTP 404"


def test_three_cycles_without_the_database_lose_nothing(engine: Engine, run: Run, away: Engine) -> None:
    run(engine, 0)
    spooled = [run(away, minutes) for minutes in (10, 20, 30)]
    assert [(report.was_spooled, report.waiting) for report in spooled] == [(True, 1), (True, 2), (True, 3)]
    report = run(engine, 40)
    assert (report.was_spooled, report.caught_up, report.waiting) == (False, 3, 0)
    assert cycles(engine) == [
        (AT + timedelta(minutes=minutes), minutes in (10, 20, 30)) for minutes in (0, 10, 20, 30, 40)
    ]
    assert count(engine, "ride_status_snapshots") == 60


def test_without_the_database_and_a_kept_list_there_is_no_cycle(run: Run, away: Engine) -> None:
    with pytest.raises(CollectFailed, match="no list of tracked parks is kept"):
        run(away, 0)


def test_a_database_lost_in_the_middle_gets_the_rest_later(
    engine: Engine, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    def going_away(connection: Connection, park_id: int, *rest: object) -> int:
        if park_id == 2:
            raise DatabaseUnavailable("server has gone away")
        return add_snapshots(connection, park_id, *rest)  # type: ignore[arg-type]

    with monkeypatch.context() as patched:
        patched.setattr(store, "add_snapshots", going_away)
        report = run(engine, 0)
    assert report.was_spooled
    assert report.problem == "the database cannot be used: server has gone away"
    assert count(engine, "ride_status_snapshots") == 4
    run(engine, 10)
    assert count(engine, "ride_status_snapshots") == 24


def test_an_unmigrated_database_keeps_the_readings(engine: Engine, run: Run, tmp_path: Path) -> None:
    run(engine, 0)
    unmigrated = make_engine(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    assert run(unmigrated, 10).was_spooled
    unmigrated.dispose()


def test_a_torn_spooled_cycle_stops_nothing(
    engine: Engine, run: Run, away: Engine, settings: Settings
) -> None:
    run(engine, 0)
    run(away, 10)
    run(away, 20)
    torn = Spool(settings.spool_dir).waiting()[0]
    torn.write_bytes(torn.read_bytes()[:40])
    report = run(engine, 30)
    assert (report.caught_up, report.waiting) == (1, 0)


def test_the_same_second_again_doubles_nothing(engine: Engine, run: Run) -> None:
    run(engine, 0)
    run(engine, 0)
    assert count(engine, "ride_status_snapshots") == 12
    assert len(cycles(engine)) == 1


def test_each_cycle_is_one_log_line(engine: Engine, run: Run, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level("INFO", logger="park_downtime.jobs.collect"):
        run(engine, 0)
    (record,) = [record for record in caplog.records if record.getMessage() == "cycle"]
    told = record.__dict__
    assert (told["parks_ok"], told["parks_failed"], told["parks_rejected"]) == (3, 0, 0)
    assert (told["rows_written"], told["was_spooled"]) == (12, False)


def test_all_rows_of_a_cycle_share_its_start(engine: Engine, run: Run) -> None:
    run(engine, 0)
    with reading(engine) as connection:
        assert [latest_reached(connection, park_id) for park_id in (1, 2, 3)] == [AT, AT, AT]


def beginning(failing_at: set[datetime]) -> Callable[..., object]:
    """`begin_cycle`, but the database does not take the cycles of some moments."""

    def begin(connection: Connection, recorded_at: datetime, *rest: object) -> object:
        if recorded_at in failing_at:
            raise ProgrammingError("INSERT", {}, Exception("no such column: outcome"))
        return begin_cycle(connection, recorded_at, *rest)  # type: ignore[arg-type]

    return begin


def test_a_cycle_that_the_database_never_takes_holds_up_no_other(
    sqlite_engine: Engine, run: Run, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(sqlite_engine, 0)
    monkeypatch.setattr(store, "begin_cycle", beginning({AT + timedelta(minutes=10)}))
    refused = run(sqlite_engine, 10)
    assert refused.problem == "the database does not take it: no such column: outcome"
    assert (refused.was_spooled, refused.waiting) == (True, 1)
    report = run(sqlite_engine, 20)
    assert (report.was_spooled, report.waiting, report.problem) == (False, 0, None)
    assert [path.name for path in settings.spool_dir.glob("*.aside")] == [
        "cycle-20260503T191000Z.jsonl.gz.aside"
    ]


def test_where_the_database_takes_no_cycle_all_wait_until_it_does(
    sqlite_engine: Engine, run: Run, monkeypatch: pytest.MonkeyPatch
) -> None:
    run(sqlite_engine, 0)
    with monkeypatch.context() as patched:
        patched.setattr(
            store, "begin_cycle", beginning({AT + timedelta(minutes=minutes) for minutes in (10, 20)})
        )
        assert [run(sqlite_engine, minutes).waiting for minutes in (10, 20)] == [1, 2]
    report = run(sqlite_engine, 30)
    assert (report.caught_up, report.waiting) == (2, 0)
    assert count(sqlite_engine, "ride_status_snapshots") == 48


def test_where_nobody_answers_the_cycle_says_it_in_its_one_line(
    sqlite_engine: Engine, run: Run, feed: SimulatedFeedServer, caplog: pytest.LogCaptureFixture
) -> None:
    run(sqlite_engine, 0)
    caplog.clear()
    feed.set_quirks(parse_quirks("*:gone,list:gone"))
    with caplog.at_level("INFO"):
        run(sqlite_engine, 25 * 60)
    (record,) = [record for record in caplog.records if record.name.startswith("park_downtime")]
    assert record.getMessage() == "cycle"
    assert record.__dict__["problem"] == "the list of parks could not be had: HTTP 404"

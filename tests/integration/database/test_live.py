"""The live table: what every entry of every tracked park last said at one moment."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import Connection, Engine, delete

from park_downtime.database.cycles import CycleCounts, begin_cycle, finish_cycle
from park_downtime.database.engine import reading, writing
from park_downtime.database.parks import ParkRow, save_parks
from park_downtime.database.readings import add_activity, add_snapshots
from park_downtime.database.rides import RideRow, add_rides, save_classifications
from park_downtime.database.runs import save_park_runs, save_runs
from park_downtime.database.tables import ride_status_snapshots
from park_downtime.judging.as_of import PastDatabase
from park_downtime.model import Category, Classification, RideReading, State
from park_downtime.reports.live import LiveEntry, LiveView, live_parks
from park_downtime.timeline.presence import PRESENT
from park_downtime.timeline.running import ParkActivity
from park_downtime.timeline.runs import ParkRun, Run

NOON = datetime(2026, 7, 4, 16, tzinfo=UTC)  # in Orlando
COASTER, SHOW = 101, 102
COUNTS = CycleCounts(1, 0, 0, 2, 0, 0, 1.0, 1.0)


def park(park_id: int = 6, name: str = "Magic Kingdom", tracked: bool = True) -> ParkRow:
    return ParkRow(
        park_id=park_id,
        group_id=None,
        name=name,
        country="United States",
        continent="North America",
        city="Orlando",
        state_province="Florida",
        latitude=None,
        longitude=None,
        timezone="America/New_York",
        operator=None,
        is_tracked=tracked,
        first_seen_at=NOON,
        removed_at=None,
    )


@pytest.fixture
def database(engine: Engine) -> Engine:
    """A tracked park with a coaster and a show."""
    with writing(engine) as connection:
        save_parks(connection, [park()])
        rides = [
            RideRow(COASTER, 6, "Coaster ™", None, None, PRESENT),
            RideRow(SHOW, 6, "Show", None, None, PRESENT),
        ]
        add_rides(connection, rides, NOON)
        known = {COASTER: Category.RIDE, SHOW: Category.SHOW}
        save_classifications(
            connection,
            {ride_id: Classification(category, None, 1.0, "", "test") for ride_id, category in known.items()},
            NOON,
        )
    return engine


def cycle(connection: Connection, at: datetime, said: dict[int, tuple[State, int | None]]) -> None:
    """A landed ten-minute cycle in which each ride said this."""
    row = begin_cycle(connection, at, 600, was_spooled=False)
    readings = [RideReading(key, "x", None, state, wait, False, None) for key, (state, wait) in said.items()]
    add_snapshots(connection, 6, at, row.cycle_id, readings)
    add_activity(connection, 6, at, row.cycle_id, ParkActivity(1, 0, 0, 1, True, None, None))
    finish_cycle(connection, row.cycle_id, COUNTS)


def minutes(number: int) -> datetime:
    return NOON + timedelta(minutes=number)


def view(engine: Engine, as_of: datetime | None = None) -> LiveView:
    with reading(engine) if as_of is None else PastDatabase(engine, as_of).reading() as connection:
        return live_parks(connection)


def entry(found: LiveView, ride_id: int) -> LiveEntry:
    return next(entry for park in found.parks for entry in park.entries if entry.ride_id == ride_id)


def test_before_the_first_cycle_there_is_no_moment(database: Engine) -> None:
    assert view(database) == LiveView(None, 0, ())


def test_the_last_reading_counts(database: Engine) -> None:
    with writing(database) as connection:
        cycle(connection, minutes(0), {COASTER: (State.CLOSED, None), SHOW: (State.OPEN, 5)})
        cycle(connection, minutes(10), {COASTER: (State.OPEN, 35), SHOW: (State.CLOSED, None)})
    found = view(database)
    assert found.as_of == minutes(10)
    assert (entry(found, COASTER).state, entry(found, COASTER).wait_minutes) == (State.OPEN, 35)
    assert entry(found, SHOW).state is State.CLOSED
    (shown,) = found.parks
    assert (shown.name, shown.city, shown.is_running) == ("Magic Kingdom", "Orlando", True)


def test_only_rides_are_counted(database: Engine) -> None:
    with writing(database) as connection:
        cycle(connection, minutes(0), {COASTER: (State.OPEN, 0), SHOW: (State.OPEN, 50)})
    (shown,) = view(database).parks
    assert shown.count(State.OPEN) == 1
    assert shown.waits == [0]


def test_an_unknown_reading_lets_the_one_before_hold(database: Engine) -> None:
    with writing(database) as connection:
        cycle(connection, minutes(0), {COASTER: (State.OPEN, 35)})
        cycle(connection, minutes(10), {COASTER: (State.UNKNOWN, None)})
    found = entry(view(database), COASTER)
    assert (found.state, found.last_reading_at) == (State.OPEN, minutes(0))


def test_a_reading_holds_for_two_and_a_half_intervals(database: Engine) -> None:
    with writing(database) as connection:
        cycle(connection, minutes(0), {COASTER: (State.OPEN, 35)})
        cycle(connection, minutes(25), {SHOW: (State.OPEN, None)})
    assert entry(view(database), COASTER).state is State.OPEN


def test_after_that_nothing_is_known(database: Engine) -> None:
    with writing(database) as connection:
        cycle(connection, minutes(0), {COASTER: (State.OPEN, 35)})
        cycle(connection, minutes(26), {SHOW: (State.OPEN, None)})
    found = entry(view(database), COASTER)
    assert (found.state, found.wait_minutes, found.last_reading_at) == (State.UNKNOWN, None, None)


def test_as_of_sees_no_later_cycle(database: Engine) -> None:
    with writing(database) as connection:
        cycle(connection, minutes(0), {COASTER: (State.CLOSED, None)})
        cycle(connection, minutes(10), {COASTER: (State.OPEN, 35)})
        save_park_runs(connection, 6, [ParkRun(date(2026, 7, 4), minutes(0), minutes(10), 600, True)])
    found = view(database, as_of=minutes(9))
    assert found.as_of == minutes(0)
    assert entry(found, COASTER).state is State.CLOSED


def test_a_cycle_that_is_still_running_has_not_landed(database: Engine) -> None:
    with writing(database) as connection:
        cycle(connection, minutes(0), {COASTER: (State.CLOSED, None)})
        begin_cycle(connection, minutes(10), 600, was_spooled=False)
    assert view(database).as_of == minutes(0)


def test_where_snapshots_are_gone_the_runs_say_the_state_without_a_wait(database: Engine) -> None:
    with writing(database) as connection:
        cycle(connection, minutes(0), {COASTER: (State.OPEN, 35)})
        run = Run(COASTER, date(2026, 7, 4), State.OPEN, minutes(-60), minutes(30), 600, 10, 10, 350, 35, 35)
        save_runs(connection, 6, [run])
        save_park_runs(connection, 6, [ParkRun(date(2026, 7, 4), minutes(-60), minutes(30), 600, True)])
        connection.execute(delete(ride_status_snapshots))
    found = entry(view(database, as_of=minutes(5)), COASTER)
    assert (found.state, found.wait_minutes, found.last_reading_at) == (State.OPEN, None, minutes(0))


def test_a_run_that_ended_long_before_says_nothing(database: Engine) -> None:
    with writing(database) as connection:
        cycle(connection, minutes(0), {})
        run = Run(COASTER, date(2026, 7, 4), State.OPEN, minutes(-60), minutes(-26), 600, 4, 0, 0, None, None)
        save_runs(connection, 6, [run])
    assert entry(view(database), COASTER).state is State.UNKNOWN


def test_an_inactive_ride_is_not_shown(database: Engine) -> None:
    with writing(database) as connection:
        cycle(connection, minutes(0), {COASTER: (State.OPEN, 35)})
        connection.exec_driver_sql(
            f"UPDATE rides SET inactive_since = '2026-07-01 00:00:00' WHERE ride_id = {SHOW}"  # noqa: S608
        )
    (shown,) = view(database).parks
    assert [entry.ride_id for entry in shown.entries] == [COASTER]


def test_a_park_that_is_not_tracked_is_not_shown(database: Engine) -> None:
    with writing(database) as connection:
        save_parks(connection, [park(7, "Elsewhere", tracked=False)])
        cycle(connection, minutes(0), {})
    assert [shown.park_id for shown in view(database).parks] == [6]


def test_a_tracked_park_that_was_never_heard_is_unknown(database: Engine) -> None:
    with writing(database) as connection:
        save_parks(connection, [park(5, "Epcot")])
        cycle(connection, minutes(0), {})
    epcot, _ = view(database).parks
    assert (epcot.name, epcot.is_running, epcot.entries) == ("Epcot", None, ())


def test_answers_are_stale_once_nothing_holds(database: Engine) -> None:
    with writing(database) as connection:
        cycle(connection, minutes(0), {})
    assert not view(database).is_stale_at(minutes(25))
    assert view(database).is_stale_at(minutes(26))

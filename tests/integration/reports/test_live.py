"""The live table: what every entry of every tracked park said last, as of the last cycle that landed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from cycles import NOON, add_parks, after, cycle, park, said
from sqlalchemy import Engine, delete, update

from park_downtime.collection.store import store_cycle
from park_downtime.database.cycles import begin_cycle
from park_downtime.database.engine import reading, writing
from park_downtime.database.ride_status import statuses
from park_downtime.database.tables import ride_status_snapshots, rides
from park_downtime.judging.as_of import AsOfDatabase
from park_downtime.judging.moment import moment
from park_downtime.model import Category, Classification, RideReading, State, Status
from park_downtime.reports.live import LiveEntry, LivePark, LiveView, live_view

COASTER, SHOW = 101, 102


class OneShow:
    """SHOW is a show, everything else a ride."""

    def classify(self, park_id: int, ride_id: int, name: str, land: str | None) -> Classification:
        return Classification(Category.SHOW if ride_id == SHOW else Category.RIDE, None, 1.0, "", "test")


@pytest.fixture
def database(engine: Engine) -> Engine:
    add_parks(engine, park(6))
    return engine


def opened(ride_id: int, wait: int | None = 35) -> RideReading:
    return replace(said(ride_id), wait_minutes=wait)


def closed(ride_id: int) -> RideReading:
    return said(ride_id, State.CLOSED)


def unknown(ride_id: int) -> RideReading:
    return said(ride_id, State.UNKNOWN)


def heard(engine: Engine, minutes: int, *readings: RideReading) -> None:
    """A landed cycle of ten minutes in which park 6 said this."""
    store_cycle(engine, cycle(after(minutes), {6: readings}), OneShow())


def view(engine: Engine, now: datetime | None = None, as_of: datetime | None = None) -> LiveView:
    with reading(engine) if as_of is None else AsOfDatabase(engine, as_of).reading() as connection:
        at = moment(connection)
        return live_view(connection, at, now or as_of or at.instant or NOON)


def shown(engine: Engine) -> LivePark:
    (one,) = view(engine).parks
    return one


def entry(found: LiveView, ride_id: int) -> LiveEntry:
    return next(entry for park in found.parks for entry in park.entries if entry.ride_id == ride_id)


def test_before_the_first_cycle_there_is_no_moment(database: Engine) -> None:
    assert view(database) == LiveView(None, False, ())


def test_the_last_reading_counts(database: Engine) -> None:
    heard(database, 0, closed(COASTER), opened(SHOW))
    heard(database, 10, opened(COASTER), closed(SHOW))
    found = view(database)
    assert found.as_of == after(10)
    assert (entry(found, COASTER).state, entry(found, COASTER).wait_minutes) == (State.OPEN, 35)
    assert entry(found, SHOW).state is State.CLOSED
    assert (shown(database).name, shown(database).is_running) == ("Park 6", True)


def test_only_rides_are_counted(database: Engine) -> None:
    heard(database, 0, opened(COASTER, 0), opened(SHOW, 50))
    assert shown(database).count(State.OPEN) == 1
    assert shown(database).waits == [0]


def test_an_unknown_reading_lets_the_one_before_hold_with_its_wait(database: Engine) -> None:
    heard(database, 0, opened(COASTER, 35), opened(SHOW))
    heard(database, 10, unknown(COASTER), opened(SHOW))
    found = entry(view(database), COASTER)
    assert (found.state, found.wait_minutes) == (State.OPEN, 35)


def test_a_ride_that_a_payload_leaves_out_says_what_it_said_wherever_it_is_asked(database: Engine) -> None:
    """The wait was known to the live table and to no other answer."""
    heard(database, 0, opened(COASTER, 35), opened(SHOW))
    heard(database, 10, opened(SHOW))
    assert entry(view(database), COASTER).wait_minutes == 35
    with reading(database) as connection:
        assert statuses(connection, after(10))[COASTER].wait_minutes == 35


def test_a_reading_holds_for_two_and_a_half_intervals(database: Engine) -> None:
    heard(database, 0, opened(COASTER), opened(SHOW))
    heard(database, 25, opened(SHOW))
    assert entry(view(database), COASTER).state is State.OPEN


def test_after_that_nothing_is_known(database: Engine) -> None:
    heard(database, 0, opened(COASTER), opened(SHOW))
    heard(database, 26, opened(SHOW))
    found = entry(view(database), COASTER)
    assert (found.status, found.wait_minutes) == (Status.UNKNOWN, None)


def test_as_of_sees_no_later_cycle(database: Engine) -> None:
    heard(database, 0, closed(COASTER), opened(SHOW))
    heard(database, 10, opened(COASTER), opened(SHOW))
    found = view(database, as_of=after(9))
    assert found.as_of == NOON
    assert entry(found, COASTER).state is State.CLOSED


def test_a_cycle_that_is_still_running_has_not_landed(database: Engine) -> None:
    heard(database, 0, closed(COASTER))
    with writing(database) as connection:
        begin_cycle(connection, after(10), 600, was_spooled=False)
    assert view(database).as_of == NOON


def test_where_snapshots_are_gone_an_earlier_moment_knows_the_state_without_a_wait(database: Engine) -> None:
    heard(database, 0, opened(COASTER))
    heard(database, 10, opened(COASTER))
    with writing(database) as connection:
        connection.execute(delete(ride_status_snapshots))
    found = entry(view(database, as_of=after(5)), COASTER)
    assert (found.state, found.wait_minutes) == (State.OPEN, None)


def test_an_inactive_ride_is_not_shown(database: Engine) -> None:
    heard(database, 0, opened(COASTER), opened(SHOW))
    with writing(database) as connection:
        connection.execute(update(rides).where(rides.c.ride_id == SHOW).values(inactive_since=NOON))
    assert [entry.ride_id for entry in shown(database).entries] == [COASTER]


def test_a_park_that_is_not_tracked_is_not_shown(database: Engine) -> None:
    add_parks(database, park(7, is_tracked=False))
    heard(database, 0, opened(COASTER))
    assert [shown.park_id for shown in view(database).parks] == [6]


def test_a_tracked_park_that_was_never_reached_is_unknown(database: Engine) -> None:
    add_parks(database, park(5))
    heard(database, 0, opened(COASTER))
    five, _ = view(database).parks
    assert (five.name, five.is_running, five.entries) == ("Park 5", None, ())


def test_what_is_stale_says_nothing(database: Engine) -> None:
    heard(database, 0, opened(COASTER))
    fresh, stale = view(database, now=after(25)), view(database, now=after(26))
    assert (fresh.is_stale, fresh.parks[0].is_running) == (False, True)
    assert entry(fresh, COASTER).state is State.OPEN
    assert (stale.is_stale, stale.parks[0].is_running) == (True, None)
    assert entry(stale, COASTER).state is State.UNKNOWN

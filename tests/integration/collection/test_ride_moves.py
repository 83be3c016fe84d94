"""Rides listed under another park's id: days of eight cycles, from listing to belonging there."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
from cycles import RIDES, add_parks, cycle, park, said
from sqlalchemy import Engine

from park_downtime.collection import store
from park_downtime.collection.store import store_cycle
from park_downtime.database.engine import reading
from park_downtime.database.rides import RideRow, rides_of
from park_downtime.database.runs import runs_since
from park_downtime.timeline.presence import PRESENT

MIDNIGHT = datetime(2026, 5, 3, 7, 0, tzinfo=UTC)
"""In Los Angeles, where park 7 stands; park 6 stands in New York, where it is 3 o'clock."""
BOTH = {6: (1, 2), 7: (2, 3)}
MOVED = {6: (1,), 7: (2, 3)}
STAYS = {6: (1, 2), 7: (3,)}


def hear(engine: Engine, hours: Iterable[int], listed: Mapping[int, tuple[int, ...]]) -> None:
    for hour in hours:
        at = MIDNIGHT + timedelta(hours=hour)
        heard = {key: tuple(said(ride_id) for ride_id in rides) for key, rides in listed.items()}
        store_cycle(engine, cycle(at, heard), RIDES)


def ride(engine: Engine, ride_id: int = 2) -> RideRow:
    with reading(engine) as connection:
        return rides_of(connection, 6, also=[ride_id])[ride_id]


def where(engine: Engine, ride_id: int = 2) -> tuple[int, int | None, date | None]:
    found = ride(engine, ride_id)
    return found.park_id, found.next_park_id, found.moves_on


AT_HOME = (6, None, None)
ANNOUNCED = (6, 7, date(2026, 5, 4))
THERE = (7, None, date(2026, 5, 4))


def day(number: int) -> range:
    """Every three hours of the local day of park 7; day 0 is that before May 3."""
    return range(24 * (number - 1), 24 * number, 3)


def test_a_day_there_and_not_at_home_moves_a_ride_at_midnight(engine: Engine) -> None:
    add_parks(engine, park(6), park(7, "America/Los_Angeles"))
    hear(engine, day(0), STAYS)
    hear(engine, [0], MOVED)
    assert where(engine) == AT_HOME
    hear(engine, day(1)[1:], MOVED)
    assert where(engine) == ANNOUNCED
    with reading(engine) as connection:
        assert sorted(runs_since(connection, 7, date(2026, 5, 2))) == [3]
    hear(engine, [24], MOVED)
    assert where(engine) == THERE
    assert ride(engine).presence == PRESENT
    with reading(engine) as connection:
        assert [run.local_date for run in runs_since(connection, 7, date(2026, 5, 2))[2]] == [
            date(2026, 5, 4)
        ]


@pytest.fixture
def two_parks(sqlite_engine: Engine) -> Engine:
    """Of which park 6 has named ride 2 until the midnight with which day 1 begins."""
    add_parks(sqlite_engine, park(6), park(7, "America/Los_Angeles"))
    hear(sqlite_engine, day(0), STAYS)
    return sqlite_engine


def test_rides_that_two_parks_list_stay(two_parks: Engine) -> None:
    hear(two_parks, [*day(1), 24], BOTH)
    assert where(two_parks) == AT_HOME


def test_half_of_a_days_cycles_are_enough(two_parks: Engine) -> None:
    hear(two_parks, day(1)[:4], {6: (1,), 7: (3,)})
    hear(two_parks, [*day(1)[4:], 24], MOVED)
    assert where(two_parks) == THERE


def test_less_than_half_of_them_are_not(two_parks: Engine) -> None:
    hear(two_parks, day(1)[:3], MOVED)
    hear(two_parks, day(1)[3:], {6: (1,), 7: (3,)})
    hear(two_parks, [24], MOVED)
    assert where(two_parks) == AT_HOME


def test_a_glitch_of_one_cycle_moves_nothing(two_parks: Engine) -> None:
    hear(two_parks, [0], {7: (1, 2, 3)})
    hear(two_parks, [24], {7: (1, 2, 3)})
    assert where(two_parks) == AT_HOME


def test_a_ride_that_changed_over_before_noon_moves_at_the_same_midnight(two_parks: Engine) -> None:
    hear(two_parks, day(1)[:4], STAYS)
    hear(two_parks, [*day(1)[4:], 24], MOVED)
    assert where(two_parks) == THERE


def test_one_that_changed_over_in_the_evening_moves_a_midnight_later(two_parks: Engine) -> None:
    hear(two_parks, day(1)[:6], STAYS)
    hear(two_parks, [*day(1)[6:], 24], MOVED)
    assert where(two_parks) == AT_HOME
    hear(two_parks, [*day(2)[1:], 48], MOVED)
    assert where(two_parks) == (7, None, date(2026, 5, 5))


def test_a_day_on_which_both_parks_named_it_moves_nothing(two_parks: Engine) -> None:
    hear(two_parks, [0], BOTH)
    hear(two_parks, [*day(1)[1:], 24], MOVED)
    assert where(two_parks) == AT_HOME


def test_its_own_park_naming_it_again_before_midnight_cancels(two_parks: Engine) -> None:
    hear(two_parks, day(1)[:6], MOVED)
    assert where(two_parks) == ANNOUNCED
    hear(two_parks, day(1)[6:7], BOTH)
    assert where(two_parks) == AT_HOME
    hear(two_parks, [*day(1)[7:], 24], MOVED)
    assert where(two_parks) == AT_HOME


def test_a_late_payload_of_its_own_park_cancels_too(two_parks: Engine) -> None:
    hear(two_parks, [0, 3, 9, 12, 15, 18, 21], MOVED)
    hear(two_parks, [6], {6: (1, 2)})
    assert where(two_parks) == ANNOUNCED
    hear(two_parks, [24], MOVED)
    assert where(two_parks) == AT_HOME


def test_late_listings_count(two_parks: Engine) -> None:
    hear(two_parks, [0, 3, 6], {6: (1,), 7: (3,)})
    hear(two_parks, [18], MOVED)
    hear(two_parks, [12, 15], MOVED)
    assert where(two_parks) == AT_HOME
    hear(two_parks, [21], MOVED)
    assert where(two_parks) == ANNOUNCED


def test_a_park_that_is_not_heard_does_not_keep_its_rides(two_parks: Engine) -> None:
    hear(two_parks, [*day(1), 24], {7: (1, 2, 3)})
    assert where(two_parks, 1) == where(two_parks, 2) == THERE


def test_a_park_listed_anew_under_another_id_takes_its_rides_along(two_parks: Engine) -> None:
    hear(two_parks, day(1)[:4], STAYS)
    add_parks(two_parks, park(8))  # in New York, whose May 4 begins at 21:00 of May 3 in Los Angeles
    hear(two_parks, [12, 15, 18], {7: (3,), 8: (1, 2)})
    assert where(two_parks, 1) == where(two_parks, 2) == (6, 8, date(2026, 5, 4))
    hear(two_parks, [21], {7: (3,), 8: (1, 2)})
    assert where(two_parks, 1) == where(two_parks, 2) == (8, None, date(2026, 5, 4))


def test_a_park_killed_in_the_cycle_of_the_move_is_moved_by_the_next_attempt(
    two_parks: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    hear(two_parks, day(1), MOVED)

    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched, pytest.raises(KeyboardInterrupt):
        patched.setattr(store, "add_snapshots", killed)
        hear(two_parks, [24], {7: (2, 3)})
    assert where(two_parks) == ANNOUNCED
    hear(two_parks, [24], MOVED)
    assert where(two_parks) == THERE


def test_a_cycle_stored_twice_is_counted_once(two_parks: Engine) -> None:
    hear(two_parks, [0, 0], {7: (2, 3)})
    assert where(two_parks) == AT_HOME

"""Rides over many cycles: gone, returned, moved to another park."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from cycles import NOON, RIDES, add_parks, after, cycle, park, said
from sqlalchemy import Engine

from park_downtime.collection.store import store_cycle
from park_downtime.database.engine import reading, writing
from park_downtime.database.rides import RideRow, change_ride, former_names, rides_of
from park_downtime.database.runs import runs_since
from park_downtime.timeline.presence import PRESENT, Presence

WEEK = timedelta(days=7)


@pytest.fixture(autouse=True)
def known_parks(engine: Engine) -> None:
    add_parks(engine, park(6), park(7, "America/Los_Angeles"))
    store_cycle(engine, cycle(NOON, {6: (said(1), said(2)), 7: (said(3),)}), RIDES)


def ride(engine: Engine, ride_id: int) -> RideRow:
    with reading(engine) as connection:
        return rides_of(connection, 6, also=[ride_id])[ride_id]


def missing(engine: Engine, payloads: int, since: datetime) -> None:
    with writing(engine) as connection:
        change_ride(connection, replace(ride(engine, 2), presence=Presence(since, payloads)))


def test_a_missing_ride_is_counted(engine: Engine) -> None:
    store_cycle(engine, cycle(after(10), {6: (said(1),)}), RIDES)
    store_cycle(engine, cycle(after(20), {6: (said(1),)}), RIDES)
    assert ride(engine, 2).presence == Presence(after(10), 2)


def test_the_hundredth_payload_without_it_after_a_week_makes_it_inactive(engine: Engine) -> None:
    missing(engine, 99, NOON)
    at = NOON + WEEK
    store_cycle(engine, cycle(at, {6: (said(1),)}), RIDES)
    assert ride(engine, 2).presence.inactive_since == at


def test_a_hundred_payloads_within_a_week_are_not_enough(engine: Engine) -> None:
    missing(engine, 99, NOON)
    store_cycle(engine, cycle(NOON + WEEK - timedelta(minutes=10), {6: (said(1),)}), RIDES)
    assert ride(engine, 2).presence.inactive_since is None


def test_our_own_standstill_makes_nothing_inactive(engine: Engine) -> None:
    store_cycle(engine, cycle(after(10), {6: (said(1),)}), RIDES)
    store_cycle(engine, cycle(NOON + 9 * WEEK, {6: (said(1),)}), RIDES)
    assert ride(engine, 2).presence.inactive_since is None


def test_names_that_come_in_turns_are_kept_once_each(engine: Engine) -> None:
    for turn in range(12):
        name = "Ride 2" if turn % 2 else "Ride 2\N{TRADE MARK SIGN}"
        store_cycle(engine, cycle(after(10 + 10 * turn), {6: (said(1), said(2, name=name))}), RIDES)
    with reading(engine) as connection:
        kept = former_names(connection, 2)
    assert [(name, until) for name, until in kept] == [
        ("Ride 2", after(110)),
        ("Ride 2\N{TRADE MARK SIGN}", after(120)),
    ]


def test_an_empty_payload_counts_nothing(engine: Engine) -> None:
    store_cycle(engine, cycle(after(10), {6: ()}), RIDES)
    assert ride(engine, 2).presence == PRESENT


def test_an_inactive_ride_comes_back_when_it_returns(engine: Engine) -> None:
    missing(engine, 99, NOON)
    store_cycle(engine, cycle(NOON + WEEK, {6: (said(1),)}), RIDES)
    store_cycle(engine, cycle(NOON + WEEK + timedelta(minutes=10), {6: (said(1), said(2))}), RIDES)
    assert ride(engine, 2).presence == PRESENT


class TestMove:
    """Noon in New York is 9 o'clock in Los Angeles, where park 7 stands."""

    MIDNIGHT = after(15 * 60)

    def moved(self, engine: Engine, at: datetime) -> None:
        store_cycle(engine, cycle(at, {6: (said(1),), 7: (said(2), said(3))}), RIDES)

    def test_until_midnight_its_readings_are_kept_but_say_nothing(self, engine: Engine) -> None:
        self.moved(engine, after(10))
        self.moved(engine, self.MIDNIGHT - timedelta(minutes=10))
        found = ride(engine, 2)
        assert (found.park_id, found.next_park_id) == (6, 7)
        with reading(engine) as connection:
            assert sorted(runs_since(connection, 7, NOON.date())) == [3]

    def test_from_midnight_on_it_belongs_to_the_new_park(self, engine: Engine) -> None:
        self.moved(engine, after(10))
        self.moved(engine, self.MIDNIGHT)
        found = ride(engine, 2)
        assert (found.park_id, found.next_park_id, found.presence) == (7, None, PRESENT)
        with reading(engine) as connection:
            assert sorted(runs_since(connection, 7, NOON.date())) == [2, 3]
            assert len(runs_since(connection, 6, NOON.date())[2]) == 1

    def test_a_ride_that_two_parks_name_stays_where_it_was(self, engine: Engine) -> None:
        store_cycle(engine, cycle(after(10), {6: (said(1), said(2)), 7: (said(2), said(3))}), RIDES)
        assert ride(engine, 2).next_park_id is None

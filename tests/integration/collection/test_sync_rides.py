"""Rides over many cycles: gone, returned, renamed."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from cycles import NOON, RIDES, add_parks, after, cycle, park, said
from sqlalchemy import Engine

from park_downtime.collection.store import store_cycle
from park_downtime.database.engine import reading, writing
from park_downtime.database.rides import RideRow, change_ride, former_names, rides_of
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

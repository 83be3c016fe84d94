"""What a cycle is told of its parks' past, for all of them at once."""

from __future__ import annotations

from datetime import datetime

import pytest
from cycles import NOON, RIDES, add_parks, after, cycle, park, said
from sqlalchemy import Engine

from park_downtime.collection.store import store_cycle
from park_downtime.database.corrections import add_correction
from park_downtime.database.doubts import FOREVER, save_doubts
from park_downtime.database.engine import reading, writing
from park_downtime.database.park_past import ParkPast, past_of_parks
from park_downtime.model import Cycle, DoubtKind, Land, ParkFailure, ParkOutcome, State
from park_downtime.timeline.doubts import Doubt
from park_downtime.timeline.voided import Voided

ALL_OPEN = (said(1), said(2, land=Land(70, "Fantasyland")))
ONE_CLOSED = (said(1), said(2, State.CLOSED, land=Land(70, "Fantasyland")))


@pytest.fixture
def two_parks(engine: Engine) -> Engine:
    add_parks(engine, park(6), park(7))
    return engine


def past(engine: Engine, at: datetime, park_id: int = 6) -> ParkPast:
    with reading(engine) as connection:
        return past_of_parks(connection, [park_id], at)[park_id]


def doubt(engine: Engine, *doubts: Doubt) -> None:
    with writing(engine) as connection:
        save_doubts(connection, 6, NOON, doubts)


def test_nothing_is_known_of_a_park_that_was_never_asked(two_parks: Engine) -> None:
    assert past(two_parks, NOON) == ParkPast(None, None, None, None, (), 0, (), None, None, None)


def test_each_park_has_its_own(two_parks: Engine) -> None:
    store_cycle(two_parks, cycle(NOON, {6: ALL_OPEN, 7: (said(3),)}), RIDES)
    store_cycle(two_parks, cycle(after(10), {6: ONE_CLOSED}), RIDES)
    with reading(two_parks) as connection:
        both = past_of_parks(connection, [6, 7], after(20))
    assert (both[6].reached_at, both[7].reached_at) == (after(10), NOON)
    assert (both[6].last_run_end, both[7].last_run_end) == (after(10), NOON)
    assert (both[6].largest_running_count, both[7].largest_running_count) == (2, 1)
    assert ([land.name for land in both[6].lands], both[7].lands) == (["Fantasyland"], ())
    assert both[6].heard is not None and both[6].heard.recorded_at == after(10)


def test_cycles_that_gave_nothing_are_told_for_a_day(two_parks: Engine) -> None:
    failed = Cycle(after(10), 600, (), (ParkFailure(6, ParkOutcome.FAILED, "timed out"),))
    store_cycle(two_parks, cycle(NOON, {6: ALL_OPEN}), RIDES)
    store_cycle(two_parks, failed, RIDES)
    assert past(two_parks, after(20)).missed == [after(10)]
    assert past(two_parks, after(20)).reached_at == NOON
    assert past(two_parks, after(10 + 24 * 60)).missed == ()


def test_what_is_later_than_the_cycle_makes_it_late(two_parks: Engine) -> None:
    store_cycle(two_parks, cycle(after(10), {6: ALL_OPEN}), RIDES)
    before, same, later = (past(two_parks, at) for at in (NOON, after(10), after(20)))
    assert (before.is_late(NOON), before.is_behind(NOON)) == (True, True)
    assert (same.is_late(after(10)), same.is_behind(after(10))) == (False, True)
    assert (later.is_late(after(20)), later.is_behind(after(20))) == (False, False)


def test_a_doubt_that_is_over_reaches_as_far_as_it_lasted(two_parks: Engine) -> None:
    doubt(two_parks, Doubt(DoubtKind.STANDSTILL, NOON, after(60), after(90)))
    assert past(two_parks, after(100)).doubted_until == after(90)
    assert not past(two_parks, after(100)).may_be_doubted(since=after(90))
    assert past(two_parks, after(100)).may_be_doubted(since=after(80))


def test_a_doubt_that_is_not_over_reaches_for_ever(two_parks: Engine) -> None:
    over = Doubt(DoubtKind.STANDSTILL, NOON, after(60), after(90))
    doubt(two_parks, over, Doubt(DoubtKind.LEFT_OPEN, after(100), after(200)))
    assert past(two_parks, after(300)).doubted_until == FOREVER


def test_corrections_reach_as_far_as_the_last_in_force(two_parks: Engine) -> None:
    with writing(two_parks) as connection:
        add_correction(connection, 6, Voided(None, NOON, after(30)), "a test", after(40))
        add_correction(connection, 6, Voided(1, NOON, after(20)), "a test", after(40))
    assert past(two_parks, after(50)).voided_until == after(30)
    assert past(two_parks, after(50), park_id=7).voided_until is None

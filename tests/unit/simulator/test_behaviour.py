"""Rides behave as the recordings of the real feed show."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from statistics import median, quantiles

from park_downtime.periods import day_range
from park_downtime.simulator.catalogue import Kind
from park_downtime.simulator.causes import Cause
from park_downtime.simulator.worlds import default_world, synthetic_world

WORLD = default_world()
YEAR = (datetime(2025, 1, 1, tzinfo=UTC), datetime(2026, 1, 1, tzinfo=UTC))


def test_breakdowns_last_as_long_as_measured() -> None:
    minutes = [
        (down.end - down.start).total_seconds() / 60
        for stretches in synthetic_world(2, 40).park_truth(1, *YEAR).values()
        for before, down, after in zip(stretches, stretches[1:], stretches[2:], strict=False)
        if before.is_open and down.cause is Cause.BREAKDOWN and after.is_open
    ]
    assert len(minutes) > 1_000
    p25, p50, p75 = quantiles(minutes, n=4)
    p95 = quantiles(minutes, n=20)[-1]
    assert 9 <= p25 <= 14
    assert 26 <= p50 <= 35
    assert 57 <= p75 <= 75
    assert 110 <= p95 <= 150


def test_some_breakdowns_last_until_closing() -> None:
    stretches = [found for ride in WORLD.park_truth(6, *YEAR).values() for found in pairwise(ride)]
    unrepaired = [down for down, after in stretches if down.cause is Cause.BREAKDOWN and not after.is_open]
    assert len(unrepaired) > 10


def test_a_storm_stops_many_rides_at_once() -> None:
    day = next(
        day
        for day in (date(2025, 7, 1) + timedelta(days=number) for number in range(31))
        if WORLD.park_storms(64, day)
    )
    start, end = WORLD.park_storms(64, day)[0]
    assert timedelta(minutes=30) <= end - start <= timedelta(minutes=120)
    stopped = [s for s in WORLD.state_at(64, start + timedelta(minutes=10)) if s.cause is Cause.WEATHER]
    assert len(stopped) >= 8


def test_no_storms_in_californian_summers_worth_telling() -> None:
    days = [date(2025, 6, 1) + timedelta(days=number) for number in range(90)]
    assert sum(bool(WORLD.park_storms(16, day)) for day in days) <= 5
    assert sum(bool(WORLD.park_storms(6, day)) for day in days) >= 25


def test_a_single_rider_line_repeats_its_parent() -> None:
    for park_id in (17, 64, 334):
        truth = WORLD.park_truth(park_id, YEAR[0], YEAR[0] + timedelta(days=20))
        lines = [ride for ride in WORLD.parks[park_id].rides if ride.parent_id is not None]
        assert lines
        assert all(truth[line.ride_id] == truth[line.parent_id or 0] for line in lines)


def test_the_always_open_entry_is_open_day_and_night() -> None:
    stretches = WORLD.truth(16, 304, *YEAR)
    assert [(stretch.start, stretch.end, stretch.is_open) for stretch in stretches] == [(*YEAR, True)]


def test_an_announced_ride_never_opens() -> None:
    assert not any(stretch.is_open for stretch in WORLD.truth(280, 15300, *YEAR))


def test_a_haunted_house_opens_on_autumn_nights_only() -> None:
    months = {s.start.month for s in WORLD.truth(65, 14937, *YEAR) if s.is_open}
    assert months <= {9, 10, 11}
    assert 10 in months


def test_a_show_is_open_around_its_performances_only() -> None:
    start, end = day_range(date(2025, 7, 9), "America/New_York")
    show = next(ride for ride in WORLD.parks[7].rides if ride.kind is Kind.SHOW)
    stretches = WORLD.truth(7, show.ride_id, start, end)
    performances = [stretch.end - stretch.start for stretch in stretches if stretch.is_open]
    assert len(performances) >= 3
    assert max(performances) <= timedelta(minutes=40)
    assert Cause.BETWEEN_SHOWS in {stretch.cause for stretch in stretches}


def test_most_openings_are_near_the_ride_s_own_median() -> None:
    near = total = 0
    hours = {
        day: WORLD.park_hours(16, day)[0].start
        for day in (date(2025, 3, 1) + timedelta(days=number) for number in range(60))
    }
    for ride in WORLD.parks[16].rides:
        if ride.kind is not Kind.RIDE:
            continue
        delays = []
        for day, opening in hours.items():
            start, end = day_range(day, "America/Los_Angeles")
            first = next(
                (s for s in WORLD.truth(16, ride.ride_id, start + timedelta(hours=5), end) if s.is_open), None
            )
            if first is not None:
                delays.append((first.start - opening).total_seconds() / 60)
        if delays:
            usual = median(delays)
            near += sum(abs(delay - usual) <= 15 for delay in delays)
            total += len(delays)
    assert 0.87 <= near / total <= 0.95


def test_some_rides_open_before_their_park() -> None:
    opening = WORLD.park_hours(6, date(2025, 7, 9))[0].start
    early = [state for state in WORLD.state_at(6, opening - timedelta(minutes=15)) if state.is_open]
    assert 2 <= len(early) <= 12


def test_refurbishments_last_whole_days() -> None:
    lengths = [
        stretch.end - stretch.start
        for ride in WORLD.park_truth(16, *YEAR).values()
        for stretch in ride
        if stretch.cause is Cause.REFURBISHMENT and stretch.start > YEAR[0] and stretch.end < YEAR[1]
    ]
    assert lengths
    assert min(lengths) >= timedelta(days=2)
    assert max(lengths) <= timedelta(days=91)


def test_waits_are_multiples_of_five_and_often_zero() -> None:
    waits = [
        state.wait_minutes
        for hour in range(15, 24)
        for park_id in (6, 16, 50, 61, 64)
        for state in WORLD.state_at(park_id, datetime(2025, 7, 9, hour, tzinfo=UTC))
        if state.is_open
    ]
    assert {wait % 5 for wait in waits} == {0}
    assert max(waits) <= 240
    assert 0.18 <= waits.count(0) / len(waits) <= 0.34


def test_a_closed_ride_has_no_wait() -> None:
    states = WORLD.state_at(6, datetime(2025, 7, 9, 9, tzinfo=UTC))
    assert {state.wait_minutes for state in states if not state.is_open} == {0}

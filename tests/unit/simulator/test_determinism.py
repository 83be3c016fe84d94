"""The same seed is the same world, whatever was asked before."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from park_downtime.simulator.payload import queue_times_json
from park_downtime.simulator.worlds import default_world, demo_world

NOON = datetime(2025, 7, 12, 17, tzinfo=UTC)
DAY = timedelta(days=1)
WORLD = default_world()


def test_two_worlds_of_one_seed_say_the_same() -> None:
    assert queue_times_json(default_world(7), 6, NOON) == queue_times_json(default_world(7), 6, NOON)


def test_another_seed_is_another_world() -> None:
    assert queue_times_json(default_world(7), 6, NOON) != queue_times_json(default_world(8), 6, NOON)


def test_a_park_is_the_same_in_a_world_of_fewer_parks() -> None:
    assert default_world().state_at(50, NOON) == demo_world().state_at(50, NOON)


def test_order_of_questions_does_not_matter() -> None:
    forwards, backwards = default_world(), default_world()
    days = [NOON + DAY * number for number in range(5)]
    first = [forwards.state_at(61, day) for day in days]
    backwards.truth(61, forwards.parks[61].rides[0].ride_id, NOON, NOON + 30 * DAY)
    last = [backwards.state_at(61, day) for day in reversed(days)]
    assert first == last[::-1]


@settings(max_examples=30)
@given(minutes=st.integers(0, 60 * 24 * 400), ride=st.integers(0, 30))
def test_state_is_what_truth_says_of_that_moment(minutes: int, ride: int) -> None:
    at = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)
    state = WORLD.state_at(6, at)[ride]
    stretches = WORLD.truth(6, state.ride_id, at - timedelta(hours=7), at + timedelta(hours=5))
    now = [stretch for stretch in stretches if stretch.start <= at < stretch.end]
    assert [(stretch.is_open, stretch.cause) for stretch in now] == [(state.is_open, state.cause)]

"""The truth of a ride is a partition of the time asked for."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from park_downtime.periods import day_range
from park_downtime.simulator.causes import Cause
from park_downtime.simulator.world import UnknownPark
from park_downtime.simulator.worlds import default_world

WORLD = default_world()


@settings(max_examples=40)
@given(
    park_id=st.sampled_from((6, 16, 47, 50, 295, 312, 316)),
    start_minutes=st.integers(0, 60 * 24 * 365),
    length_minutes=st.integers(1, 60 * 24 * 9),
)
def test_stretches_follow_each_other_and_fill_the_range(
    park_id: int, start_minutes: int, length_minutes: int
) -> None:
    start = datetime(2025, 1, 1, tzinfo=UTC) + timedelta(minutes=start_minutes)
    end = start + timedelta(minutes=length_minutes)
    for stretches in WORLD.park_truth(park_id, start, end).values():
        assert stretches[0].start == start
        assert stretches[-1].end == end
        assert all(stretch.start < stretch.end for stretch in stretches)
        assert all(one.end == other.start and one.cause != other.cause for one, other in pairwise(stretches))


@pytest.mark.parametrize(
    ("day", "hours"), [(date(2025, 3, 9), 23), (date(2025, 7, 1), 24), (date(2025, 11, 2), 25)]
)
def test_a_local_day_has_the_hours_of_its_clock_change(day: date, hours: int) -> None:
    start, end = day_range(day, "America/New_York")
    stretches = WORLD.truth(6, 137, start, end)
    assert sum((stretch.end - stretch.start for stretch in stretches), timedelta()) == timedelta(hours=hours)


def test_open_means_operating() -> None:
    start = datetime(2025, 7, 1, tzinfo=UTC)
    stretches = WORLD.truth(6, 137, start, start + timedelta(days=30))
    assert {stretch.cause for stretch in stretches if stretch.is_open} == {Cause.OPERATING}
    assert Cause.OPERATING not in {stretch.cause for stretch in stretches if not stretch.is_open}


def test_no_time_has_no_stretches() -> None:
    start = datetime(2025, 7, 1, tzinfo=UTC)
    assert WORLD.truth(6, 137, start, start) == []


def test_a_park_that_is_not_there_is_named() -> None:
    with pytest.raises(UnknownPark, match="no park 4 "):
        WORLD.state_at(4, datetime(2025, 7, 1, tzinfo=UTC))


def test_a_ride_that_is_not_there_is_named() -> None:
    start = datetime(2025, 7, 1, tzinfo=UTC)
    with pytest.raises(UnknownPark, match="no ride 5 in park 6"):
        WORLD.truth(6, 5, start, start + timedelta(days=1))

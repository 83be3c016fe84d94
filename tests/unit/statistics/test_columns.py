"""The parts of many rides column by column say what the same parts ride by ride say."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from park_downtime.statistics.columns import Columns, columns_of, none_of
from park_downtime.statistics.measures import MEASURE_NAMES, Measures, total

NAMES = ("open_seconds", "longest_outage_seconds", "wait_min", "wait_max")
WAIT = st.none() | st.integers(0, 300)
ROWS = st.dictionaries(
    st.integers(1, 6), st.builds(Measures, *[st.integers(0, 90_000)] * (len(MEASURE_NAMES) - 2), WAIT, WAIT)
)


def columns(rides: dict[int, Measures]) -> Columns:
    parts = [[getattr(ride, name) for ride in rides.values()] for name in MEASURE_NAMES]
    return columns_of([*rides], MEASURE_NAMES, parts)


def by_ride(found: Columns) -> dict[int, Measures]:
    return dict(zip(found.ride_ids, found.measures(), strict=True))


@given(ROWS, ROWS)
def test_both_added_up_are_those_of_either(one: dict[int, Measures], other: dict[int, Measures]) -> None:
    expected = {
        ride_id: total(rides[ride_id] for rides in (one, other) if ride_id in rides)
        for ride_id in {**one, **other}
    }
    assert by_ride(columns(one).plus(columns(other))) == expected


@given(ROWS)
def test_a_total_is_the_sum_of_rides(rides: dict[int, Measures]) -> None:
    assert columns(rides).total(range(len(rides))) == total(rides.values())


@given(ROWS)
def test_park_wide_time_is_taken_out_of_each(rides: dict[int, Measures]) -> None:
    expected = {ride_id: parts.without_park_wide() for ride_id, parts in rides.items()}
    assert by_ride(columns(rides).without_park_wide()) == expected


@given(ROWS)
def test_shares_are_those_of_each(rides: dict[int, Measures]) -> None:
    found = columns(rides)
    assert found.coverage_shares() == [parts.coverage_share for parts in rides.values()]
    assert found.operating_seconds() == [parts.operating_seconds for parts in rides.values()]


def test_rides_that_are_not_known_have_nothing() -> None:
    found = columns_of([7, 3], NAMES, [[10, 20], [5, 6], [0, None], [30, None]]).of([3, 4, 7])
    assert found.ride_ids == [3, 4, 7]
    assert dict(found.parts) == {
        "open_seconds": [20, 0, 10],
        "longest_outage_seconds": [6, 0, 5],
        "wait_min": [None, None, 0],
        "wait_max": [None, None, 30],
    }


def test_rows_of_one_ride_are_added_up() -> None:
    found = columns_of(
        [7, 3, 7, 7], NAMES, [[1, 2, 4, 8], [5, 6, 9, 2], [4, None, 3, None], [4, None, None, 8]]
    )
    assert found.ride_ids == [7, 3]
    assert [*found.parts.values()] == [[13, 2], [9, 6], [3, None], [8, None]]


def test_only_some_rides() -> None:
    assert columns_of([7, 3], ("open_seconds",), [[1, 2]]).only({3, 5}).ride_ids == [3]


def test_of_no_ride_there_is_nothing() -> None:
    assert none_of(NAMES).measures() == []
    assert columns_of([], NAMES, [[], [], [], []]) == none_of(NAMES)


def test_a_measure_that_was_not_read_is_not_taken_for_zero() -> None:
    [ride] = columns_of([7], ("open_seconds", "downtime_seconds"), [[10], [5]]).measures()
    assert ride.operating_seconds == 15
    with pytest.raises(AttributeError):
        ride.outage_count  # noqa: B018

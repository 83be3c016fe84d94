"""A cycle as lines and back."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from park_downtime.collection.spool_format import SpoolUnreadable, cycle_from_lines, cycle_to_lines
from park_downtime.model import Cycle, Land, ParkFailure, ParkOutcome, ParkReadings, RideReading, State

instants = st.datetimes(datetime(2020, 1, 1), datetime(2040, 1, 1), timezones=st.just(UTC))  # noqa: DTZ001
ids = st.integers(1, 2**31 - 1)
readings = st.builds(
    RideReading,
    ids,
    st.none() | st.text(),
    st.none() | st.builds(Land, st.none() | ids, st.text()),
    st.sampled_from(State),
    st.none() | st.integers(0, 300),
    st.booleans(),
    st.none() | instants,
)
parks = st.builds(ParkReadings, ids, instants, st.lists(readings, max_size=3).map(tuple), ids, ids)
failures = st.builds(ParkFailure, ids, st.sampled_from([ParkOutcome.FAILED, ParkOutcome.REJECTED]), st.text())
cycles = st.builds(
    Cycle,
    instants,
    st.integers(60, 3600),
    st.lists(parks, max_size=3).map(tuple),
    st.lists(failures, max_size=2).map(tuple),
    st.floats(0, 1000),
    st.booleans(),
)


@given(cycles)
def test_every_cycle_comes_back_as_it_was(cycle: Cycle) -> None:
    assert cycle_from_lines(list(cycle_to_lines(cycle))) == cycle


EMPTY = Cycle(datetime(2026, 5, 3, tzinfo=UTC), 600, ())


@pytest.mark.parametrize(
    "lines",
    [
        [],
        list(cycle_to_lines(EMPTY))[:-1],
        ["{}", "{}"],
        ["[]"],
        ['{"version": 2}', '{"parks": 0}'],
        [next(iter(cycle_to_lines(EMPTY))), '{"park_id": 6}', '{"parks": 1}'],
    ],
)
def test_what_is_no_whole_cycle_is_unreadable(lines: list[str]) -> None:
    with pytest.raises(SpoolUnreadable):
        cycle_from_lines(lines)


def test_a_cycle_that_an_earlier_release_kept_is_not_simulated() -> None:
    head = (
        '{"version": 1, "recorded_at": "2026-05-03T00:00:00+00:00", "interval_seconds": 600,'
        ' "fetch_seconds": 0.0, "failures": []}'
    )
    assert not cycle_from_lines([head, '{"parks": 0}']).is_simulated

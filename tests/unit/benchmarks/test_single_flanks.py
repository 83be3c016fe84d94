"""Long outages that rest on a single reading."""

from __future__ import annotations

import pytest
from benchmarks.accuracy.single_flanks import LongOutages
from drawing import HOUR
from looks import seen

ALL_DAY = "X" * 9 * HOUR + "o" * 12 * HOUR + "X" * 3 * HOUR
CLOSED = "X" * 2 * HOUR


def looked_at(ride: str) -> LongOutages:
    found = LongOutages()
    found.look_at(seen(ALL_DAY, ALL_DAY, ALL_DAY, "X" * 9 * HOUR + ride + "X" * 3 * HOUR))
    return found


@pytest.mark.parametrize(
    "ride",
    ["o" * 59 + CLOSED + "o", "o" + CLOSED + "o" * 59, "o" * 20 + "X" + "o" + CLOSED + "o" * 38],
    ids=["after", "before", "between two outages"],
)
def test_a_single_reading_on_either_side_is_told(ride: str) -> None:
    found = looked_at(ride)
    assert [outage.seconds for outage in found.flanked] == [7200]


def test_two_readings_on_either_side_are_enough() -> None:
    found = looked_at("oo" + CLOSED + "oo" + "X" * 56)
    assert [outage.seconds for outage in found.everything] == [7200]
    assert found.flanked == []


def test_what_is_shorter_than_two_hours_is_not_looked_at() -> None:
    assert looked_at("o" * 60 + "X" * 11 + "o").everything == []

"""The parts that every figure is a sum of."""

from __future__ import annotations

from dataclasses import Field, fields
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from park_downtime.statistics.measures import Measures, ParkMeasures, total

FIELDS = {field.name: st.integers(0, 90_000) for field in fields(Measures)}
WAITS = st.none() | st.integers(0, 300)
ANY_PARTS = st.builds(Measures, **{**FIELDS, "wait_min": WAITS, "wait_max": WAITS})


def test_seconds_and_counts_add_up() -> None:
    both = total([Measures(open_seconds=600, outage_count=1), Measures(open_seconds=1200, outage_count=2)])
    assert (both.open_seconds, both.outage_count) == (1800, 3)


def test_the_longest_outage_stays_the_longest() -> None:
    both = total([Measures(longest_outage_seconds=900), Measures(longest_outage_seconds=600)])
    assert both.longest_outage_seconds == 900


def test_waits_keep_their_extremes() -> None:
    both = total([Measures(wait_min=5, wait_max=40), Measures(wait_min=0, wait_max=15)])
    assert (both.wait_min, both.wait_max) == (0, 40)


def test_a_day_without_waits_hides_no_extremes() -> None:
    both = total([Measures(wait_min=5, wait_max=40), Measures()])
    assert (both.wait_min, both.wait_max) == (5, 40)


def test_park_wide_time_and_outages_can_be_taken_out() -> None:
    parts = Measures(
        open_seconds=600,
        downtime_seconds=900,
        park_wide_seconds=300,
        outage_count=3,
        park_wide_outage_count=2,
    )
    assert parts.without_park_wide() == Measures(open_seconds=600, downtime_seconds=600, outage_count=1)


def test_nothing_is_a_sum_of_zeros() -> None:
    assert total([]) == Measures()


@given(several=st.lists(ANY_PARTS, max_size=6))
def test_the_order_does_not_matter(several: list[Measures]) -> None:
    assert total(several) == total(several[::-1])


@given(several=st.lists(ANY_PARTS, min_size=2, max_size=6))
def test_neither_does_the_grouping(several: list[Measures]) -> None:
    assert total([total(several[:1]), total(several[1:])]) == total(several)


def test_adding_takes_every_part_along() -> None:
    one = Measures(**{field.name: 1 for field in fields(Measures)})
    assert total([Measures(), one]) == one


class TestUptime:
    def test_is_open_time_over_open_and_down(self) -> None:
        assert Measures(open_seconds=5400, downtime_seconds=1800).uptime_share == 0.75

    def test_other_closures_are_not_in_it(self) -> None:
        parts = Measures(
            open_seconds=3600,
            late_opening_seconds=3600,
            early_close_seconds=3600,
            did_not_operate_seconds=3600,
            ongoing_seconds=3600,
            unknown_seconds=3600,
        )
        assert parts.uptime_share == 1.0

    def test_of_what_neither_ran_nor_was_down_is_unknown(self) -> None:
        assert Measures(did_not_operate_seconds=36000).uptime_share is None
        assert Measures(did_not_operate_seconds=36000).downtime_rate is None


class TestCoverage:
    def test_is_known_over_expected(self) -> None:
        assert Measures(expected_seconds=36000, unknown_seconds=9000).coverage_share == 0.75

    def test_where_nothing_was_expected_is_unknown(self) -> None:
        assert Measures().coverage_share is None
        assert ParkMeasures().coverage_share is None

    def test_of_a_park_is_its_own(self) -> None:
        assert ParkMeasures(park_expected_seconds=32400, park_unknown_seconds=10800).coverage_share == 2 / 3


class TestWaits:
    def test_zeros_are_in_the_average(self) -> None:
        assert Measures(wait_sum=60, wait_count=4).average_wait_minutes == 15.0

    def test_without_any_it_is_unknown(self) -> None:
        assert Measures(open_seconds=3600).average_wait_minutes is None


class TestWithoutParkWide:
    PARTS = Measures(open_seconds=7200, downtime_seconds=1800, park_wide_seconds=1200, outage_count=2)

    def test_takes_it_out_of_the_downtime(self) -> None:
        assert self.PARTS.without_park_wide().downtime_seconds == 600

    def test_leaves_the_rest(self) -> None:
        rest = self.PARTS.without_park_wide()
        assert (rest.open_seconds, rest.outage_count, rest.park_wide_seconds) == (7200, 2, 0)

    def test_changes_nothing_where_there_is_none(self) -> None:
        parts = Measures(open_seconds=7200, downtime_seconds=1800)
        assert parts.without_park_wide() == parts


def test_a_parks_own_parts_add_up() -> None:
    park = ParkMeasures(3600, 600, 3600, 60, 1)
    park.add(ParkMeasures(7200, 0, 7200, 120, 1))
    assert park == ParkMeasures(10800, 600, 10800, 180, 2)


@pytest.mark.parametrize("measure", fields(Measures), ids=lambda measure: str(measure.name))
def test_every_measure_adds_up_as_it_says(measure: Field[Any]) -> None:
    parts = Measures(**{measure.name: 5})
    parts.add(Measures(**{measure.name: 3}))
    expected = {"least": 3, "greatest": 5, None: 8}[measure.metadata.get("of_several")]
    assert getattr(parts, measure.name) == expected


@pytest.mark.parametrize("measure", fields(ParkMeasures), ids=lambda measure: str(measure.name))
def test_every_measure_of_a_park_adds_up(measure: Field[Any]) -> None:
    parts = ParkMeasures(**{measure.name: 5})
    parts.add(ParkMeasures(**{measure.name: 3}))
    expected = {"least": 3, "greatest": 5, None: 8}[measure.metadata.get("of_several")]
    assert getattr(parts, measure.name) == expected

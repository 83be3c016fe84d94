"""How a period compares with the one before."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from park_downtime.statistics.columns import columns_of
from park_downtime.statistics.measures import MEASURE_NAMES, Measures
from park_downtime.statistics.trends import (
    trend_percentage,
    trend_percentages,
    uptime_change,
    uptime_changes,
)

HOUR = 3600


def parts(open_hours: float, down_hours: float, expected: float = 10, unknown: float = 0) -> Measures:
    return Measures(
        open_seconds=round(open_hours * HOUR),
        downtime_seconds=round(down_hours * HOUR),
        expected_seconds=round(expected * HOUR),
        unknown_seconds=round(unknown * HOUR),
    )


class TestTrend:
    def test_half_as_much_again_is_plus_fifty(self) -> None:
        assert trend_percentage(parts(8.5, 1.5), parts(9, 1)) == pytest.approx(50.0)

    def test_half_as_much_is_minus_fifty(self) -> None:
        assert trend_percentage(parts(9.5, 0.5), parts(9, 1)) == pytest.approx(-50.0)

    def test_no_downtime_any_more_is_minus_a_hundred(self) -> None:
        assert trend_percentage(parts(10, 0), parts(9, 1)) == -100.0

    def test_half_a_day_compares_fairly_with_a_whole_one(self) -> None:
        assert trend_percentage(parts(4.5, 0.5), parts(9, 1)) == pytest.approx(0.0)

    def test_unknown_when_there_was_no_downtime_before(self) -> None:
        assert trend_percentage(parts(9, 1), parts(10, 0)) is None

    def test_unknown_when_less_than_half_was_observed_before(self) -> None:
        assert trend_percentage(parts(9, 1), parts(4, 0.9, expected=10, unknown=5.1)) is None

    def test_half_is_enough(self) -> None:
        assert trend_percentage(parts(9, 1), parts(4.5, 0.5, expected=10, unknown=5)) == pytest.approx(0.0)

    def test_unknown_without_an_hour_of_downtime_in_either(self) -> None:
        assert trend_percentage(parts(9, 0.99), parts(9, 0.5)) is None

    def test_an_hour_in_one_of_both_is_enough(self) -> None:
        assert trend_percentage(parts(9, 1), parts(9.5, 0.5)) == pytest.approx(100.0)
        assert trend_percentage(parts(9.5, 0.5), parts(9, 1)) == pytest.approx(-50.0)

    def test_unknown_when_nothing_was_expected_before(self) -> None:
        assert trend_percentage(parts(9, 1), Measures()) is None

    def test_unknown_when_nothing_ran_now(self) -> None:
        assert trend_percentage(Measures(), parts(9, 1)) is None


class TestUptimeChange:
    def test_points_are_signed(self) -> None:
        change = uptime_change(parts(9, 1), parts(8, 2))
        assert change is not None
        assert (change.previous_percentage, change.current_percentage) == (80.0, 90.0)
        assert change.points == pytest.approx(10.0)

    def test_a_decline_is_negative(self) -> None:
        change = uptime_change(parts(8, 2), parts(9, 1))
        assert change is not None
        assert change.points == pytest.approx(-10.0)

    def test_less_than_five_points_is_compared_and_not_listed(self) -> None:
        change = uptime_change(parts(9.4, 0.6), parts(9, 1))
        assert change is not None
        assert not change.is_listed

    def test_five_points_are_enough(self) -> None:
        change = uptime_change(parts(8, 2), parts(7.5, 2.5))
        assert change is not None
        assert change.is_listed

    @pytest.mark.parametrize(("current", "previous"), [(3.9, 4), (4, 3.9)])
    def test_four_hours_are_needed_in_both_periods(self, current: float, previous: float) -> None:
        assert uptime_change(parts(current, 0), parts(previous - 1, 1)) is None

    def test_four_hours_are_enough(self) -> None:
        assert uptime_change(parts(4, 0), parts(3, 1)) is not None

    def test_a_park_needs_them_per_ride_on_average(self) -> None:
        assert uptime_change(parts(39, 0), parts(30, 10), current_rides=10, previous_rides=10) is None
        assert uptime_change(parts(40, 0), parts(30, 10), current_rides=10, previous_rides=10) is not None


hours_of_one = st.sampled_from([0, 0.5, 1, 3, 4, 5, 9])
of_one = st.builds(parts, hours_of_one, hours_of_one, hours_of_one, hours_of_one)


class TestOfMany:
    @given(st.lists(st.tuples(of_one, of_one), min_size=1))
    def test_each_is_compared_as_it_is_alone(self, rides: list[tuple[Measures, Measures]]) -> None:
        current, previous = (
            columns_of(
                [*range(len(rides))],
                MEASURE_NAMES,
                [[getattr(ride, name) for ride in period] for name in MEASURE_NAMES],
            )
            for period in zip(*rides, strict=True)
        )
        assert trend_percentages(current, previous) == [trend_percentage(*ride) for ride in rides]
        assert uptime_changes(current, previous) == [uptime_change(*ride) for ride in rides]

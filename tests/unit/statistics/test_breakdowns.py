"""At which hours of the week rides break down, beside how long they were looked at in each."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from hypothesis import given
from hypothesis import strategies as st

from park_downtime.statistics.breakdowns import LEAST_OUTAGES, Hour, OperatingDay, by_hour

NEW_YORK = "America/New_York"
WEDNESDAY = datetime(2026, 7, 1, 13, tzinfo=UTC)
"""9:00 in New York."""
HOUR = timedelta(hours=1)
HOURS = st.floats(0, 2000)
TEN = [WEDNESDAY + timedelta(minutes=20)] * LEAST_OUTAGES


def day(start: datetime, hours: float, operating_hours: float) -> OperatingDay:
    return OperatingDay(start, start + hours * HOUR, int(3600 * operating_hours))


def test_an_outage_counts_in_the_hour_in_which_it_begins_by_the_clock_of_the_park() -> None:
    found = by_hour([*TEN, WEDNESDAY + 9 * HOUR], [day(WEDNESDAY, 10, 10)], NEW_YORK)
    assert {hour: each.outages for hour, each in found.items() if each.outages} == {
        Hour(3, 9): 10,
        Hour(3, 18): 1,
    }


def test_below_ten_nothing_is_said() -> None:
    assert by_hour(TEN[1:], [day(WEDNESDAY, 10, 10)], NEW_YORK) == {}


def test_a_ride_that_was_open_or_down_half_of_its_day_was_looked_at_for_half_of_each_hour() -> None:
    found = by_hour(TEN, [day(WEDNESDAY, 2, 1)], NEW_YORK)
    assert [(hour.hour, each.observed_seconds) for hour, each in found.items()] == [(9, 1800), (10, 1800)]


def test_hours_of_forty_rides_are_those_of_all_of_them() -> None:
    found = by_hour(TEN, [day(WEDNESDAY, 1, 40)], NEW_YORK)
    assert found[Hour(3, 9)].observed_seconds == 40 * 3600


def test_an_hour_that_is_not_whole_has_its_part() -> None:
    found = by_hour(TEN, [day(WEDNESDAY + timedelta(minutes=45), 0.5, 0.5)], NEW_YORK)
    assert [(hour.hour, each.observed_seconds) for hour, each in found.items()] == [(9, 900), (10, 900)]


def test_the_hours_after_midnight_are_of_the_next_weekday() -> None:
    found = by_hour(TEN, [day(WEDNESDAY + 14 * HOUR, 2, 2)], NEW_YORK)
    assert list(found) == [Hour(3, 9), Hour(3, 23), Hour(4, 0)]


def test_the_hour_that_comes_twice_when_clocks_go_back_counts_twice() -> None:
    midnight = datetime(2026, 11, 1, 4, tzinfo=UTC)
    found = by_hour(TEN, [day(midnight, 4, 4)], NEW_YORK)
    looked = {hour.hour: each.observed_seconds for hour, each in found.items() if hour.weekday == 7}
    assert looked == {0: 3600, 1: 7200, 2: 3600}


def test_a_single_open_reading_has_its_time() -> None:
    found = by_hour(TEN, [OperatingDay(WEDNESDAY, WEDNESDAY, 600)], NEW_YORK)
    assert found[Hour(3, 9)].observed_seconds == 600


@given(
    st.lists(
        st.builds(day, st.integers(0, 9000).map(lambda n: WEDNESDAY + n * HOUR / 7), st.floats(0, 30), HOURS),
        max_size=8,
    )
)
def test_all_hours_together_are_all_operating_time(days: list[OperatingDay]) -> None:
    found = by_hour(TEN, days, "Asia/Kolkata")
    looked = sum(each.observed_seconds for each in found.values())
    assert abs(looked - sum(each.operating_seconds for each in days)) < 1

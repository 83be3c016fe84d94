"""Local days and periods: midnight to midnight in the park's zone, whatever the clocks do."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from park_downtime.model import PeriodTotal
from park_downtime.periods import (
    DateRange,
    Zone,
    by_iso_week,
    day_range,
    days_touched,
    ended_periods,
    instant_on,
    local_date,
    month_of,
    seconds_into_day,
    start_of_day,
    week_of,
    whole_days,
    year_of,
)

NEW_YORK = "America/New_York"
FRIDAY = date(2025, 7, 4)
ZONES = st.sampled_from(
    [
        NEW_YORK,
        "America/Los_Angeles",
        "America/Toronto",
        "America/Mexico_City",
        "America/Phoenix",
        "America/Havana",  # midnight is repeated in autumn and skipped in spring
        "Europe/London",
        "Australia/Lord_Howe",  # half an hour of summer time
        "Asia/Kathmandu",
    ]
)
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


def utc(*parts: int) -> datetime:
    return datetime(*parts, tzinfo=UTC)  # type: ignore[arg-type, misc]


class TestLocalDay:
    def test_it_begins_at_midnight_in_the_zone(self) -> None:
        assert start_of_day(FRIDAY, NEW_YORK) == utc(2025, 7, 4, 4)
        assert start_of_day(date(2025, 1, 4), NEW_YORK) == utc(2025, 1, 4, 5)

    def test_an_evening_in_los_angeles_is_already_tomorrow_in_utc(self) -> None:
        assert local_date(utc(2025, 7, 5, 6, 59, 59), "America/Los_Angeles") == FRIDAY
        assert local_date(utc(2025, 7, 5, 7), "America/Los_Angeles") == date(2025, 7, 5)

    def test_it_lasts_24_hours_23_in_spring_and_25_in_autumn(self) -> None:
        hours = []
        for day in (FRIDAY, date(2025, 3, 9), date(2025, 11, 2)):
            start, end = day_range(day, NEW_YORK)
            hours.append((end - start) / timedelta(hours=1))
        assert hours == [24, 23, 25]

    def test_where_midnight_is_skipped_it_begins_with_the_change(self) -> None:
        assert start_of_day(date(2025, 3, 9), "America/Havana") == utc(2025, 3, 9, 5)

    def test_where_midnight_is_repeated_it_begins_with_the_first(self) -> None:
        start, end = day_range(date(2025, 11, 2), "America/Havana")
        assert (start, end) == (utc(2025, 11, 2, 4), utc(2025, 11, 3, 5))

    @given(day=DAYS, zone=ZONES)
    def test_days_follow_each_other_without_gap_or_overlap(self, day: date, zone: str) -> None:
        assert day_range(day, zone)[1] == day_range(day + timedelta(days=1), zone)[0]

    @given(day=DAYS, zone=ZONES)
    def test_its_first_and_last_second_are_its_own(self, day: date, zone: str) -> None:
        start, end = day_range(day, zone)
        second = timedelta(seconds=1)
        assert local_date(start, zone) == local_date(end - second, zone) == day
        assert local_date(start - second, zone) == day - timedelta(days=1)

    @given(seconds=st.integers(0, 20 * 365 * 86_400), zone=ZONES)
    def test_every_instant_lies_in_the_day_that_it_is(self, seconds: int, zone: str) -> None:
        instant = utc(2015, 1, 1) + timedelta(seconds=seconds)
        start, end = day_range(local_date(instant, zone), zone)
        assert start <= instant < end


class TestDaysTouched:
    def test_a_night_past_midnight_touches_two(self) -> None:
        start, end = utc(2025, 7, 4, 23), utc(2025, 7, 5, 6)
        assert list(days_touched(start, end, NEW_YORK)) == [FRIDAY, date(2025, 7, 5)]

    def test_ending_at_midnight_does_not_touch_the_next(self) -> None:
        assert list(days_touched(utc(2025, 7, 4, 23), utc(2025, 7, 5, 4), NEW_YORK)) == [FRIDAY]

    def test_seconds_into_the_day_are_those_on_the_wall(self) -> None:
        assert seconds_into_day(utc(2025, 3, 9, 13), date(2025, 3, 9), NEW_YORK) == 9 * 3600
        assert seconds_into_day(utc(2025, 7, 5, 5), FRIDAY, NEW_YORK) == 25 * 3600


class TestInstantOn:
    """The way back from seconds on the wall."""

    def test_nine_in_the_evening_is_nine_on_the_wall_whatever_the_clocks_do(self) -> None:
        evening = 21 * 3600
        assert instant_on(FRIDAY, evening, NEW_YORK) == utc(2025, 7, 5, 1)
        assert instant_on(date(2025, 3, 9), evening, NEW_YORK) == utc(2025, 3, 10, 1)
        assert instant_on(date(2025, 11, 2), evening, NEW_YORK) == utc(2025, 11, 3, 2)

    def test_after_the_next_midnight_it_goes_on(self) -> None:
        assert instant_on(FRIDAY, 25 * 3600, NEW_YORK) == utc(2025, 7, 5, 5)

    @given(day=DAYS, zone=ZONES, hour=st.integers(4, 23))
    def test_it_is_the_inverse_of_seconds_into_the_day(self, day: date, zone: str, hour: int) -> None:
        assert seconds_into_day(instant_on(day, hour * 3600, zone), day, zone) == hour * 3600


class TestCorrectedZone:
    """A park whose zone was wrong until noon UTC of July 4: labelled Denver, in truth Chicago."""

    ZONE = Zone("America/Chicago", previous="America/Denver", changed_at=utc(2025, 7, 4, 12))

    def test_days_before_keep_the_old_zone(self) -> None:
        assert start_of_day(date(2025, 7, 3), self.ZONE) == utc(2025, 7, 3, 6)
        assert local_date(utc(2025, 7, 3, 5, 30), self.ZONE) == date(2025, 7, 2)

    def test_days_after_are_in_the_new_one(self) -> None:
        assert start_of_day(date(2025, 7, 5), self.ZONE) == utc(2025, 7, 5, 5)

    def test_the_day_of_the_change_is_shorter_and_nothing_is_lost(self) -> None:
        start, end = day_range(FRIDAY, self.ZONE)
        assert (start, end) == (utc(2025, 7, 4, 6), utc(2025, 7, 5, 5))

    def test_a_zone_that_was_never_corrected_is_just_its_name(self) -> None:
        assert day_range(FRIDAY, Zone(NEW_YORK)) == day_range(FRIDAY, NEW_YORK)

    @given(day=st.dates(date(2025, 6, 25), date(2025, 7, 12)))
    def test_days_follow_each_other_without_gap_or_overlap(self, day: date) -> None:
        assert day_range(day, self.ZONE)[1] == day_range(day + timedelta(days=1), self.ZONE)[0]


class TestCalendar:
    def test_an_iso_week_is_monday_to_sunday(self) -> None:
        assert week_of(FRIDAY) == DateRange(date(2025, 6, 30), date(2025, 7, 6))
        assert week_of(date(2025, 6, 30)).first == date(2025, 6, 30)
        assert week_of(date(2025, 7, 6)).last == date(2025, 7, 6)

    def test_a_week_may_belong_to_two_years(self) -> None:
        assert week_of(date(2026, 1, 1)) == DateRange(date(2025, 12, 29), date(2026, 1, 4))

    @pytest.mark.parametrize(
        ("day", "last"),
        [(date(2024, 2, 10), 29), (date(2025, 2, 28), 28), (date(2025, 12, 31), 31), (date(2025, 4, 1), 30)],
    )
    def test_a_month_ends_with_its_last_day(self, day: date, last: int) -> None:
        assert month_of(day) == DateRange(day.replace(day=1), day.replace(day=last))

    def test_a_year(self) -> None:
        assert year_of(date(2024, 2, 29)) == DateRange(date(2024, 1, 1), date(2024, 12, 31))
        assert year_of(date(2024, 2, 29)).days == 366


class TestKeptTotals:
    def test_a_kept_total_and_today_make_the_period(self) -> None:
        assert whole_days(PeriodTotal.CURRENT_7, FRIDAY) == DateRange(date(2025, 6, 28), date(2025, 7, 3))
        assert whole_days(PeriodTotal.CURRENT_30, FRIDAY) == DateRange(date(2025, 6, 5), date(2025, 7, 3))

    def test_the_seven_day_figures_are_the_seven_whole_days_before_today(self) -> None:
        assert whole_days(PeriodTotal.SEVEN_DAYS, FRIDAY) == DateRange(date(2025, 6, 27), date(2025, 7, 3))
        assert whole_days(PeriodTotal.SEVEN_DAYS, FRIDAY).days == 7


class TestEndedPeriods:
    def test_are_those_over_with_the_last_day_newest_first(self) -> None:
        assert list(ended_periods(week_of, date(2025, 6, 20), date(2025, 7, 6))) == [
            DateRange(date(2025, 6, 30), date(2025, 7, 6)),
            DateRange(date(2025, 6, 23), date(2025, 6, 29)),
            DateRange(date(2025, 6, 16), date(2025, 6, 22)),
        ]

    def test_leave_out_the_one_that_is_not_over(self) -> None:
        june = DateRange(date(2025, 6, 1), date(2025, 6, 30))
        assert list(ended_periods(month_of, date(2025, 6, 30), date(2025, 7, 30))) == [june]
        assert list(ended_periods(year_of, date(2025, 6, 30), date(2025, 12, 30))) == []

    def test_a_year_is_cut_at_mondays(self) -> None:
        weeks = by_iso_week(year_of(FRIDAY))
        assert weeks[0] == DateRange(date(2025, 1, 1), date(2025, 1, 5))
        assert weeks[1] == DateRange(date(2025, 1, 6), date(2025, 1, 12))
        assert weeks[-1] == DateRange(date(2025, 12, 29), date(2025, 12, 31))
        assert len(weeks) == 53

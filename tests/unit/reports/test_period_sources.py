"""Each day of a period, up to today, is read from one place."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from park_downtime.model import Days, PeriodTotal
from park_downtime.named_periods import ROLLING, PeriodKind, period_named
from park_downtime.periods import DateRange, whole_days
from park_downtime.reports.period_sources import (
    KeptSum,
    OfToday,
    OneDay,
    ParkDates,
    SeveralDays,
    Source,
    WholePeriod,
    dates_of,
    sources_of,
)

FRIDAY = date(2026, 7, 3)
MONDAY = date(2026, 6, 29)
WEEK = "2026-W27"
"""Its week."""


def sources(
    name: str, days: Days = Days.CURRENT, *, summed: bool = True, until: date | None = None
) -> list[Source]:
    return list(sources_of(period_named(name), days, ParkDates(FRIDAY, summed, until)))


class TestRolling:
    def test_today_is_its_own_row(self) -> None:
        assert sources("today") == [OfToday(Days.CURRENT)]
        assert sources("today", Days.PREVIOUS) == [OfToday(Days.PREVIOUS)]

    def test_whole_days_are_kept_as_a_sum_beside_today(self) -> None:
        assert sources("7days") == [KeptSum(PeriodTotal.CURRENT_7), OfToday(Days.CURRENT)]
        assert sources("30days", Days.PREVIOUS) == [KeptSum(PeriodTotal.PREVIOUS_30)]

    @pytest.mark.parametrize("name", ["today", "30days", WEEK, "2026"])
    def test_the_seven_days_before_today_belong_to_every_period(self, name: str) -> None:
        assert sources(name, Days.SEVEN) == [KeptSum(PeriodTotal.SEVEN_DAYS)]

    def test_a_sum_of_another_date_is_worked_out_from_its_days(self) -> None:
        assert sources("7days", summed=False) == [
            SeveralDays(DateRange(date(2026, 6, 27), date(2026, 7, 2))),
            OfToday(Days.CURRENT),
        ]


class TestTheYearBefore:
    def test_is_what_the_period_is_compared_with(self) -> None:
        found = sources_of(period_named("7days"), Days.PREVIOUS, ParkDates(FRIDAY, True), year_before=True)
        assert list(found) == [SeveralDays(DateRange(date(2025, 6, 27), date(2025, 7, 3)))]

    @pytest.mark.parametrize("days", [Days.CURRENT, Days.SEVEN])
    def test_changes_nothing_else(self, days: Days) -> None:
        period, park = period_named("30days"), ParkDates(FRIDAY, True)
        assert list(sources_of(period, days, park, year_before=True)) == list(sources_of(period, days, park))


class TestByName:
    def test_a_day_is_its_own_row(self) -> None:
        assert sources("2026-03-01") == [OneDay(date(2026, 3, 1))]
        assert sources("yesterday") == [OfToday(Days.PREVIOUS)]

    def test_a_week_that_is_over_is_its_own_row(self) -> None:
        assert sources("2026-W20", until=date(2026, 5, 17)) == [
            WholePeriod(PeriodKind.WEEK, date(2026, 5, 11))
        ]

    def test_days_that_the_row_does_not_count_yet_are_beside_it(self) -> None:
        assert sources(WEEK, until=date(2026, 7, 1)) == [
            WholePeriod(PeriodKind.WEEK, MONDAY),
            OfToday(Days.PREVIOUS),
            OfToday(Days.CURRENT),
        ]

    def test_without_a_row_its_days_are_summed(self) -> None:
        assert sources("2026-07") == [
            OneDay(date(2026, 7, 1)),
            OfToday(Days.PREVIOUS),
            OfToday(Days.CURRENT),
        ]
        assert sources(WEEK) == [SeveralDays(DateRange(MONDAY, FRIDAY))]

    def test_a_range_ends_with_today(self) -> None:
        assert sources("2026-06-01..2026-08-01") == [SeveralDays(DateRange(date(2026, 6, 1), FRIDAY))]

    @pytest.mark.parametrize("name", ["2026-07-04", "2026-W28", "2026-08", "2027", "2027-01-01..2027-01-31"])
    def test_of_days_to_come_there_is_nothing(self, name: str) -> None:
        assert sources(name) == []


NAMES = st.sampled_from(
    ["today", "7days", "30days", "yesterday", WEEK, "2026-W26", "2026-07", "2026-06", "2026", "2025"]
)


@given(
    NAMES, st.booleans(), st.integers(0, 400), st.sampled_from([Days.CURRENT, Days.PREVIOUS]), st.booleans()
)
def test_every_day_is_in_one_source(
    name: str, is_summed: bool, uncounted: int, days: Days, is_year_before: bool
) -> None:
    period = period_named(name)
    dates = dates_of(period, days, FRIDAY, is_year_before)
    counted = min(dates.last, FRIDAY) - timedelta(days=uncounted)
    until = counted if counted >= dates.first else None
    found: list[date] = []
    for source in sources_of(period, days, ParkDates(FRIDAY, is_summed, until), is_year_before):
        match source:
            case OneDay(day):
                found.append(day)
            case OfToday():
                found.append(source.day(FRIDAY))
            case SeveralDays(of):
                found += each_day(of)
            case KeptSum(total):
                found += each_day(whole_days(total, FRIDAY))
            case WholePeriod(_, first):
                assert until is not None
                found += each_day(DateRange(first, until))
    assert sorted(found) == each_day(DateRange(dates.first, min(dates.last, FRIDAY)))
    assert period in ROLLING or period.calendar is not None or name == "yesterday"


def each_day(dates: DateRange) -> list[date]:
    return [dates.first + timedelta(days=number) for number in range(dates.days)]

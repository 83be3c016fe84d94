"""Periods by name: which dates they have in a park, and which one is before them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from park_downtime.model import PeriodTotal
from park_downtime.named_periods import (
    SEVEN_DAYS,
    THIRTY_DAYS,
    TODAY,
    WHOLE,
    NoSuchPeriod,
    PeriodKind,
    period_named,
    period_of,
)
from park_downtime.periods import DateRange, whole_days

FRIDAY = date(2025, 7, 4)
DAYS = st.dates(date(2015, 1, 1), date(2035, 12, 31))


def dates(name: str, today: date = FRIDAY) -> tuple[str, str]:
    return shown(period_named(name).dates(today))


def shown(found: DateRange) -> tuple[str, str]:
    return found.first.isoformat(), found.last.isoformat()


class TestDates:
    @pytest.mark.parametrize(
        ("name", "first", "last"),
        [
            ("today", "2025-07-04", "2025-07-04"),
            ("7days", "2025-06-28", "2025-07-04"),
            ("30days", "2025-06-05", "2025-07-04"),
            ("yesterday", "2025-07-03", "2025-07-03"),
            ("2025-02-28", "2025-02-28", "2025-02-28"),
            ("2025-W27", "2025-06-30", "2025-07-06"),
            ("2025-W01", "2024-12-30", "2025-01-05"),
            ("2020-W53", "2020-12-28", "2021-01-03"),
            ("2024-02", "2024-02-01", "2024-02-29"),
            ("2024", "2024-01-01", "2024-12-31"),
            ("2025-06-20..2025-07-10", "2025-06-20", "2025-07-10"),
            ("2024-01-01..2024-12-31", "2024-01-01", "2024-12-31"),
        ],
    )
    def test_of_a_name(self, name: str, first: str, last: str) -> None:
        assert dates(name) == (first, last)
        assert str(period_named(name)) == name

    @pytest.mark.parametrize("name", ["today", "7days", "30days", "yesterday", "2024", "2024-02", "2025-W27"])
    def test_days_are_counted(self, name: str) -> None:
        assert period_named(name).days == period_named(name).dates(FRIDAY).days

    @given(DAYS)
    def test_the_week_month_and_year_of_a_day_have_their_names(self, day: date) -> None:
        for kind in WHOLE:
            found = period_of(kind, day)
            assert period_named(found.name) == found
            assert found.dates(FRIDAY).first <= day <= found.dates(FRIDAY).last


class TestNames:
    @pytest.mark.parametrize(
        ("name", "why"),
        [
            ("", "must be one of today, 7days"),
            ("tomorrow", "must be one of today, 7days"),
            ("2025-7", "must be one of today, 7days"),
            ("2025-w27", "must be one of today, 7days"),
            ("２０２５", "must be one of today, 7days"),
            ("2025-13", "is in no calendar: month must be in 1..12"),
            ("2025-02-29", "is in no calendar: day is out of range for month"),
            ("2025-W53", "is in no calendar: Invalid week: 53"),
            ("2025-W00", "is in no calendar: Invalid week: 0"),
            ("0000", "is of no year from 1900 to 2999"),
            ("9999-12-31", "is of no year from 1900 to 2999"),
            ("2025-07-04..", "must be two dates as in YYYY-MM-DD..YYYY-MM-DD"),
            ("2025-06..2025-07", "must be two dates as in YYYY-MM-DD..YYYY-MM-DD"),
            ("2025-07-04..2025-07-03", "ends before it begins: 2025-07-03 is before 2025-07-04"),
            ("2024-01-01..2025-01-01", "has 367 days, at most 366 can be asked for"),
        ],
    )
    def test_that_no_period_has(self, name: str, why: str) -> None:
        with pytest.raises(NoSuchPeriod) as raised:
            period_named(name)
        assert str(raised.value).startswith(why)

    @given(st.text(max_size=30))
    def test_whatever_is_asked_for_has_dates_or_is_refused(self, name: str) -> None:
        try:
            found = period_named(name)
        except NoSuchPeriod:
            return
        assert found.name == name
        assert found.dates(FRIDAY).days >= 1


class TestPrevious:
    @pytest.mark.parametrize(
        ("name", "first", "last"),
        [
            ("today", "2025-07-03", "2025-07-03"),
            ("7days", "2025-06-21", "2025-06-27"),
            ("30days", "2025-05-06", "2025-06-04"),
            ("yesterday", "2025-07-02", "2025-07-02"),
            ("2025-03-01", "2025-02-28", "2025-02-28"),
            ("2025-W01", "2024-12-23", "2024-12-29"),
            ("2025-03", "2025-02-01", "2025-02-28"),
            ("2025", "2024-01-01", "2024-12-31"),
            ("2025-07-01..2025-07-10", "2025-06-21", "2025-06-30"),
        ],
    )
    def test_is_the_one_just_before(self, name: str, first: str, last: str) -> None:
        assert shown(period_named(name).previous(FRIDAY)) == (first, last)

    @given(DAYS)
    def test_no_day_lies_between(self, today: date) -> None:
        for period in (TODAY, SEVEN_DAYS, THIRTY_DAYS, *(period_of(kind, today) for kind in WHOLE)):
            assert period.previous(today).last == period.dates(today).first - timedelta(days=1)

    def test_kept_totals_of_previous_periods_are_those_periods(self) -> None:
        assert whole_days(PeriodTotal.PREVIOUS_7, FRIDAY) == SEVEN_DAYS.previous(FRIDAY)
        assert whole_days(PeriodTotal.PREVIOUS_30, FRIDAY) == THIRTY_DAYS.previous(FRIDAY)


class TestYearBefore:
    @pytest.mark.parametrize(
        ("name", "first", "last"),
        [
            ("today", "2024-07-04", "2024-07-04"),
            ("2024-02-29", "2023-02-28", "2023-02-28"),
            ("2025-W27", "2024-07-01", "2024-07-07"),
            ("2020-W53", "2019-12-23", "2019-12-29"),
            ("2024-02", "2023-02-01", "2023-02-28"),
            ("2025", "2024-01-01", "2024-12-31"),
            ("2025-06-20..2025-07-10", "2024-06-20", "2024-07-10"),
        ],
    )
    def test_is_the_same_one(self, name: str, first: str, last: str) -> None:
        assert shown(period_named(name).year_before(FRIDAY)) == (first, last)

    @given(DAYS)
    def test_a_week_has_the_same_number_or_is_the_last(self, day: date) -> None:
        week = period_of(PeriodKind.WEEK, day)
        before = week.year_before(day)
        year, number, _ = before.first.isocalendar()
        assert (year, number) in {
            (day.isocalendar().year - 1, day.isocalendar().week),
            (day.isocalendar().year - 1, 52),
        }
        assert before.days == 7

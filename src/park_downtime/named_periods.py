"""Periods that can be asked for, by their names: what moves with today, and what the calendar has (DESIGN,
Periods by name).
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum

from park_downtime.periods import DAY, DateRange, month_of, week_of, year_of

LONGEST_RANGE_DAYS = 366
FIRST_YEAR, LAST_YEAR = 1900, 2999


class PeriodKind(StrEnum):
    TODAY = "today"
    SEVEN_DAYS = "7days"
    THIRTY_DAYS = "30days"
    YESTERDAY = "yesterday"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    YEAR = "year"
    RANGE = "range"


class NoSuchPeriod(ValueError):
    """A name that no period has; the message says what is wrong with it."""


@dataclass(frozen=True, slots=True)
class Period:
    """Its dates are each park's own: where it is another day, `today` is another one.

    `calendar`: the dates of what does not move with today, whole weeks, months and years.
    """

    kind: PeriodKind
    name: str
    calendar: DateRange | None = None

    def __str__(self) -> str:
        return self.name

    @property
    def days(self) -> int:
        """How many local days."""
        return self.calendar.days if self.calendar is not None else ROLLING_DAYS[self.kind]

    def dates(self, today: date) -> DateRange:
        """Whole, with the days that are still to come."""
        if self.calendar is not None:
            return self.calendar
        last = today - DAY if self.kind is PeriodKind.YESTERDAY else today
        return DateRange(last - timedelta(days=self.days - 1), last)

    def previous(self, today: date) -> DateRange:
        """The one before of the same kind; of a range, as many days just before it."""
        dates = self.dates(today)
        last = dates.first - DAY
        range_of = WHOLE.get(self.kind)
        return range_of(last) if range_of else DateRange(last - timedelta(days=dates.days - 1), last)

    def year_before(self, today: date) -> DateRange:
        """The same one a year earlier: of week 53, which few years have, the last; of a leap day the 28th."""
        dates = self.dates(today)
        if self.kind is PeriodKind.WEEK:
            year, week, _ = dates.first.isocalendar()
            return week_of(
                min(date.fromisocalendar(year - 1, 1, 1) + (week - 1) * WEEK, _last_week(year - 1))
            )
        range_of = WHOLE.get(self.kind)
        first, last = _year_before(dates.first), _year_before(dates.last)
        return range_of(first) if range_of else DateRange(first, last)


ROLLING_DAYS = {
    PeriodKind.TODAY: 1,
    PeriodKind.SEVEN_DAYS: 7,
    PeriodKind.THIRTY_DAYS: 30,
    PeriodKind.YESTERDAY: 1,
}
WHOLE: Mapping[PeriodKind, Callable[[date], DateRange]] = {
    PeriodKind.WEEK: week_of,
    PeriodKind.MONTH: month_of,
    PeriodKind.YEAR: year_of,
}
"""Kinds that have rows of their own, and the one of a kind that a day is in."""
WEEK = timedelta(days=7)

TODAY, SEVEN_DAYS, THIRTY_DAYS, YESTERDAY = MOVING = tuple(
    Period(kind, kind.value)
    for kind in (PeriodKind.TODAY, PeriodKind.SEVEN_DAYS, PeriodKind.THIRTY_DAYS, PeriodKind.YESTERDAY)
)
ROLLING = (TODAY, SEVEN_DAYS, THIRTY_DAYS)
"""Today, alone or with whole days before it."""

FORMS = (*(period.name for period in MOVING), "YYYY-MM-DD", "YYYY-Www", "YYYY-MM", "YYYY")
RANGE_FORM = "YYYY-MM-DD..YYYY-MM-DD"
_MOVING = {period.name: period for period in MOVING}
_CALENDAR = re.compile(r"([0-9]{4})(?:-W([0-9]{2})|-([0-9]{2})(?:-([0-9]{2}))?)?")


def period_named(name: str) -> Period:
    """Raises NoSuchPeriod. Each period has one name."""
    if name in _MOVING:
        return _MOVING[name]
    first, dots, last = name.partition("..")
    if dots:
        return Period(PeriodKind.RANGE, name, _range(_day(first), _day(last)))
    if not (known := _CALENDAR.fullmatch(name)):
        raise NoSuchPeriod(f"must be one of {', '.join(FORMS)}, or {RANGE_FORM} for one park or ride")
    year, week, month, day = known.groups()
    if week:
        return Period(PeriodKind.WEEK, name, week_of(_in_calendar(date.fromisocalendar, year, week, "1")))
    if day:
        return Period(PeriodKind.DAY, name, DateRange(_day(name), _day(name)))
    if month:
        return Period(PeriodKind.MONTH, name, month_of(_in_calendar(date, year, month, "1")))
    return Period(PeriodKind.YEAR, name, year_of(_in_calendar(date, year, "1", "1")))


def week_name(dates: DateRange) -> str:
    year, week, _ = dates.first.isocalendar()
    return f"{year:04}-W{week:02}"


def period_of(kind: PeriodKind, day: date) -> Period:
    """The whole week, month or year that a day is in."""
    dates = WHOLE[kind](day)
    name = {
        PeriodKind.WEEK: week_name(dates),
        PeriodKind.MONTH: f"{dates.first:%Y-%m}",
        PeriodKind.YEAR: f"{dates.first:%Y}",
    }[kind]
    return Period(kind, name, dates)


def _range(first: date, last: date) -> DateRange:
    dates = DateRange(first, last)
    if last < first:
        raise NoSuchPeriod(f"ends before it begins: {last} is before {first}")
    if dates.days > LONGEST_RANGE_DAYS:
        raise NoSuchPeriod(f"has {dates.days} days, at most {LONGEST_RANGE_DAYS} can be asked for")
    return dates


def _day(text: str) -> date:
    known = _CALENDAR.fullmatch(text)
    year, _, month, day = known.groups() if known else ("", "", "", "")
    if not day:
        raise NoSuchPeriod(f"must be two dates as in {RANGE_FORM}")
    return _in_calendar(date, year, month, day)


def _in_calendar(made: Callable[[int, int, int], date], year: str, part: str, day: str) -> date:
    if not FIRST_YEAR <= int(year) <= LAST_YEAR:
        raise NoSuchPeriod(f"is of no year from {FIRST_YEAR} to {LAST_YEAR}")
    try:
        return made(int(year), int(part), int(day))
    except ValueError as error:
        raise NoSuchPeriod(f"is in no calendar: {error}") from error


def _last_week(year: int) -> date:
    """The Monday of a year's last ISO week."""
    return week_of(date(year, 12, 28)).first


def _year_before(day: date) -> date:
    return day.replace(year=day.year - 1, day=min(day.day, 28) if day.month == 2 else day.day)

"""Where the days of a period stand: in rows of their own, in kept sums, or in weeks, months and years."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import TypeAlias

from park_downtime.model import Days, PeriodTotal
from park_downtime.named_periods import SEVEN_DAYS, THIRTY_DAYS, WHOLE, Period, PeriodKind
from park_downtime.periods import DAY, DateRange, whole_days

FEW_DAYS = 3
"""So many days are read one by one, of all parks at once; more of them park by park, as one sum."""

KEPT = {
    (SEVEN_DAYS, Days.CURRENT): PeriodTotal.CURRENT_7,
    (SEVEN_DAYS, Days.PREVIOUS): PeriodTotal.PREVIOUS_7,
    (THIRTY_DAYS, Days.CURRENT): PeriodTotal.CURRENT_30,
    (THIRTY_DAYS, Days.PREVIOUS): PeriodTotal.PREVIOUS_30,
}


@dataclass(frozen=True, slots=True)
class OneDay:
    """The daily rows of a local day."""

    day: date


@dataclass(frozen=True, slots=True)
class OfToday:
    """The daily rows that the period `today` is of: of each park's own today, or of the day before."""

    days: Days

    def day(self, today: date) -> date:
        return today if self.days is Days.CURRENT else today - DAY


@dataclass(frozen=True, slots=True)
class SeveralDays:
    """The sum of the daily rows of some, worked out when it is asked for."""

    dates: DateRange


@dataclass(frozen=True, slots=True)
class KeptSum:
    """What is kept of the whole days before today."""

    total: PeriodTotal


@dataclass(frozen=True, slots=True)
class WholePeriod:
    """The row of a week, a month or a year."""

    kind: PeriodKind
    first: date


Source: TypeAlias = OneDay | OfToday | SeveralDays | KeptSum | WholePeriod


@dataclass(frozen=True, slots=True)
class ParkDates:
    """What must be known of a park to say where its days stand. `is_summed`: its kept sums are those of
    `today`; `counted_until`: the last day that the row of the week, month or year counts, None without one.
    """

    today: date
    is_summed: bool
    counted_until: date | None = None


def sources_of(period: Period, days: Days, park: ParkDates, year_before: bool = False) -> Iterator[Source]:
    """Of one park; each day of the period up to today is in one of them."""
    kept = kept_sum(period, days, year_before)
    if kept is not None:
        yield KeptSum(kept) if park.is_summed else SeveralDays(whole_days(kept, park.today))
        if days is Days.CURRENT:
            yield OfToday(Days.CURRENT)
        return
    dates = dates_of(period, days, park.today, year_before)
    last = min(dates.last, park.today)
    first = dates.first
    if period.kind in WHOLE and park.counted_until is not None:
        yield WholePeriod(period.kind, dates.first)
        first = park.counted_until + DAY
    yield from _days(first, last, park.today)


def kept_sum(period: Period, days: Days, year_before: bool = False) -> PeriodTotal | None:
    """The one that the days are in, but for today."""
    if days is Days.SEVEN:
        return PeriodTotal.SEVEN_DAYS
    return None if year_before and days is Days.PREVIOUS else KEPT.get((period, days))


def dates_of(period: Period, days: Days, today: date, year_before: bool = False) -> DateRange:
    """`year_before`: compared is the same period a year earlier."""
    if days is Days.CURRENT:
        return period.dates(today)
    return period.year_before(today) if year_before else period.previous(today)


def _days(first: date, last: date, today: date) -> Iterator[Source]:
    if (last - first).days >= FEW_DAYS:
        yield SeveralDays(DateRange(first, last))
        return
    near = {of.day(today): of for of in (OfToday(Days.CURRENT), OfToday(Days.PREVIOUS))}
    while first <= last:
        yield near.get(first, OneDay(first))
        first += DAY


def parks_by_source(sources: Mapping[int, Iterator[Source]]) -> dict[Source, list[int]]:
    """The parks of each, so that they are asked together."""
    found: dict[Source, list[int]] = {}
    for park_id, of_park in sources.items():
        for source in of_park:
            found.setdefault(source, []).append(park_id)
    return found

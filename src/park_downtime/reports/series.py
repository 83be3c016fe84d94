"""The past of one park or one ride: its days, and what its weeks, months or years add up to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from itertools import pairwise

from sqlalchemy import Connection

from park_downtime.database.daily import dates_with_data
from park_downtime.database.past_figures import (
    park_days_in,
    park_periods_in,
    ride_periods_in,
)
from park_downtime.database.ride_history import ride_days
from park_downtime.named_periods import WHOLE, Period, PeriodKind, period_of
from park_downtime.periods import DAY, DateRange
from park_downtime.statistics.measures import Measures, ParkMeasures
from park_downtime.statistics.trends import trend_percentage


@dataclass(frozen=True, slots=True)
class PastDay:
    """A local day; None: there is no row of it."""

    day: date
    parts: Measures | None
    park: ParkMeasures | None


@dataclass(slots=True)
class PastPeriod:
    """A week, a month or a year up to today. `trend`: against the one before it."""

    period: Period
    parts: Measures = field(default_factory=Measures)
    park: ParkMeasures = field(default_factory=ParkMeasures)
    trend: float | None = None


def known_dates(connection: Connection, park_id: int, today: date) -> DateRange | None:
    """From the first day with data until today; None before any."""
    known = dates_with_data(connection, [park_id])
    return None if known is None else DateRange(known.first, today)


def past_days(
    connection: Connection, park_id: int, dates: DateRange, ride_id: int | None = None
) -> list[PastDay]:
    """One by one; `ride_id`: of this ride of the park."""
    of_park = park_days_in(connection, park_id, dates)
    parts: Mapping[date, Measures] = (
        {day: of_day for day, (of_day, _) in of_park.items()}
        if ride_id is None
        else ride_days(connection, ride_id, dates.first, dates.last)
    )
    return [
        PastDay(day, parts.get(day), of_park[day][1] if day in of_park else None) for day in dates.each_day()
    ]


def past_periods(
    connection: Connection, park_id: int, kind: PeriodKind, known: DateRange, ride_id: int | None = None
) -> list[PastPeriod]:
    """Every one with a day in `known`, the oldest first: out of its row, and the days that the row does not
    count.
    """
    found = [PastPeriod(period) for period in _periods(kind, known)]
    firsts = [WHOLE[kind](_dates(each).first).first for each in found]
    rows = park_periods_in(connection, kind, park_id, firsts)
    of_ride = {} if ride_id is None else ride_periods_in(connection, kind, ride_id, firsts)
    left: list[tuple[PastPeriod, DateRange]] = []
    for each in found:
        dates = _dates(each)
        row = rows.get(dates.first)
        counted = None if row is None else row.last_date
        if row is not None and counted is not None:
            each.park.add(row.park)
            parts = row.parts if ride_id is None else of_ride.get(dates.first)
            if parts is not None:
                each.parts.add(parts)
        since = dates.first if counted is None else counted + DAY
        until = min(dates.last, known.last)
        if since <= until:
            left.append((each, DateRange(since, until)))
    _add_days(connection, park_id, left, ride_id)
    _compare(found)
    return found


def _add_days(
    connection: Connection,
    park_id: int,
    left: Sequence[tuple[PastPeriod, DateRange]],
    ride_id: int | None,
) -> None:
    for each, dates in left:
        for day in past_days(connection, park_id, dates, ride_id):
            if day.parts is not None:
                each.parts.add(day.parts)
            if day.park is not None:
                each.park.add(day.park)


def _compare(found: Sequence[PastPeriod]) -> None:
    for before, each in pairwise(found):
        each.trend = trend_percentage(each.parts, before.parts)


def _periods(kind: PeriodKind, known: DateRange) -> Iterator[Period]:
    day = known.first
    while day <= known.last:
        period = period_of(kind, day)
        yield period
        day = period.dates(day).last + DAY


def _dates(each: PastPeriod) -> DateRange:
    return each.period.dates(date.min)

"""What days, weeks, months and years of one park or one ride add up to, one by one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, TypeAlias

from sqlalchemy import ColumnElement, Connection, Table, select

from park_downtime.database.by_park import of_one_ride
from park_downtime.database.rolled_up import level_of
from park_downtime.database.row_shape import RowShape
from park_downtime.database.statistics_tables import park_daily_stats, part_of, ride_daily_stats
from park_downtime.named_periods import PeriodKind
from park_downtime.periods import DateRange
from park_downtime.statistics.breakdowns import OperatingDay
from park_downtime.statistics.measures import PARK_MEASURE_NAMES, Measures, ParkMeasures

OfPark: TypeAlias = tuple[Measures, ParkMeasures]

_ride = ride_daily_stats.c
_park = park_daily_stats.c


@dataclass(frozen=True, slots=True)
class ParkPeriodRow:
    """`last_date`: up to which day it counts; None: it is not known."""

    last_date: date | None
    parts: Measures
    park: ParkMeasures


def park_days_in(connection: Connection, park_id: int, dates: DateRange) -> dict[date, OfPark]:
    """The park's own daily rows: what its rides had, and how it was observed."""
    measures = RowShape(Measures, _park)
    query = select(_park.stat_date, *measures.columns, *_observation(park_daily_stats)).where(
        _park.park_id == park_id, _park.stat_date.between(dates.first, dates.last)
    )
    width = len(measures.columns)
    return {
        day: (measures.one(values[:width]), ParkMeasures(*values[width:]))
        for day, *values in connection.execute(query)
    }


def park_periods_in(
    connection: Connection, kind: PeriodKind, park_id: int, firsts: Sequence[date]
) -> dict[date, ParkPeriodRow]:
    """By first day."""
    table = level_of(kind).parks
    c, measures = table.c, RowShape(Measures, table.c)
    query = select(c.period_start, c.last_date, *measures.columns, *_observation(table)).where(
        c.period_start.in_(firsts), c.park_id == park_id
    )
    width = len(measures.columns)
    return {
        first: ParkPeriodRow(last, measures.one(values[:width]), ParkMeasures(*values[width:]))
        for first, last, *values in connection.execute(query)
    }


def ride_periods_in(
    connection: Connection, kind: PeriodKind, ride_id: int, firsts: Sequence[date]
) -> dict[date, Measures]:
    """By first day; a ride that moved has one row."""
    table = level_of(kind).rides
    c, measures = table.c, RowShape(Measures, table.c)
    query = select(c.period_start, *measures.columns).where(c.period_start.in_(firsts), c.ride_id == ride_id)
    return {first: measures.one(values) for first, *values in connection.execute(query)}


def operating_days(
    connection: Connection, park_id: int, dates: DateRange, ride_id: int | None = None
) -> list[OperatingDay]:
    """Of a park's rides together, or of one ride in whatever park; days without any are missing."""
    if ride_id is None:
        table, first, last = park_daily_stats, _park.first_running_at, _park.last_running_at
        own: tuple[ColumnElement[bool], ...] = (
            _park.park_id == park_id,
            _park.stat_date.between(dates.first, dates.last),
        )
    else:
        table, first, last = ride_daily_stats, _ride.first_open_at, _ride.last_open_at
        own = of_one_ride(connection, table, ride_id, dates)
    query = select(first, last, table.c.open_seconds + table.c.downtime_seconds).where(
        *own, first.is_not(None), last.is_not(None)
    )
    return [OperatingDay(*row) for row in connection.execute(query)]


def _observation(table: Table) -> list[ColumnElement[Any]]:
    return [part_of(table, name) for name in PARK_MEASURE_NAMES]

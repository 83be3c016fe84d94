"""Weekly, monthly and yearly rows: sums of daily rows that are final; a year is the sum of its months."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date

from sqlalchemy import Column, ColumnElement, Connection, Table, case, delete, exists, func, select

from park_downtime.database import statistics_tables as t
from park_downtime.database.by_park import of_rides, parks_since
from park_downtime.database.daily import (
    dates_with_data,
    measure_values,
    measures_query,
    park_measure_values,
    read_measures,
)
from park_downtime.database.packed import read_columns, read_packed
from park_downtime.database.row_shape import RowShape
from park_downtime.database.tables import rides
from park_downtime.database.totals import OfPark, summed, sums_of_parks
from park_downtime.database.upsert import upsert
from park_downtime.named_periods import PeriodKind
from park_downtime.periods import DAY, DateRange
from park_downtime.statistics.columns import Columns
from park_downtime.statistics.measures import MEASURE_NAMES, PARK_MEASURE_NAMES, Measures, ParkMeasures
from park_downtime.statistics.trends import COMPARED_WITH


@dataclass(frozen=True, slots=True)
class Level:
    """A kind of period: its tables, and the finer ones that it is summed from."""

    kind: PeriodKind
    rides: Table
    parks: Table
    from_rides: Table
    from_parks: Table

    @property
    def date_column(self) -> str:
        return "stat_date" if self.from_rides is t.ride_daily_stats else "period_start"


LEVELS = (
    Level(PeriodKind.WEEK, t.ride_weekly_stats, t.park_weekly_stats, t.ride_daily_stats, t.park_daily_stats),
    Level(
        PeriodKind.MONTH, t.ride_monthly_stats, t.park_monthly_stats, t.ride_daily_stats, t.park_daily_stats
    ),
    # Months are summed before years, so a year costs 12 rows a ride and not 365.
    Level(
        PeriodKind.YEAR, t.ride_yearly_stats, t.park_yearly_stats, t.ride_monthly_stats, t.park_monthly_stats
    ),
)
_LEVEL_OF = {level.kind: level for level in LEVELS}


def level_of(kind: PeriodKind) -> Level:
    return _LEVEL_OF[kind]


def months_with_data(connection: Connection, park_ids: Collection[int]) -> list[date]:
    """Their first days, in their order: months of which any of the parks was heard, final or not."""
    known = dates_with_data(connection, park_ids)
    if known is None:
        return []
    c = t.park_monthly_stats.c
    query = select(c.period_start).where(c.park_id.in_(sorted(park_ids)), c.days_with_data > 0).distinct()
    edges = {day.replace(day=1) for day in (known.first, known.last)}
    return sorted(edges | {first for first in connection.scalars(query) if first <= known.last})


def last_final_days(connection: Connection, park_ids: Collection[int], dates: DateRange) -> dict[int, date]:
    """Of each park the last of the days up to which all are final; missing: parks of which none is."""
    c = t.park_daily_stats.c
    unfinished = func.min(case((~c.is_final, c.stat_date)))
    query = (
        select(c.park_id, func.min(c.stat_date), func.max(c.stat_date), unfinished)
        .where(c.park_id.in_(sorted(park_ids)), c.stat_date >= dates.first, c.stat_date <= dates.last)
        .group_by(c.park_id)
    )
    found: dict[int, date] = {}
    for park_id, first, last, not_final in connection.execute(query):
        until = last if not_final is None else not_final - DAY
        if until >= first:
            found[park_id] = until
    return found


def counted_until(
    connection: Connection, kind: PeriodKind, first: date, park_ids: Collection[int]
) -> dict[int, date]:
    """The last day that the row of each park counts; missing: parks without one."""
    c = _LEVEL_OF[kind].parks.c
    query = select(c.park_id, c.last_date).where(
        c.period_start == first, c.park_id.in_(sorted(park_ids)), c.last_date.is_not(None)
    )
    return dict(zip(*read_columns(connection, query), strict=True))


def are_all_counted(connection: Connection) -> bool:
    """Whether it is known of all rows up to which day they count: of 0.1.0 it is not."""
    return not any(
        connection.scalar(select(exists().where(level.parks.c.last_date.is_(None)))) for level in LEVELS
    )


def rolled_of_rides(
    connection: Connection,
    kind: PeriodKind,
    first: date,
    park_ids: Collection[int] | None,
    names: Collection[str],
    ride_ids: Collection[int] | None = None,
) -> Columns:
    """Some measures of the rows of some parks' rides, None: of all parks; `ride_ids`: of these only."""
    table = _LEVEL_OF[kind].rides
    query = measures_query(table, tuple(names), "period_start", park_ids is not None, ride_ids is not None)
    return read_measures(connection, query, names, first, park_ids, ride_ids)


def known_periods(connection: Connection) -> list[tuple[PeriodKind, date]]:
    """Every week, month and year that has rows, by its first day."""
    return [
        (level.kind, first)
        for level in LEVELS
        for first in connection.scalars(select(level.parks.c.period_start).distinct())
    ]


def rolled_of_parks(
    connection: Connection, kind: PeriodKind, first: date, park_ids: Collection[int]
) -> dict[int, ParkMeasures]:
    """How the parks were observed."""
    c = _LEVEL_OF[kind].parks.c
    query = select(c.park_id, *(c[name] for name in PARK_MEASURE_NAMES)).where(
        c.period_start == first, c.park_id.in_(sorted(park_ids))
    )
    rows = read_columns(connection, query)
    return {park_id: ParkMeasures(*values) for park_id, *values in zip(*rows, strict=True)}


def forget_rows(connection: Connection, level: Level, first: date, park_ids: Collection[int]) -> None:
    for table in (level.rides, level.parks):
        c = table.c
        connection.execute(delete(table).where(c.period_start == first, c.park_id.in_(sorted(park_ids))))


def sum_of_rides(
    connection: Connection, level: Level, park_ids: Collection[int], dates: DateRange
) -> dict[tuple[int, int], Measures]:
    """By ride and park. A ride that moved within the period has one sum, of its time in both parks,
    under the one that it is in now.
    """
    of_parks = level.from_rides.c.park_id.in_(sorted(park_ids))
    sums = _ride_sums(connection, level, dates, of_parks)
    now_in = _moved(connection, dates, {ride_id for ride_id, _ in sums})
    if not now_in:
        return sums
    everywhere = _ride_sums(connection, level, dates, *_of_moved(connection, level, dates, sorted(now_in)))
    found = {key: parts for key, parts in sums.items() if key[0] not in now_in}
    for (ride_id, _), parts in everywhere.items():
        found.setdefault((ride_id, now_in[ride_id]), Measures()).add(parts)
    return found


def _of_moved(
    connection: Connection, level: Level, dates: DateRange, ride_ids: Sequence[int]
) -> tuple[ColumnElement[bool], ...]:
    if level.from_rides is not t.ride_daily_stats:
        return (level.from_rides.c.ride_id.in_(ride_ids),)
    park_ids = parks_since(connection, ride_ids, dates.first)
    return of_rides(level.from_rides, park_ids, ride_ids, dates.each_day())


def _ride_sums(
    connection: Connection, level: Level, dates: DateRange, *which: ColumnElement[bool]
) -> dict[tuple[int, int], Measures]:
    c = level.from_rides.c
    day: Column[date] = c[level.date_column]
    shape = RowShape(Measures, summed(level.from_rides, MEASURE_NAMES))
    query = (
        select(c.ride_id, c.park_id, *shape.columns)
        .where(day >= dates.first, day <= dates.last, *which)
        .group_by(c.ride_id, c.park_id)
    )
    return {
        (ride_id, park_id): shape.one(values) for ride_id, park_id, *values in read_packed(connection, query)
    }


def _moved(connection: Connection, dates: DateRange, ride_ids: Collection[int]) -> dict[int, int]:
    """The park of each of the rides that came to it within the period."""
    query = select(rides.c.ride_id, rides.c.park_id).where(
        rides.c.moves_on >= dates.first, rides.c.moves_on <= dates.last, rides.c.next_park_id.is_(None)
    )
    return {row.ride_id: row.park_id for row in connection.execute(query) if row.ride_id in ride_ids}


def sum_of_parks(
    connection: Connection, level: Level, park_ids: Collection[int], dates: DateRange
) -> dict[int, OfPark]:
    return sums_of_parks(connection, level.from_parks, level.date_column, park_ids, dates)


def compared_with(
    connection: Connection, level: Level, period_start: date, park_ids: Collection[int]
) -> dict[int, Measures]:
    """By ride, what a trend must know of its row."""
    query = measures_query(level.rides, COMPARED_WITH, "period_start", True, False)
    read = read_measures(connection, query, COMPARED_WITH, period_start, park_ids, None)
    return dict(zip(read.ride_ids, read.measures(), strict=True))


def park_rows(
    connection: Connection, level: Level, period_start: date, park_ids: Collection[int]
) -> dict[int, Measures]:
    c = level.parks.c
    shape = RowShape(Measures, c)
    query = select(c.park_id, *shape.columns).where(
        c.period_start == period_start, c.park_id.in_(sorted(park_ids))
    )
    return {park_id: shape.one(values) for park_id, *values in connection.execute(query)}


def save_ride_rows(
    connection: Connection,
    level: Level,
    period_start: date,
    rows: Sequence[tuple[int, int, Measures, float | None]],
) -> None:
    upsert(
        connection,
        level.rides,
        [
            {
                "period_start": period_start,
                "ride_id": ride_id,
                "park_id": park_id,
                **measure_values(parts),
                "trend_percentage": trend,
            }
            for ride_id, park_id, parts, trend in rows
        ],
    )


def save_park_rows(
    connection: Connection,
    level: Level,
    period_start: date,
    last_date: date,
    rows: Sequence[tuple[int, Measures, ParkMeasures, float | None]],
) -> None:
    upsert(
        connection,
        level.parks,
        [
            {
                "period_start": period_start,
                "park_id": park_id,
                "last_date": last_date,
                **measure_values(parts),
                **park_measure_values(of_park),
                "trend_percentage": trend,
            }
            for park_id, parts, of_park, trend in rows
        ],
    )

"""Sums of whole local days per ride and park: what a period is, beside today's row."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import fields
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Insert,
    Select,
    Table,
    bindparam,
    delete,
    func,
    insert,
    literal,
    select,
)

from park_downtime.database.daily import (
    measure_values,
    measures_query,
    park_measure_values,
    read_measures,
)
from park_downtime.database.packed import read_columns
from park_downtime.database.row_shape import RowShape
from park_downtime.database.statistics_tables import (
    park_daily_stats,
    park_period_totals,
    part_of,
    ride_daily_stats,
    ride_period_totals,
)
from park_downtime.database.tables import rides
from park_downtime.model import PeriodTotal
from park_downtime.periods import DateRange, whole_days
from park_downtime.statistics.columns import Columns, columns_of
from park_downtime.statistics.measures import MEASURE_NAMES, PARK_MEASURE_NAMES, Measures, ParkMeasures

_OF_SEVERAL: dict[str | None, Callable[[Any], ColumnElement[Any]]] = {
    "least": func.min,
    "greatest": func.max,
    None: func.sum,
}
_HOW = {part.name: part.metadata.get("of_several") for part in (*fields(Measures), *fields(ParkMeasures))}
_day = ride_daily_stats.c
_ride = ride_period_totals.c
_park = park_period_totals.c
OfPark = tuple[Measures, ParkMeasures]
"""What the rides of a park add up to, and how the park itself was observed."""


def summed(table: Table, names: Iterable[str]) -> list[Any]:
    """The columns of a sum over rows: extremes stay extremes, all else adds up."""
    return [_OF_SEVERAL[_HOW[name]](part_of(table, name)).label(name) for name in names]


def whole(values: Iterable[Any]) -> list[int | None]:
    """Sums come back as Decimal from MySQL."""
    return [None if value is None else int(value) for value in values]


def last_dates(connection: Connection, park_ids: Collection[int] | None = None) -> dict[int, date]:
    """The last whole day that the kept sums of each park, or of some, count."""
    query = select(_park.park_id, _park.last_date).where(_park.period == PeriodTotal.CURRENT_7)
    if park_ids is not None:
        query = query.where(_park.park_id.in_(park_ids))
    return {row.park_id: row.last_date for row in connection.execute(query)}


def is_summed(last_date: date | None, today: date) -> bool:
    """Whether kept sums that count up to `last_date` are those of `today`."""
    return last_date == whole_days(PeriodTotal.CURRENT_7, today).last


def parks_summed(connection: Connection, park_ids: Collection[int], today: date) -> set[int]:
    """Those of the parks whose kept sums are those of `today`."""
    return {park_id for park_id, last in last_dates(connection, park_ids).items() if is_summed(last, today)}


def rebuild_totals(connection: Connection, park_ids: Collection[int], today: date) -> None:
    """Sum the daily rows of parks that have the same `today` anew for every kept period."""
    connection.execute(delete(ride_period_totals).where(_ride.park_id.in_(park_ids)))
    for park_id in park_ids:
        _sum_rides(connection, park_id, _rides_of(connection, park_id), today)
    renew_park_totals(connection, park_ids, today)


def renew_totals(connection: Connection, park_id: int, ride_ids: Collection[int], today: date) -> None:
    """Sum the days of some of a park's rides anew, which have changed, unless all of the park must be."""
    if ride_ids and parks_summed(connection, [park_id], today):
        own = sorted({*_rides_of(connection, park_id)} & {*ride_ids})
        connection.execute(
            delete(ride_period_totals).where(
                _ride.period.in_(PeriodTotal), _ride.ride_id.in_(own), _ride.park_id == park_id
            )
        )
        _sum_rides(connection, park_id, own, today)


def renew_park_totals(connection: Connection, park_ids: Collection[int], today: date) -> None:
    connection.execute(delete(park_period_totals).where(_park.park_id.in_(park_ids)))
    connection.execute(insert(park_period_totals), _park_rows(connection, park_ids, today))


def _sum_rides(connection: Connection, park_id: int, own: Sequence[int], today: date) -> None:
    """Those of `own` have no sums in this park any more."""
    _forget_former_park(connection, park_id, own, today)
    for total in PeriodTotal:
        connection.execute(_insert_sums(park_id, own, total, today))


def _forget_former_park(connection: Connection, park_id: int, own: Sequence[int], today: date) -> None:
    """A ride that moved here has sums of its former park, until it has had a day here."""
    # The periods are named, too: a key is found by its first column.
    elsewhere = (_ride.period.in_(PeriodTotal), _ride.ride_id.in_(own))
    arrived = connection.scalars(select(_ride.ride_id).where(*elsewhere).distinct()).all()
    if arrived:
        kept = [whole_days(total, today) for total in PeriodTotal]
        dates = DateRange(min(each.first for each in kept), max(each.last for each in kept))
        with_days = select(_day.ride_id).where(*_days(park_id, arrived, dates)).distinct()
        gone = _ride.ride_id.in_(connection.scalars(with_days).all())
        connection.execute(delete(ride_period_totals).where(*elsewhere, gone))


def _insert_sums(park_id: int, own: Sequence[int], total: PeriodTotal, today: date) -> Insert:
    """The database makes the rows by itself: to read them here and to write them again took far longer."""
    sums = _ride_sums(park_id, own, whole_days(total, today)).add_columns(
        literal(total, _ride.period.type), literal(park_id, _ride.park_id.type)
    )
    return insert(ride_period_totals).from_select(["ride_id", *MEASURE_NAMES, "period", "park_id"], sums)


def ride_sums(connection: Connection, park_id: int, dates: DateRange, names: Collection[str]) -> Columns:
    """Some measures of the sum of each ride's days."""
    ride_ids = _rides_of(connection, park_id)
    rows = [whole(row) for row in connection.execute(_ride_sums(park_id, ride_ids, dates, names))]
    found, *parts = zip(*rows, strict=True) if rows else [[]] * (1 + len(names))
    return columns_of(list(found), names, map(list, parts))


def _rides_of(connection: Connection, park_id: int) -> list[int]:
    return sorted(connection.scalars(select(rides.c.ride_id).where(rides.c.park_id == park_id)))


def _ride_sums(
    park_id: int, ride_ids: Sequence[int], dates: DateRange, names: Iterable[str] = MEASURE_NAMES
) -> Select[Any]:
    return (
        select(_day.ride_id, *summed(ride_daily_stats, names))
        .where(*_days(park_id, ride_ids, dates))
        .group_by(_day.ride_id)
    )


def _days(park_id: int, ride_ids: Sequence[int], dates: DateRange) -> list[ColumnElement[bool]]:
    return [
        _day.park_id == park_id,
        _day.stat_date >= dates.first,
        _day.stat_date <= dates.last,
        _day.ride_id.in_(ride_ids),
    ]


def observed_on(
    connection: Connection, park_ids: Collection[int], dates: DateRange
) -> dict[int, ParkMeasures]:
    """How the parks were observed on some days."""
    sums = sums_of_parks(connection, park_daily_stats, "stat_date", park_ids, dates)
    return {park_id: of_park for park_id, (_, of_park) in sums.items()}


def sums_of_parks(
    connection: Connection, table: Table, date_column: str, park_ids: Collection[int], dates: DateRange
) -> dict[int, OfPark]:
    """Over the rows of a table of park statistics; missing: parks that have none."""
    of_rides = RowShape(Measures, summed(table, MEASURE_NAMES))
    own = RowShape(ParkMeasures, summed(table, PARK_MEASURE_NAMES))
    c, day = table.c, table.c[date_column]
    query = (
        select(c.park_id, *of_rides.columns, *own.columns)
        .where(day >= dates.first, day <= dates.last, c.park_id.in_(sorted(park_ids)))
        .group_by(c.park_id)
    )
    cut = len(of_rides.columns)
    return {
        park_id: (of_rides.one(whole(values[:cut])), own.one(whole(values[cut:])))
        for park_id, *values in connection.execute(query)
    }


def _park_rows(connection: Connection, park_ids: Collection[int], today: date) -> list[dict[str, Any]]:
    rows = []
    for total in PeriodTotal:
        dates = whole_days(total, today)
        sums = sums_of_parks(connection, park_daily_stats, "stat_date", park_ids, dates)
        for park_id in sorted(park_ids):
            parts, of_park = sums.get(park_id, (Measures(), ParkMeasures()))
            rows.append(
                {
                    "period": total,
                    "park_id": park_id,
                    "first_date": dates.first,
                    "last_date": dates.last,
                    **measure_values(parts),
                    **park_measure_values(of_park),
                }
            )
    return rows


def kept_of_rides(
    connection: Connection,
    total: PeriodTotal,
    park_ids: Collection[int] | None,
    names: Collection[str],
    ride_ids: Collection[int] | None = None,
) -> Columns:
    """Some measures of the kept sums of some parks' rides, or of some rides, or of these rides there."""
    query = measures_query(
        ride_period_totals, tuple(names), "period", park_ids is not None, ride_ids is not None
    )
    return read_measures(connection, query, names, total, park_ids, ride_ids)


def kept_of_parks(
    connection: Connection, total: PeriodTotal, park_ids: Collection[int]
) -> dict[int, ParkMeasures]:
    """The kept sums of how parks were observed."""
    rows = read_columns(connection, _KEPT_OF_PARKS, {"total": total, "park_ids": sorted(park_ids)})
    return {park_id: ParkMeasures(*values) for park_id, *values in zip(*rows, strict=True)}


_KEPT_OF_PARKS = select(_park.park_id, *(_park[name] for name in PARK_MEASURE_NAMES)).where(
    _park.period == bindparam("total"), _park.park_id.in_(bindparam("park_ids", expanding=True))
)

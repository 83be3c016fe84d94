"""Sums of whole local days per ride and park: what a period is, beside today's row."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import fields
from datetime import date
from threading import Lock
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, func, insert, select

from park_downtime.database.daily import measure_values, park_measure_values
from park_downtime.database.row_shape import RowShape
from park_downtime.database.statistics_tables import (
    park_daily_stats,
    park_period_totals,
    ride_daily_stats,
    ride_period_totals,
)
from park_downtime.database.tables import rides
from park_downtime.database.version import bump_totals, totals_revision
from park_downtime.model import PeriodTotal
from park_downtime.periods import whole_days
from park_downtime.statistics.measures import MEASURE_NAMES, PARK_MEASURE_NAMES, Measures, ParkMeasures

_OF_SEVERAL: dict[str | None, Callable[[Any], ColumnElement[Any]]] = {
    "least": func.min,
    "greatest": func.max,
    None: func.sum,
}
_HOW = {part.name: part.metadata.get("of_several") for part in (*fields(Measures), *fields(ParkMeasures))}
_ride = ride_period_totals.c
_park = park_period_totals.c
RideTotals = dict[int, tuple[int, Measures]]
"""Park id and sum by ride id. The sums are shared: whoever adds to one copies it first."""
ParkTotals = dict[int, ParkMeasures]


def summed(table: Table, names: Iterable[str]) -> list[Any]:
    """The columns of a sum over rows: extremes stay extremes, all else adds up."""
    return [_OF_SEVERAL[_HOW[name]](table.c[name]).label(name) for name in names]


def whole(values: Iterable[Any]) -> list[int | None]:
    """Sums come back as Decimal from MySQL."""
    return [None if value is None else int(value) for value in values]


_RIDE_SUMS = RowShape(Measures, summed(ride_daily_stats, MEASURE_NAMES))
_PARK_SUMS = summed(park_daily_stats, (*MEASURE_NAMES, *PARK_MEASURE_NAMES))
_RIDE_TOTAL = RowShape(Measures, _ride)
_PARK_TOTAL = RowShape(ParkMeasures, _park)


def last_dates(connection: Connection) -> dict[int, date]:
    """The last whole day that each park's kept sums count."""
    c = park_period_totals.c
    query = select(c.park_id, c.last_date).where(c.period == PeriodTotal.CURRENT_7)
    return {row.park_id: row.last_date for row in connection.execute(query)}


def totals_are_for(connection: Connection, park_id: int, today: date) -> bool:
    c = park_period_totals.c
    last = connection.scalar(
        select(c.last_date).where(c.period == PeriodTotal.CURRENT_7, c.park_id == park_id)
    )
    return last == whole_days(PeriodTotal.CURRENT_7, today).last


def rebuild_totals(connection: Connection, park_id: int, today: date) -> None:
    """Sum the park's daily rows anew for every kept period."""
    ride_rows = _ride_rows(connection, park_id, today)
    park_rows = _park_rows(connection, park_id, today)
    connection.execute(delete(ride_period_totals).where(ride_period_totals.c.park_id == park_id))
    # A ride that moved here has rows that its former park wrote.
    arrived = sorted({row["ride_id"] for row in ride_rows})
    # The periods are named, too: a key is found by its first column.
    connection.execute(
        delete(ride_period_totals).where(
            ride_period_totals.c.period.in_(PeriodTotal), ride_period_totals.c.ride_id.in_(arrived)
        )
    )
    connection.execute(delete(park_period_totals).where(park_period_totals.c.park_id == park_id))
    if ride_rows:
        connection.execute(insert(ride_period_totals), ride_rows)
    connection.execute(insert(park_period_totals), park_rows)
    bump_totals(connection)


def ride_sums(connection: Connection, park_id: int, total: PeriodTotal, today: date) -> dict[int, Measures]:
    """Each ride's sum of whole days."""
    return _ride_sums(connection, park_id, _rides_of(connection, park_id), total, today)


def _rides_of(connection: Connection, park_id: int) -> list[int]:
    return sorted(connection.scalars(select(rides.c.ride_id).where(rides.c.park_id == park_id)))


def _ride_sums(
    connection: Connection, park_id: int, ride_ids: Sequence[int], total: PeriodTotal, today: date
) -> dict[int, Measures]:
    """The rides are named, so that their own index is used."""
    c = ride_daily_stats.c
    dates = whole_days(total, today)
    query = (
        select(c.ride_id, *_RIDE_SUMS.columns)
        .where(
            c.ride_id.in_(ride_ids),
            c.stat_date >= dates.first,
            c.stat_date <= dates.last,
            c.park_id == park_id,
        )
        .group_by(c.ride_id)
    )
    return {ride_id: _RIDE_SUMS.one(whole(values)) for ride_id, *values in connection.execute(query)}


def park_sums(
    connection: Connection, park_id: int, total: PeriodTotal, today: date
) -> tuple[Measures, ParkMeasures]:
    """The park's own rows of the whole days: what its rides had then, and how it was observed."""
    c = park_daily_stats.c
    dates = whole_days(total, today)
    row = connection.execute(
        select(*_PARK_SUMS).where(c.park_id == park_id, c.stat_date >= dates.first, c.stat_date <= dates.last)
    ).one()
    known = {name: int(value) for name, value in row._mapping.items() if value is not None}
    return (
        Measures(**{name: known[name] for name in MEASURE_NAMES if name in known}),
        ParkMeasures(**{name: known[name] for name in PARK_MEASURE_NAMES if name in known}),
    )


def _ride_rows(connection: Connection, park_id: int, today: date) -> list[dict[str, Any]]:
    own = _rides_of(connection, park_id)
    return [
        {"period": total, "ride_id": ride_id, "park_id": park_id, **measure_values(parts)}
        for total in PeriodTotal
        for ride_id, parts in _ride_sums(connection, park_id, own, total, today).items()
    ]


def _park_rows(connection: Connection, park_id: int, today: date) -> list[dict[str, Any]]:
    rows = []
    for total in PeriodTotal:
        dates = whole_days(total, today)
        parts, of_park = park_sums(connection, park_id, total, today)
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


def read_totals(
    connection: Connection, total: PeriodTotal, park_id: int | None = None
) -> tuple[RideTotals, ParkTotals]:
    rides = select(_ride.ride_id, _ride.park_id, *_RIDE_TOTAL.columns).where(_ride.period == total)
    parks = select(_park.park_id, *_PARK_TOTAL.columns).where(_park.period == total)
    if park_id is not None:
        rides, parks = rides.where(_ride.park_id == park_id), parks.where(_park.park_id == park_id)
    return (
        {
            ride_id: (of_park, _RIDE_TOTAL.one(values))
            for ride_id, of_park, *values in connection.execute(rides).all()
        },
        {park_id: _PARK_TOTAL.one(values) for park_id, *values in connection.execute(parks)},
    )


class TotalsInMemory:
    """One process's copy, read again when the revision of the sums has risen."""

    def __init__(self) -> None:
        self._by_total: dict[PeriodTotal, tuple[int, RideTotals, ParkTotals]] = {}
        self._lock = Lock()

    def of(self, connection: Connection, total: PeriodTotal) -> tuple[RideTotals, ParkTotals]:
        revision = totals_revision(connection)
        with self._lock:
            known = self._by_total.get(total)
            if known is None or known[0] != revision:
                known = (revision, *read_totals(connection, total))
                self._by_total[total] = known
        return known[1], known[2]


def sync_totals(
    connection: Connection, park_id: int, today: date, is_earlier_day_judged: bool = False
) -> bool:
    """Rebuild the park's totals unless they are for `today`; answers whether they were rebuilt.

    `is_earlier_day_judged`: a session crosses midnight, so a whole day has just changed.
    """
    if not is_earlier_day_judged and totals_are_for(connection, park_id, today):
        return False
    rebuild_totals(connection, park_id, today)
    return True

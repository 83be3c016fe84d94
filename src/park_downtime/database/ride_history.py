"""The past of one ride, or of one park: days, closures, and where the ride stands."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, Table, select

from park_downtime.database.by_park import of_rides, parks_since
from park_downtime.database.closures import CLOSURE
from park_downtime.database.daily import DAY_MEASURES
from park_downtime.database.row_shape import RowShape
from park_downtime.database.statistics_tables import park_daily_stats, ride_closures, ride_daily_stats
from park_downtime.database.tables import rides
from park_downtime.model import StretchKind
from park_downtime.periods import DateRange
from park_downtime.statistics.days import LOST, DayClosure
from park_downtime.statistics.measures import Measures

_ride = ride_daily_stats.c
_park = park_daily_stats.c
_closure = ride_closures.c


@dataclass(frozen=True, slots=True)
class RideIdentity:
    ride_id: int
    park_id: int
    name: str
    first_seen_at: datetime


@dataclass(frozen=True, slots=True)
class ParkDayRow:
    """Whether a park ran on a local day, for how long it was expected to and observed, and by which method it
    was judged.
    """

    session_seconds: int
    park_expected_seconds: int
    park_unknown_seconds: int
    method_version: int


_PARK_DAY = RowShape(ParkDayRow, _park)


def ride_identity(connection: Connection, ride_id: int) -> RideIdentity | None:
    query = select(rides.c.ride_id, rides.c.park_id, rides.c.name, rides.c.first_seen_at)
    row = connection.execute(query.where(rides.c.ride_id == ride_id)).one_or_none()
    return None if row is None else RideIdentity(**row._mapping)


def ride_days(connection: Connection, ride_id: int, first: date, last: date) -> dict[date, Measures]:
    """The ride's daily rows from `first` to `last`."""
    of_ride = _of_ride(connection, ride_daily_stats, ride_id, first, last)
    query = select(_ride.stat_date, *DAY_MEASURES.columns).where(*of_ride)
    return {day: DAY_MEASURES.one(values) for day, *values in connection.execute(query)}


def park_days(connection: Connection, park_id: int, first: date, last: date) -> dict[date, ParkDayRow]:
    """The park's daily rows from `first` to `last`."""
    query = select(_park.stat_date, *_PARK_DAY.columns).where(
        _park.park_id == park_id, _park.stat_date >= first, _park.stat_date <= last
    )
    return {day: _PARK_DAY.one(values) for day, *values in connection.execute(query)}


def closures_of_ride(
    connection: Connection,
    ride_id: int,
    dates: DateRange,
    until: datetime,
    kinds: Collection[StretchKind] = LOST,
) -> list[DayClosure]:
    """Those that began on these local days and were over by `until`, in whatever park; newest first."""
    of_ride = _of_ride(connection, ride_closures, ride_id, dates.first, dates.last)
    query = select(*CLOSURE.columns).where(*of_ride, _closure.ended_at <= until, _closure.kind.in_(kinds))
    return CLOSURE.of(connection.execute(query.order_by(_closure.started_at.desc())))


def closures_of_park(
    connection: Connection,
    park_id: int,
    dates: DateRange,
    until: datetime,
    kinds: Collection[StretchKind] = LOST,
) -> list[DayClosure]:
    """The same of all rides of a park, in no order."""
    query = select(*CLOSURE.columns).where(
        _closure.park_id == park_id,
        _closure.stat_date.between(dates.first, dates.last),
        _closure.ended_at <= until,
        _closure.kind.in_(kinds),
    )
    return CLOSURE.of(connection.execute(query))


def _of_ride(
    connection: Connection, table: Table, ride_id: int, first: date, last: date
) -> tuple[ColumnElement[bool], ...]:
    park_ids = parks_since(connection, [ride_id], first)
    return of_rides(table, park_ids, [ride_id], DateRange(first, last).each_day())

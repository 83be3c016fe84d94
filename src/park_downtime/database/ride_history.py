"""One ride's past: its days, and where it stands."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, select

from park_downtime.database.by_park import of_one_ride
from park_downtime.database.daily import DAY_MEASURES
from park_downtime.database.row_shape import RowShape
from park_downtime.database.statistics_tables import park_daily_stats, ride_daily_stats
from park_downtime.database.tables import rides
from park_downtime.periods import DateRange
from park_downtime.statistics.measures import Measures

_ride = ride_daily_stats.c
_park = park_daily_stats.c


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
    of_ride = of_one_ride(connection, ride_daily_stats, ride_id, DateRange(first, last))
    query = select(_ride.stat_date, *DAY_MEASURES.columns).where(*of_ride)
    return {day: DAY_MEASURES.one(values) for day, *values in connection.execute(query)}


def park_days(connection: Connection, park_id: int, first: date, last: date) -> dict[date, ParkDayRow]:
    """The park's daily rows from `first` to `last`."""
    query = select(_park.stat_date, *_PARK_DAY.columns).where(
        _park.park_id == park_id, _park.stat_date >= first, _park.stat_date <= last
    )
    return {day: _PARK_DAY.one(values) for day, *values in connection.execute(query)}

"""Rows of days lie park by park: how those of one day, and those of one ride, are found by their key.

A ride that moved has days in its former parks too. Moves are rare: only of such a ride is every park asked.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from sqlalchemy import ColumnElement, Connection, Table, select

from park_downtime.database.statistics_tables import ride_daily_stats
from park_downtime.database.tables import parks, rides
from park_downtime.periods import DateRange

EVERY_PARK = select(parks.c.park_id)
KEYS_AT_ONCE = 8_000
"""Of twice as many MariaDB reads whole parks instead (`optimizer_max_sel_args`), for seconds."""


def on_day(table: Table, day: date) -> tuple[ColumnElement[bool], ...]:
    """Rows of all parks on a local day."""
    return table.c.park_id.in_(EVERY_PARK), table.c.stat_date == day


def every_park(connection: Connection) -> list[int]:
    return sorted(connection.scalars(EVERY_PARK))


def of_rides(
    table: Table, park_ids: Collection[int], ride_ids: Collection[int], dates: Sequence[date]
) -> tuple[ColumnElement[bool], ...]:
    """Rows of the rides on each of the dates, by their whole key: by its beginning alone, those of all other
    rides of the parks would be read with them.
    """
    c = table.c
    return c.park_id.in_(park_ids), c.stat_date.in_(dates), c.ride_id.in_(ride_ids)


def of_one_ride(
    connection: Connection, table: Table, ride_id: int, dates: DateRange
) -> tuple[ColumnElement[bool], ...]:
    """Its rows of these days in whatever park it stood."""
    park_ids = parks_since(connection, [ride_id], dates.first)
    return of_rides(table, park_ids, [ride_id], dates.each_day())


def parks_since(connection: Connection, ride_ids: Collection[int], first: date) -> list[int]:
    """The parks in which the rides stand, and those in which they have days from `first` on."""
    query = select(rides.c.ride_id, rides.c.park_id, rides.c.moves_on).where(rides.c.ride_id.in_(ride_ids))
    found = connection.execute(query).all()
    park_ids = {ride.park_id for ride in found}
    for ride in found:
        if ride.moves_on is not None and ride.moves_on > first:
            park_ids |= _parks_within(connection, ride.ride_id, DateRange(first, ride.moves_on))
    return sorted(park_ids)


def _parks_within(connection: Connection, ride_id: int, dates: DateRange) -> set[int]:
    every, days = every_park(connection), dates.each_day()
    at_once = max(1, KEYS_AT_ONCE // len(every))
    found: set[int] = set()
    for start in range(0, len(days), at_once):
        rows = of_rides(ride_daily_stats, every, [ride_id], days[start : start + at_once])
        found |= set(connection.scalars(select(ride_daily_stats.c.park_id).where(*rows).distinct()))
    return found

"""Who listed a ride when, by the readings that are kept: its own park, and one that lists it beside that."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, func, select

from park_downtime.database.tables import ride_status_snapshots

_c = ride_status_snapshots.c


class Listed(NamedTuple):
    """In how many cycles a park listed a ride, and the first of them."""

    cycles: int
    first_at: datetime


def cycles_that_listed(
    connection: Connection, park_id: int, ride_ids: Collection[int], start: datetime, end: datetime
) -> dict[int, Listed]:
    """Of the park's cycles in `[start, end)`; rides that none of them listed are missing."""
    query = select(_c.ride_id, func.count().label("cycles"), func.min(_c.recorded_at).label("first_at"))
    of_rides = query.where(*_within(park_id, start, end), _c.ride_id.in_(sorted(ride_ids)))
    return {
        row.ride_id: Listed(row.cycles, row.first_at)
        for row in connection.execute(of_rides.group_by(_c.ride_id))
    }


def accepted_cycles(connection: Connection, park_id: int, start: datetime, end: datetime) -> int:
    """How many cycles in `[start, end)` have readings of the park that are kept."""
    query = select(func.count(_c.recorded_at.distinct())).where(*_within(park_id, start, end))
    return connection.scalar(query) or 0


def last_named(
    connection: Connection, park_id: int, ride_ids: Collection[int], start: datetime, end: datetime
) -> dict[int, datetime]:
    """When the park last named each of the rides in `[start, end)`, in a late payload too."""
    query = select(_c.ride_id, func.max(_c.recorded_at).label("last_at"))
    of_rides = query.where(*_within(park_id, start, end), _c.ride_id.in_(sorted(ride_ids)))
    return {row.ride_id: row.last_at for row in connection.execute(of_rides.group_by(_c.ride_id))}


def _within(park_id: int, start: datetime, end: datetime) -> list[ColumnElement[bool]]:
    return [_c.park_id == park_id, _c.recorded_at >= start, _c.recorded_at < end]

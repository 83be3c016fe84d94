"""Rides that one payload brought and nobody heard again: found, and deleted with all that refers to them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, Table, delete, exists, func, select
from sqlalchemy.exc import IntegrityError

from park_downtime.database.statistics_tables import ride_closures, ride_daily_stats
from park_downtime.database.tables import (
    lands,
    metadata,
    ride_names,
    ride_runs,
    ride_status_snapshots,
    rides,
)

MOST_AT_ONCE = 500
ONE_HOLD = timedelta(hours=1)
"""The longest that a single reading can speak for: one interval, of at most an hour."""
GONE_WITHIN = timedelta(days=1)

_KNOWN_SECONDS = (
    "open_seconds",
    "late_start_seconds",
    "late_opening_seconds",
    "did_not_reopen_seconds",
    "early_close_seconds",
    "did_not_operate_seconds",
)
_THAT_MATTERS = ("downtime_seconds", "ongoing_seconds", "outage_count", "status_changes")


def passing_rides(connection: Connection, park_id: int, before: datetime) -> list[int]:
    """Rides of the park first heard before that time, missing soon after and ever since, of which there
    is one reading at most and no statistics that matter: at most MOST_AT_ONCE.
    """
    c = rides.c
    query = select(c.ride_id, c.first_seen_at, c.missing_since).where(
        c.park_id == park_id,
        c.first_seen_at < before,
        c.missing_since < before,
        c.next_park_id.is_(None),
        ~exists().where(ride_names.c.ride_id == c.ride_id),
        ~exists().where(ride_closures.c.ride_id == c.ride_id),
    )
    found = [
        row.ride_id
        for row in connection.execute(query)
        if row.missing_since - row.first_seen_at <= GONE_WITHIN
    ][:MOST_AT_ONCE]
    lasting = _reached_more_than_once(connection, found) | _with_statistics(connection, found)
    return sorted(set(found) - lasting)


def _reached_more_than_once(connection: Connection, ride_ids: Sequence[int]) -> set[int]:
    c = ride_runs.c
    query = select(c.ride_id).where(c.ride_id.in_(ride_ids)).group_by(c.ride_id)
    return set(connection.scalars(query.having(func.sum(c.reading_count) > 1)))


def _with_statistics(connection: Connection, ride_ids: Sequence[int]) -> set[int]:
    c = ride_daily_stats.c
    known = sum((func.sum(c[name]) for name in _KNOWN_SECONDS[1:]), func.sum(c[_KNOWN_SECONDS[0]]))
    matters = sum((func.sum(c[name]) for name in _THAT_MATTERS[1:]), func.sum(c[_THAT_MATTERS[0]]))
    query = select(c.ride_id).where(c.ride_id.in_(ride_ids)).group_by(c.ride_id)
    return set(connection.scalars(query.having((known > ONE_HOLD.total_seconds()) | (matters > 0))))


def delete_rides(connection: Connection, ride_ids: Sequence[int]) -> int:
    """The rides, every row that names them, and the lands in which nothing is left."""
    left = select(rides.c.land_key).where(rides.c.ride_id.in_(ride_ids), rides.c.land_key.is_not(None))
    emptied = set(connection.scalars(left.distinct()))
    for table in metadata.sorted_tables[::-1]:
        # What is not a day old yet can name no ride that has been missing for a week.
        if "ride_id" in table.c and table not in (rides, ride_status_snapshots):
            _delete(connection, table, ride_ids)
    deleted = connection.execute(delete(rides).where(rides.c.ride_id.in_(ride_ids))).rowcount
    _delete_empty_lands(connection, emptied)
    return deleted


def _delete(connection: Connection, table: Table, ride_ids: Sequence[int]) -> None:
    connection.execute(delete(table).where(table.c.ride_id.in_(ride_ids)))


def _delete_empty_lands(connection: Connection, land_keys: set[int]) -> None:
    used = set(connection.scalars(select(rides.c.land_key).where(rides.c.land_key.in_(land_keys)).distinct()))
    try:
        with connection.begin_nested():
            connection.execute(delete(lands).where(lands.c.land_key.in_(land_keys - used)))
    except IntegrityError:
        return  # a cycle has just put a ride there

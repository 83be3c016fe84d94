"""Rides that one payload brought and nobody heard again: found, and deleted with all that refers to them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, Table, delete, exists, func, select
from sqlalchemy.exc import IntegrityError

from park_downtime.database.statistics_tables import former_closure_ids, ride_closures, ride_daily_stats
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
    """Rides of this park alone, first heard before that time, missing soon after and ever since, of which
    there is one reading at most and no statistics that matter: at most MOST_AT_ONCE.
    """
    c = rides.c
    query = select(c.ride_id, c.first_seen_at, c.missing_since).where(
        c.park_id == park_id,
        c.first_seen_at < before,
        c.missing_since < before,
        c.next_park_id.is_(None),
        c.moves_on.is_(None),
        ~exists().where(ride_names.c.ride_id == c.ride_id),
    )
    brief = {
        row.ride_id: row.first_seen_at
        for row in connection.execute(query)
        if row.missing_since - row.first_seen_at <= GONE_WITHIN
    }
    if not brief:
        return []
    # No day of theirs is older, in whatever zone the park is.
    since = min(brief.values()).date() - GONE_WITHIN
    found = sorted(brief.keys() - _with_closures(connection, park_id, brief, since))[:MOST_AT_ONCE]
    lasting = _reached_more_than_once(connection, found) | _with_statistics(connection, park_id, found, since)
    return sorted(set(found) - lasting)


def _with_closures(connection: Connection, park_id: int, ride_ids: Collection[int], since: date) -> set[int]:
    c = ride_closures.c
    query = select(c.ride_id).where(c.park_id == park_id, c.stat_date >= since, c.ride_id.in_(ride_ids))
    former = former_closure_ids.c
    told = select(former.ride_id).where(former.ride_id.in_(ride_ids))
    return set(connection.scalars(query.distinct())) | set(connection.scalars(told.distinct()))


def _reached_more_than_once(connection: Connection, ride_ids: Sequence[int]) -> set[int]:
    c = ride_runs.c
    query = select(c.ride_id).where(c.ride_id.in_(ride_ids)).group_by(c.ride_id)
    return set(connection.scalars(query.having(func.sum(c.reading_count) > 1)))


def _with_statistics(connection: Connection, park_id: int, ride_ids: Sequence[int], since: date) -> set[int]:
    c = ride_daily_stats.c
    known = sum((func.sum(c[name]) for name in _KNOWN_SECONDS[1:]), func.sum(c[_KNOWN_SECONDS[0]]))
    matters = sum((func.sum(c[name]) for name in _THAT_MATTERS[1:]), func.sum(c[_THAT_MATTERS[0]]))
    of_park = (c.park_id == park_id, c.stat_date >= since, c.ride_id.in_(ride_ids))
    query = select(c.ride_id).where(*of_park).group_by(c.ride_id)
    return set(connection.scalars(query.having((known > ONE_HOLD.total_seconds()) | (matters > 0))))


def delete_rides(connection: Connection, park_id: int, ride_ids: Sequence[int]) -> int:
    """The park's rides, every row of theirs, and the lands in which nothing is left. Lists of edges that name
    them go with time: they say nothing of others.
    """
    left = select(rides.c.land_key).where(rides.c.ride_id.in_(ride_ids), rides.c.land_key.is_not(None))
    emptied = set(connection.scalars(left.distinct()))
    for table in metadata.sorted_tables[::-1]:
        # What is not a day old yet can name no ride that has been missing for a week.
        if "ride_id" in table.c and table not in (rides, ride_status_snapshots):
            _delete(connection, table, park_id, ride_ids)
    deleted = connection.execute(delete(rides).where(rides.c.ride_id.in_(ride_ids))).rowcount
    _delete_empty_lands(connection, emptied)
    return deleted


def _delete(connection: Connection, table: Table, park_id: int, ride_ids: Sequence[int]) -> None:
    statement = delete(table).where(table.c.ride_id.in_(ride_ids))
    # By the key, where it begins with the park.
    of_park = (table.c.park_id == park_id,) if "park_id" in table.c else ()
    connection.execute(statement.where(*of_park))


def _delete_empty_lands(connection: Connection, land_keys: set[int]) -> None:
    used = set(connection.scalars(select(rides.c.land_key).where(rides.c.land_key.in_(land_keys)).distinct()))
    try:
        with connection.begin_nested():
            connection.execute(delete(lands).where(lands.c.land_key.in_(land_keys - used)))
    except IntegrityError:
        return  # a cycle has just put a ride there

"""Deleting what has been judged and is old: each call one bounded batch."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, delete, exists, func, select, tuple_

from park_downtime.database.parks import ParkRow, save_final_until
from park_downtime.database.statistics_tables import park_daily_stats, reopening_votes, ride_edges
from park_downtime.database.tables import (
    collection_cycles,
    park_activity_snapshots,
    park_runs,
    ride_runs,
    ride_status_snapshots,
)
from park_downtime.periods import start_of_day


def first_unfinished_days(connection: Connection, park_ids: Collection[int], today: date) -> dict[int, date]:
    """Each park's first local day that has runs or a row and is not final; today at the latest."""
    c, run = park_daily_stats.c, park_runs.c
    final = exists().where(c.park_id == run.park_id, c.stat_date == run.local_date, c.is_final)
    unjudged = select(run.park_id, func.min(run.local_date)).where(run.park_id.in_(park_ids), ~final)
    provisional = select(c.park_id, func.min(c.stat_date)).where(
        c.park_id.in_(park_ids), c.is_final.is_(False)
    )
    first = dict.fromkeys(park_ids, today)
    for query, column in ((unjudged, run.park_id), (provisional, c.park_id)):
        for park_id, day in connection.execute(query.group_by(column)):
            first[park_id] = min(first[park_id], day)
    return first


def delete_snapshots(connection: Connection, park_id: int, before: datetime, rows: int) -> int:
    c = ride_status_snapshots.c
    return _delete(connection, ride_status_snapshots, rows, c.park_id == park_id, c.recorded_at < before)


def delete_activity(connection: Connection, park_id: int, before: datetime, rows: int) -> int:
    c = park_activity_snapshots.c
    return _delete(connection, park_activity_snapshots, rows, c.park_id == park_id, c.recorded_at < before)


def delete_runs(connection: Connection, park_id: int, before: date, rows: int) -> int:
    return _delete(
        connection, ride_runs, rows, ride_runs.c.park_id == park_id, ride_runs.c.local_date < before
    )


def delete_park_runs(connection: Connection, park_id: int, before: date, rows: int) -> int:
    return _delete(
        connection, park_runs, rows, park_runs.c.park_id == park_id, park_runs.c.local_date < before
    )


def days_with_runs_before(connection: Connection, park_id: int, before: date) -> list[date]:
    """The local days of which runs of the park or of a ride of it are still kept, oldest first."""
    days: set[date] = set()
    for table in (park_runs, ride_runs):
        c = table.c
        days.update(
            connection.scalars(
                select(c.local_date).where(c.park_id == park_id, c.local_date < before).distinct()
            )
        )
    return sorted(days)


def delete_edges(connection: Connection, park_id: int, before: datetime, rows: int) -> int:
    return _delete(
        connection, ride_edges, rows, ride_edges.c.park_id == park_id, ride_edges.c.started_at < before
    )


def delete_votes(connection: Connection, park_id: int, before: datetime, rows: int) -> int:
    c = reopening_votes.c
    return _delete(connection, reopening_votes, rows, c.park_id == park_id, c.started_at < before)


def delete_cycles(connection: Connection, before: datetime, rows: int) -> int:
    return _delete(connection, collection_cycles, rows, collection_cycles.c.recorded_at < before)


def _delete(connection: Connection, table: Table, rows: int, *where: ColumnElement[Any]) -> int:
    """At most `rows` of what `where` names; SQLite as it is built here knows no DELETE ... LIMIT."""
    keys = list(table.primary_key)
    if connection.dialect.name == "sqlite":
        chosen = select(*keys).where(*where).limit(rows)
        return connection.execute(delete(table).where(tuple_(*keys).in_(chosen))).rowcount
    return connection.execute(
        delete(table).where(*where).with_dialect_options(mysql_limit=rows, mariadb_limit=rows)
    ).rowcount


def update_final_until(
    connection: Connection, parks: Collection[ParkRow], today: date
) -> dict[int, datetime]:
    """Work the bounds of parks out from their days, and keep them where the cleanup event of MySQL finds
    them.
    """
    days = first_unfinished_days(connection, [park.park_id for park in parks], today)
    final_until = {park.park_id: start_of_day(days[park.park_id], park.zone) for park in parks}
    save_final_until(connection, final_until)
    return final_until

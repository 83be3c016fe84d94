"""How far back the data reach: the first day with a row, and the first day whose runs are kept."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, func, select

from park_downtime.database.statistics_tables import park_daily_stats
from park_downtime.database.tables import park_runs


def first_daily_date(connection: Connection) -> date | None:
    """The earliest local day of which any park has a row."""
    first: date | None = connection.scalar(select(func.min(park_daily_stats.c.stat_date)))
    return first


def first_kept_days(connection: Connection) -> dict[int, date]:
    """The earliest local day of each park whose runs are kept."""
    c = park_runs.c
    query = select(c.park_id, func.min(c.local_date).label("day")).group_by(c.park_id)
    return {row.park_id: row.day for row in connection.execute(query)}

"""When each tracked park was last seen running."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, func, select

from park_downtime.database.statistics_tables import park_operating_sessions
from park_downtime.database.tables import parks

_c = park_operating_sessions.c


def last_active(connection: Connection, at: datetime) -> dict[int, datetime]:
    """The last running reading of each tracked park up to `at`; parks without any are missing."""
    newest = (
        select(func.max(_c.started_at))
        .where(_c.park_id == parks.c.park_id, _c.started_at <= at)
        .correlate(parks)
        .scalar_subquery()
    )
    query = (
        select(_c.park_id, _c.last_running_at)
        .join_from(
            parks, park_operating_sessions, (_c.park_id == parks.c.park_id) & (_c.started_at == newest)
        )
        .where(parks.c.is_tracked)
    )
    return {row.park_id: min(row.last_running_at, at) for row in connection.execute(query)}

"""How far back the data reach: the first day with a row, and the first day whose runs are kept."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection, func, select

from park_downtime.database.parks import ParkRow
from park_downtime.database.runs import first_kept_day
from park_downtime.database.sessions import latest_session
from park_downtime.database.statistics_tables import park_daily_stats
from park_downtime.database.tables import park_runs
from park_downtime.judging.park_history import zone_of
from park_downtime.periods import DAY, start_of_day


def first_daily_date(connection: Connection) -> date | None:
    """The earliest local day of which any park has a row."""
    first: date | None = connection.scalar(select(func.min(park_daily_stats.c.stat_date)))
    return first


def first_kept_days(connection: Connection) -> dict[int, date]:
    """The earliest local day of each park whose runs are kept."""
    c = park_runs.c
    query = select(c.park_id, func.min(c.local_date).label("day")).group_by(c.park_id)
    return {row.park_id: row.day for row in connection.execute(query)}


def first_whole_day(connection: Connection, park: ParkRow) -> date:
    """The first day whose runs are kept, and those of a session that reaches into it from the evening
    before. The last of days where none are.
    """
    first = first_kept_day(connection, park.park_id)
    if first is None:
        return date.max
    start = start_of_day(first, zone_of(park))
    earlier = latest_session(connection, park.park_id, before=start)
    reaches_in = earlier is not None and (earlier.ended_at is None or earlier.ended_at > start)
    return first + DAY if reaches_in else first

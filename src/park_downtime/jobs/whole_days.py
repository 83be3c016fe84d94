"""From which day on a park's days can be judged again: all that they were judged from is kept."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from park_downtime.database.park_memory import zone_of
from park_downtime.database.parks import ParkRow
from park_downtime.database.runs import first_kept_day
from park_downtime.database.sessions import latest_session
from park_downtime.periods import DAY, start_of_day


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

"""Up to where a park's days are final: the bound of what retention may delete."""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection

from park_downtime.database.parks import ParkRow, save_final_until
from park_downtime.database.retention import first_unfinished_day
from park_downtime.judging.park_history import zone_of
from park_downtime.periods import start_of_day


def keep_final_until(connection: Connection, park: ParkRow, today: date) -> datetime:
    """Work the bound out from the days, and keep it where the cleanup event of MySQL finds it."""
    final_until = start_of_day(first_unfinished_day(connection, park.park_id, today), zone_of(park))
    save_final_until(connection, park.park_id, final_until)
    return final_until

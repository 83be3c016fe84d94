"""The sums of whole days behind every period, rebuilt when a park's date changes or a day is closed again."""

from __future__ import annotations

from datetime import date

from sqlalchemy import Connection

from park_downtime.database.totals import rebuild_totals, totals_are_for


def keep_periods_in_step(
    connection: Connection, park_id: int, today: date, is_earlier_day_judged: bool = False
) -> bool:
    """Rebuild the park's totals unless they are for `today`; answers whether they were rebuilt.

    `is_earlier_day_judged`: a session crosses midnight, so a whole day has just changed.
    """
    if not is_earlier_day_judged and totals_are_for(connection, park_id, today):
        return False
    rebuild_totals(connection, park_id, today)
    return True

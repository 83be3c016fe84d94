"""Close one local day of one park: refold its runs, judge it a last time, store it as final."""

from __future__ import annotations

import logging
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from park_downtime.database.parks import ParkRow
from park_downtime.judging.judge_and_save import judge_and_save
from park_downtime.judging.park_history import load, touches
from park_downtime.judging.refold import refold, store_refolded
from park_downtime.periods import DAY, day_range

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """`is_final` False: a session that touches the day may still change; a later attempt will do."""

    is_final: bool
    rows_written: int


def close_park_day(connection: Connection, park: ParkRow, day: date, now: datetime) -> ClosedDay | None:
    """None: the park was not yet observed on that day. Doing it again gives the same rows."""
    zone = park.zone
    start, end = day_range(day, zone)
    folded = refold(connection, park, day)
    if folded is not None and store_refolded(connection, park, day, folded):
        log.error(
            "refolded runs differ from those of the cycles; the refolded ones win",
            extra={"park_id": park.park_id, "local_date": day.isoformat()},
        )
    # The first hours of the next day say whether a session that crosses midnight is over.
    history = load(connection, park, day, day + 2 * DAY)
    if not history.was_observed(day):
        return None
    found = [session for session in history.sessions_at(now) if touches(session, day, zone)]
    own = [session for session in found if start <= session.started_at < end]
    is_final = all(session.is_settled for session in found)
    saved = judge_and_save(connection, history, found, [day], now, own, is_final, anew=(start, end))
    return ClosedDay(is_final, saved.rows_written)

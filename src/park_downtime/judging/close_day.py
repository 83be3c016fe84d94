"""Close one local day of one park: refold its runs, judge it a last time, store it as final."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from park_downtime.database.edges import save_edges
from park_downtime.database.parks import ParkRow
from park_downtime.database.reopening import save_votes
from park_downtime.database.totals import renew_totals
from park_downtime.judging.call_edges import call_edges
from park_downtime.judging.count_votes import count_votes
from park_downtime.judging.judge_and_save import Written, save_judged
from park_downtime.judging.park_history import ParkHistory, load, touches
from park_downtime.judging.refold import refold, store_refolded
from park_downtime.periods import DAY, day_range, local_date
from park_downtime.timeline.sessions import Session

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
    # The first hours of the next day say whether a session that crosses midnight is over.
    last_day = day + 2 * DAY
    history = load(connection, park, day, last_day)
    folded = refold(connection, park, day, history)
    if folded is not None and store_refolded(connection, park, day, folded):
        log.error(
            "refolded runs differ from those of the cycles; the refolded ones win",
            extra={"park_id": park.park_id, "local_date": day.isoformat()},
        )
        history = load(connection, park, day, last_day)
    if not history.was_observed(day):
        return None
    found = [session for session in history.sessions_at(now) if touches(session, day, zone)]
    own = [session for session in found if start <= session.started_at < end]
    is_final = all(session.is_settled for session in found)
    written = close_and_save(connection, history, day, found, own, now, is_final)
    # With them, so that a night that is killed leaves no ride's sums behind its days.
    renew_totals(connection, park.park_id, written.changed, local_date(now, zone))
    return ClosedDay(is_final, written.rows)


def close_and_save(
    connection: Connection,
    history: ParkHistory,
    day: date,
    found: Sequence[Session],
    own: Sequence[Session],
    now: datetime,
    is_final: bool,
) -> Written:
    """Judge the day's sessions as a night does, with what their rides' habits say of them, and store them."""
    called = call_edges(connection, history, history.judge(found, now))
    rows = history.days([day], called.judged)
    written = save_judged(connection, history, own, rows, is_final, anew=day_range(day, history.zone))
    began = {session.started_at for session in own}
    save_edges(connection, history.park_id, [edges for edges in called.edges if edges.started_at in began])
    began_on_it = [one for one in called.judged if one.session.started_at in began]
    votes = count_votes(began_on_it, [*called.past, *called.edges], history.zone)
    save_votes(connection, history.park_id, votes)
    return written

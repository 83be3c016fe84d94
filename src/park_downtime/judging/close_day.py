"""Close one local day of one park: refold its runs, judge it a last time, store it as final."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from park_downtime.database.closures import Telling
from park_downtime.database.edges import save_edges
from park_downtime.database.parks import ParkRow
from park_downtime.database.reopening import save_votes
from park_downtime.database.totals import renew_totals
from park_downtime.judging.archived_day import archived_day
from park_downtime.judging.call_edges import call_edges
from park_downtime.judging.count_votes import count_votes
from park_downtime.judging.judge_and_save import Written, save_judged, told_at
from park_downtime.judging.park_history import ParkHistory, load, touches
from park_downtime.judging.refold import refold, store_refolded
from park_downtime.model import GoneReason
from park_downtime.periods import DAY, day_range, local_date
from park_downtime.statistics.days import ParkDay
from park_downtime.stretches.archive import StretchArchive
from park_downtime.timeline.edge_calls import CalledSessions
from park_downtime.timeline.edges import SessionEdges
from park_downtime.timeline.reopening import SessionVotes
from park_downtime.timeline.sessions import Session

log = logging.getLogger(__name__)

LOOKS_AHEAD = 2 * DAY


@dataclass(frozen=True, slots=True)
class ClosedDay:
    """`is_final` False: a session that touches the day may still change; a later attempt will do."""

    is_final: bool
    rows_written: int


def close_park_day(
    connection: Connection,
    park: ParkRow,
    day: date,
    now: datetime,
    archive: StretchArchive | None = None,
) -> ClosedDay | None:
    """None: the park was not yet observed on that day. Doing it again gives the same rows.

    `archive`: where its stretches go when it is final, before the transaction ends: a day is final only when
    they are there. None: nowhere. Raises ArchiveUnwritable, ArchiveUnreadable.
    """
    zone = park.zone
    start, end = day_range(day, zone)
    history = load_for_closing(connection, park, day)
    folded = refold(connection, park, day, history)
    if folded is not None and store_refolded(connection, park, day, folded):
        log.error(
            "refolded runs differ from those of the cycles; the refolded ones win",
            extra={"park_id": park.park_id, "local_date": day.isoformat()},
        )
        history = load_for_closing(connection, park, day)
    if not history.was_observed(day):
        return None
    found = [session for session in history.sessions_at(now) if touches(session, day, zone)]
    own = [session for session in found if start <= session.started_at < end]
    is_final = all(session.is_settled for session in found)
    written = close_and_save(connection, history, day, found, own, now, is_final)
    # With them, so that a night that is killed leaves no ride's sums behind its days.
    renew_totals(connection, park.park_id, written.changed, local_date(now, zone))
    if is_final and archive is not None:
        archive.keep(archived_day(history, day))
    return ClosedDay(is_final, written.rows)


def load_for_closing(connection: Connection, park: ParkRow, day: date) -> ParkHistory:
    """With the first hours of the next day, which say whether a session that crosses midnight is over."""
    return load(connection, park, day, day + LOOKS_AHEAD)


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
    telling = told_at(now, history, GoneReason.CLOSED_DAY)
    return save_judged_day(connection, history, judged_day(history, day, own, called), telling, is_final)


@dataclass(frozen=True, slots=True)
class JudgedDay:
    """A local day as a night says it was, before anything is stored. `own`: the sessions that began on it,
    whose edges and votes are theirs.
    """

    row: ParkDay
    own: Sequence[Session]
    edges: Sequence[SessionEdges]
    votes: Sequence[SessionVotes]


def judged_day(history: ParkHistory, day: date, own: Sequence[Session], called: CalledSessions) -> JudgedDay:
    (row,) = history.days([day], called.judged)
    began = {session.started_at for session in own}
    edges = [edges for edges in called.edges if edges.started_at in began]
    began_on_it = [one for one in called.judged if one.session.started_at in began]
    votes = count_votes(began_on_it, [*called.past, *called.edges], history.zone)
    return JudgedDay(row, own, edges, votes)


def save_judged_day(
    connection: Connection, history: ParkHistory, judged: JudgedDay, telling: Telling, is_final: bool
) -> Written:
    """In place of all that was stored of the day."""
    anew = day_range(judged.row.day, history.zone)
    written = save_judged(connection, history, judged.own, [judged.row], telling, is_final, anew)
    save_edges(connection, history.park_id, judged.edges)
    save_votes(connection, history.park_id, judged.votes)
    return written

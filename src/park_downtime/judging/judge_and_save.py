"""Judge a park's sessions and store what they say: the one way of cycles, late readings and nights."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection

from park_downtime.database.closures import Telling, save_closures
from park_downtime.database.daily import forget_rides, measures_on, save_day
from park_downtime.database.sessions import forget_sessions, save_sessions
from park_downtime.judging.park_history import ParkHistory
from park_downtime.model import GoneReason
from park_downtime.statistics.days import ParkDay
from park_downtime.timeline.judge import JudgedSession
from park_downtime.timeline.sessions import Session
from park_downtime.timeline.spans import Span


@dataclass(slots=True)
class Written:
    """Rows of days. `changed`: rides of days judged anew that are not what they were stored as."""

    rows: int = 0
    changed: set[int] = field(default_factory=set)


def judge_and_save(
    connection: Connection,
    history: ParkHistory,
    judged_sessions: Sequence[Session],
    days: Sequence[date],
    now: datetime,
    own: Sequence[Session] | None = None,
    is_final: bool = False,
    anew: Span | None = None,
    telling: Telling | None = None,
) -> list[JudgedSession]:
    """Judge the sessions as they stand at `now`; store `own` of them, or all, and the rows of `days`.

    `anew`: what was stored of sessions that began in that span, and of rides that a day no longer has, goes.
    `telling`: on which occasion; without, as time goes on.
    """
    judged = history.judge(judged_sessions, now)
    rows = history.days(days, judged)
    own = judged_sessions if own is None else own
    telling = telling or told_at(now, history)
    save_judged(connection, history, own, rows, telling, is_final, anew)
    return judged


def told_at(now: datetime | None, history: ParkHistory, why: GoneReason = GoneReason.JUDGED_ANEW) -> Telling:
    """`why`: what is said of closures that were told and are gone."""
    return Telling(now, history.lives, why)


def save_judged(
    connection: Connection,
    history: ParkHistory,
    own: Sequence[Session],
    rows: Sequence[ParkDay],
    telling: Telling,
    is_final: bool = False,
    anew: Span | None = None,
) -> Written:
    """Store sessions and rows of local days that are judged already, and their closures."""
    if anew is not None:
        forget_sessions(connection, history.park_id, *anew)
    save_sessions(connection, history.park_id, history.zone, own)
    written = Written()
    for row in rows:
        if anew is not None:
            before = measures_on(connection, history.park_id, row.day)
            gone = before.keys() - row.rides.keys()
            forget_rides(connection, history.park_id, row.day, gone)
            written.changed |= gone
            written.changed |= {
                ride.ride_id for ride in row.rides.values() if ride.parts != before.get(ride.ride_id)
            }
        written.rows += save_day(connection, history.park_id, row, is_final, history.is_partial(row.day))
    save_closures(connection, history.park_id, rows, telling)
    return written

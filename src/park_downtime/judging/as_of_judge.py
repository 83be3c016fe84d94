"""One park at an earlier moment, judged inside the moment's own database by the rules of the cycles."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from park_downtime.database.parks import ParkRow
from park_downtime.database.readings import waits_of
from park_downtime.database.reopening import odds_before
from park_downtime.database.ride_status import LastValue, activity_at
from park_downtime.judging.close_day import close_and_save
from park_downtime.judging.judge_and_save import judge_and_save
from park_downtime.judging.park_history import ParkHistory, load, touched_days, touches
from park_downtime.judging.ride_statuses import save_statuses
from park_downtime.periods import day_range, local_date


@dataclass(frozen=True, slots=True)
class ParkThen:
    """`open_days` had not been closed by then, the last of them the park's today; where a night had
    tried to close one, `attempts` says when. `reached_at`: the last cycle that heard of the park.
    """

    park: ParkRow
    reached_at: datetime
    open_days: Sequence[date]
    attempts: Mapping[date, datetime]


def judge_then(connection: Connection, then: ParkThen, waits: Mapping[int, int | None]) -> dict[date, bool]:
    """Store the park's open days, sessions and statuses; answers which tried days could be closed."""
    history = load(connection, then.park, min(then.open_days))
    tried = {day: _try_day(connection, history, day, at, then) for day, at in then.attempts.items()}
    found = history.sessions_at(then.reached_at)
    left = [day for day in then.open_days if day not in tried]
    own = [session for session in found if local_date(session.started_at, history.zone) in left]
    touched = [day for day in touched_days(found, history.zone, history.first_day) if day in left]
    judged = judge_and_save(connection, history, found, touched, then.reached_at, own)
    said = activity_at(connection, then.reached_at).get(then.park.park_id)
    waits = {**waits, **_earlier_waits(connection, history, then.reached_at)}
    last = {ride_id: LastValue(wait) for ride_id, wait in waits.items()}
    is_open = None if said is None else said.is_open
    odds = odds_before(connection, then.reached_at)
    save_statuses(connection, history, judged, then.reached_at, last, is_open, odds)
    return {day: is_closed for day, is_closed in tried.items() if is_closed is not None}


def _earlier_waits(connection: Connection, history: ParkHistory, at: datetime) -> dict[int, int | None]:
    """Of rides of which nothing was read at `at`."""
    last = {ride_id: runs[-1].last_reading_at for ride_id, runs in history.runs.items()}
    earlier = {ride_id: read_at for ride_id, read_at in last.items() if read_at != at}
    return waits_of(connection, history.park_id, earlier)


def _try_day(
    connection: Connection, history: ParkHistory, day: date, tried_at: datetime, then: ParkThen
) -> bool | None:
    """As the cycles since have judged it; answers whether the night could close it, None: not observed."""
    at = max(tried_at, then.reached_at)
    start, end = day_range(day, history.zone)
    if not history.was_observed(day):
        return None
    found = [session for session in history.sessions_at(at) if touches(session, day, history.zone)]
    own = [session for session in found if start <= session.started_at < end]
    at_night = (session for session in history.sessions_at(tried_at) if touches(session, day, history.zone))
    is_final = all(session.is_settled for session in at_night)
    close_and_save(connection, history, day, found, own, at, is_final)
    return is_final

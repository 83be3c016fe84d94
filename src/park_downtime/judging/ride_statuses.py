"""What is said of a park's rides now, out of its judged sessions and of their habits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from park_downtime.database.daily import last_opens
from park_downtime.database.ride_status import LastValue, write_statuses
from park_downtime.judging.park_history import ParkHistory
from park_downtime.periods import instant_on, local_date, seconds_into_day
from park_downtime.timeline.closures import RideSession
from park_downtime.timeline.judge import JudgedSession
from park_downtime.timeline.runs import Run
from park_downtime.timeline.status import RideNow, entry_now, ride_now, usual_closing_seconds
from park_downtime.timeline.voided import is_unknown_since, unknown_spans

HABIT_REACHES_BACK = timedelta(days=45)


def save_statuses(
    connection: Connection,
    history: ParkHistory,
    judged: list[JudgedSession],
    at: datetime,
    last: Mapping[int, LastValue],
    is_park_open: bool | None,
) -> None:
    """Store what is said of every ride with runs at `at`. `is_park_open`: what is said of the park."""
    now = _statuses(connection, history, judged, at, is_park_open is True)
    write_statuses(connection, history.park_id, now, last)


def _statuses(
    connection: Connection,
    history: ParkHistory,
    judged: list[JudgedSession],
    at: datetime,
    is_park_open: bool,
) -> dict[int, tuple[RideNow, Run]]:
    """Every ride with runs, with what is said of it at `at`."""
    is_open = bool(judged) and judged[-1].session.is_open
    in_session = dict(judged[-1].rides) if is_open else {}
    day = local_date(judged[-1].session.started_at if is_open else at, history.zone)
    closings = _usual_closings(connection, history, in_session, day)
    believed = history.believed
    found: dict[int, tuple[RideNow, Run]] = {}
    for ride_id, said in history.runs.items():
        own = believed.get(ride_id)
        last = own[-1] if own else None
        unknown = unknown_spans(history.voided, ride_id)
        if last is not None and is_unknown_since(unknown, last.last_reading_at, at):
            last = None
        found[ride_id] = (
            ride_now(last, in_session.get(ride_id), is_park_open, closings.get(ride_id), at)
            if ride_id in history.lives
            else entry_now(last, at),
            said[-1],
        )
    return found


def _usual_closings(
    connection: Connection, history: ParkHistory, in_session: Mapping[int, RideSession], day: date
) -> dict[int, datetime]:
    """When the rides that may be down usually have their last opening, for a session begun on `day`."""
    closed_now = [ride_id for ride_id, ride in in_session.items() if ride.closures]
    if not closed_now:
        return {}
    found: dict[int, datetime] = {}
    for ride_id, opens in last_opens(connection, closed_now, day - HABIT_REACHES_BACK, day).items():
        usual = usual_closing_seconds(
            [seconds_into_day(last, operated, history.zone) for operated, last in opens]
        )
        if usual is not None:
            found[ride_id] = instant_on(day, usual, history.zone)
    return found

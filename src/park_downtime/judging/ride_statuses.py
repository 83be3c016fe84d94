"""What is said of a park's rides now, out of its judged sessions and of their habits."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import Connection

from park_downtime.database.closures import tell_ongoing
from park_downtime.database.reopening import closings_of
from park_downtime.database.ride_status import LastValue, write_statuses
from park_downtime.judging.park_history import ParkHistory
from park_downtime.model import Status
from park_downtime.statistics.days import ongoing_of
from park_downtime.timeline.closures import RideSession
from park_downtime.timeline.habits import LOOKS_BACK
from park_downtime.timeline.judge import JudgedSession
from park_downtime.timeline.reopening import (
    REMEMBERED_SESSIONS,
    Odds,
    back_today_percentage,
    cell_at,
    usual_closing,
)
from park_downtime.timeline.status import RideNow, closed_since, entry_now, ride_now
from park_downtime.timeline.voided import is_unknown_since, unknown_spans


def save_statuses(
    connection: Connection,
    history: ParkHistory,
    judged: list[JudgedSession],
    at: datetime,
    last: Mapping[int, LastValue],
    is_park_open: bool | None,
    odds: Odds,
) -> None:
    """Store what is said of every ride with runs at `at`, and the closures of those that are down.
    `is_park_open`: what is said of the park.
    """
    said = _said(history, at)
    if is_park_open and judged and judged[-1].session.is_open:
        counted = _counted_now(connection, history, judged[-1], said, at, odds)
        said |= counted
        down = {(ride_id, now.down_since) for ride_id, now in counted.items() if now.status is Status.DOWN}
        ongoing = ongoing_of(judged[-1], history.zone) if down else []
        told = [closure for closure in ongoing if (closure.ride_id, closure.started_at) in down]
        tell_ongoing(connection, history.park_id, told, at)
    now = {ride_id: (said[ride_id], own[-1]) for ride_id, own in history.runs.items()}
    write_statuses(connection, history.park_id, now, last)


def _said(history: ParkHistory, at: datetime) -> dict[int, RideNow]:
    """What each ride with runs says of itself, as far as it is believed."""
    believed = history.believed
    found: dict[int, RideNow] = {}
    for ride_id in history.runs:
        own = believed.get(ride_id)
        last = own[-1] if own else None
        unknown = unknown_spans(history.voided, ride_id)
        if last is not None and is_unknown_since(unknown, last.last_reading_at, at):
            last = None
        found[ride_id] = entry_now(last, at)
    return found


def _counted_now(
    connection: Connection,
    history: ParkHistory,
    judged: JudgedSession,
    said: Mapping[int, RideNow],
    at: datetime,
    odds: Odds,
) -> dict[int, RideNow]:
    """The counted rides that closed in the open session: how likely each is to be back."""
    since = {
        ride_id: began
        for ride_id, ride in judged.rides.items()
        if ride_id in said
        and said[ride_id].status is Status.CLOSED
        and (began := closed_since(ride)) is not None
    }
    if not since:
        return {}
    closings = _usual_closings(connection, history, judged, since)
    others_opened = sum(ride.first_open is not None for ride in judged.rides.values()) - 1
    others_open = _open_now(judged.rides, said)
    found = {}
    for ride_id, began in since.items():
        closing = closings.get(ride_id)
        chance = None
        if closing is not None:
            cell = cell_at(at - began, closing - at, others_opened, others_open)
            chance = back_today_percentage(odds, cell)
        found[ride_id] = ride_now(said[ride_id], began, chance, at)
    return found


def _open_now(rides: Mapping[int, RideSession], said: Mapping[int, RideNow]) -> int:
    return sum(ride_id in said and said[ride_id].status is Status.RUNNING for ride_id in rides)


def _usual_closings(
    connection: Connection, history: ParkHistory, judged: JudgedSession, closed: Mapping[int, datetime]
) -> dict[int, datetime]:
    started_at = judged.session.started_at
    before = closings_of(
        connection, history.park_id, closed, started_at - LOOKS_BACK, started_at, REMEMBERED_SESSIONS
    )
    found = {}
    for ride_id, own in before.items():
        usual = usual_closing(own, started_at, history.zone)
        if usual is not None:
            found[ride_id] = usual
    return found

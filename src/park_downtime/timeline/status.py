"""What is said of a ride now (DESIGN, Now)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from park_downtime.model import State, Status, StretchKind
from park_downtime.timeline.closures import RideSession
from park_downtime.timeline.runs import Run, is_stale

LONGEST_DOWN = timedelta(hours=3)
"""A closure that lasts longer is more likely the end of the ride's day than a breakdown."""
BEFORE_USUAL_CLOSING = timedelta(minutes=20)
HABIT_DAYS = 3
REMEMBERED_DAYS = 7


@dataclass(frozen=True, slots=True)
class RideNow:
    """`down_since` is set exactly when the ride is Down."""

    status: Status
    down_since: datetime | None = None


def usual_closing_seconds(last_open_seconds: Sequence[float]) -> float | None:
    """The median of a ride's last-open times of day, newest first; None before it has a habit."""
    if len(last_open_seconds) < HABIT_DAYS:
        return None
    return median(last_open_seconds[:REMEMBERED_DAYS])


def ride_now(
    last: Run | None,
    in_session: RideSession | None,
    park_is_running: bool,
    usual_closing: datetime | None,
    now: datetime,
) -> RideNow:
    """A counted ride's status. `in_session`: the ride in the open session, None if there is none.

    `usual_closing`: when the ride usually has its last opening today, None before it has a habit.
    """
    said = entry_now(last, now)
    if said.status is not Status.CLOSED or in_session is None or not park_is_running:
        return said
    began = next((c.started_at for c in in_session.closures if c.kind is StretchKind.ONGOING), None)
    if began is None or now - began > LONGEST_DOWN:
        return RideNow(Status.CLOSED)
    if usual_closing is not None and began >= usual_closing - BEFORE_USUAL_CLOSING:
        return RideNow(Status.CLOSED)
    return RideNow(Status.DOWN, began)


def entry_now(last: Run | None, now: datetime) -> RideNow:
    """The status of an entry that is not counted: shows close between performances, and are not down."""
    if last is None or last.state is State.UNKNOWN:
        return RideNow(Status.UNKNOWN)
    if is_stale(last.last_reading_at, now, last.interval_seconds):
        return RideNow(Status.UNKNOWN)
    return RideNow(Status.RUNNING if last.state is State.OPEN else Status.CLOSED)

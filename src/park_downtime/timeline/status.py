"""What is said of a ride now (DESIGN, Now)."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from park_downtime.model import State, Status, StretchKind
from park_downtime.timeline.closures import RideSession
from park_downtime.timeline.runs import Run, is_stale

LONGEST_DOWN = timedelta(hours=3)
"""Of a ride without a habit: what lasts longer is more likely the end of its day than a breakdown."""
LEAST_CHANCE = 50


@dataclass(frozen=True, slots=True)
class RideNow:
    """`down_since` is set exactly when the ride is Down; `back_today_percentage` is the chance that a ride
    that closed opens again today, where it has a habit to tell it by.
    """

    status: Status
    down_since: datetime | None = None
    back_today_percentage: int | None = None


def closed_since(in_session: RideSession | None) -> datetime | None:
    """When the closure began that a closed ride is in, None where it has not been open in the session.

    Earlier ones that ended may be ongoing too, until it is known whether the park had closed with them.
    """
    last = in_session.closures[-1] if in_session is not None and in_session.closures else None
    return last.started_at if last is not None and last.kind is StretchKind.ONGOING else None


def ride_now(said: RideNow, since: datetime | None, back_today: int | None, now: datetime) -> RideNow:
    """A counted ride's status, out of what its last reading says (`entry_now`).

    `since`: when its closure began, None unless the park is open and the ride had been. `back_today`: the
    chance in percent, None where the ride has no habit.
    """
    if said.status is not Status.CLOSED or since is None:
        return said
    is_down = now - since <= LONGEST_DOWN if back_today is None else back_today >= LEAST_CHANCE
    if is_down:
        return RideNow(Status.DOWN, since, back_today)
    return RideNow(Status.CLOSED, back_today_percentage=back_today)


def entry_now(last: Run | None, now: datetime) -> RideNow:
    """The status of an entry that is not counted: shows close between performances, and are not down."""
    if last is None or last.state is State.UNKNOWN:
        return RideNow(Status.UNKNOWN)
    if is_stale(last.last_reading_at, now, last.interval_seconds):
        return RideNow(Status.UNKNOWN)
    return RideNow(Status.RUNNING if last.state is State.OPEN else Status.CLOSED)

"""What closures say that happened: a ride went down, runs again, did not reopen. No status, which flaps."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from park_downtime.model import StretchKind
from park_downtime.statistics.days import DayClosure
from park_downtime.statistics.told_closures import ToldClosure


class Event(StrEnum):
    WENT_DOWN = "went_down"
    RUNNING_AGAIN = "running_again"
    DID_NOT_REOPEN = "did_not_reopen"


@dataclass(frozen=True, slots=True)
class ClosureEvent:
    """`at`: when it happened, which never changes while the closure keeps its id."""

    event: Event
    at: datetime
    closure: DayClosure


READINGS_APART = 1.5
"""In intervals: what lasted longer was read closed twice."""


def events_of(told: Iterable[ToldClosure], interval_seconds: int, most: int) -> list[ClosureEvent]:
    """The newest first."""
    found = [event for each in told for event in _events(each, interval_seconds)]
    found.sort(key=lambda event: (event.at, event.closure.ride_id, event.event), reverse=True)
    return found[:most]


def _events(told: ToldClosure, interval_seconds: int) -> Iterator[ClosureEvent]:
    closure = told.closure
    match closure.kind:
        case StretchKind.ONGOING:
            if closure.is_incident:  # two closed readings: it has lasted no longer than from one to the other
                yield ClosureEvent(Event.WENT_DOWN, closure.started_at, closure)
        case StretchKind.OUTAGE:
            if closure.is_incident and _was_read_twice(closure, interval_seconds):
                yield ClosureEvent(Event.WENT_DOWN, closure.started_at, closure)
                yield ClosureEvent(Event.RUNNING_AGAIN, closure.ended_at, closure)
        case StretchKind.DID_NOT_REOPEN:
            if told.known_at is not None and told.known_at < closure.ended_at:  # as an ongoing one
                yield ClosureEvent(Event.WENT_DOWN, closure.started_at, closure)
            yield ClosureEvent(Event.DID_NOT_REOPEN, closure.ended_at, closure)
        case _:
            return


def _was_read_twice(closure: DayClosure, interval_seconds: int) -> bool:
    lasted = closure.ended_at - closure.started_at
    return lasted >= READINGS_APART * timedelta(seconds=interval_seconds)

"""What was trouble at the edges of a ride's days and what was plan, told afterwards from official hours."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum
from statistics import median

from benchmarks.accuracy.official_hours import OfficialHours
from park_downtime.periods import local_date
from park_downtime.timeline.runs import hold_limit
from park_downtime.timeline.spans import Span, joined, seconds, within

NIGHT_ENDS = timedelta(hours=4)
"""By the clock on the wall: until then the day before goes on."""
LEAST_TRUE = timedelta(minutes=15)
"""Shorter stretches at an edge say nothing."""

SaidOpen = tuple[datetime, bool]
"""One reading: when, and whether the ride was open."""


class Trouble(StrEnum):
    """Time in which a ride should have been open, named as our own judgement names it."""

    OUTAGE = "outage"
    LATE_START = "late_start"
    DID_NOT_REOPEN = "did_not_reopen"


TroubleSpans = dict[Trouble, list[Span]]


@dataclass(frozen=True, slots=True)
class RideDay:
    """A day on which a ride opened: its first open reading, the end of the hold of its last, and when it was
    known to be closed.
    """

    first_open: datetime
    last_open: datetime
    closed: tuple[Span, ...]


def ride_days(readings: Sequence[SaidOpen], interval_seconds: int, zone: str) -> dict[date, RideDay]:
    """The days on which a ride opened, out of its readings in time order; what none of them holds is
    unknown.
    """
    pieces: dict[date, list[tuple[Span, bool]]] = {}
    for span, is_open in _held(readings, interval_seconds):
        pieces.setdefault(local_date(span[0] - NIGHT_ENDS, zone), []).append((span, is_open))
    found = {}
    for day, own in pieces.items():
        opens = [span for span, is_open in own if is_open]
        if opens:
            closed = joined(span for span, is_open in own if not is_open)
            found[day] = RideDay(opens[0][0], opens[-1][1], tuple(closed))
    return found


def _held(readings: Sequence[SaidOpen], interval_seconds: int) -> Iterator[tuple[Span, bool]]:
    following = [at for at, _ in readings[1:]]
    for place, (at, is_open) in enumerate(readings):
        until = at + timedelta(seconds=interval_seconds)
        if place < len(following) and following[place] - at <= hold_limit(interval_seconds):
            until = following[place]
        yield (at, until), is_open


def troubles(days: Mapping[date, RideDay], hours: Mapping[date, OfficialHours]) -> dict[date, TroubleSpans]:
    """By day, of one ride: closed between two openings; and closed within its official hours beyond what it
    usually is late by (all days) or early by (the days of that month).
    """
    own_hours = _own_hours(days, hours)
    late_by = [_seconds(own_hours[day][0], own.first_open) for day, own in days.items()]
    early_by: dict[tuple[int, int], list[float]] = {}
    for day, own in days.items():
        early_by.setdefault((day.year, day.month), []).append(_seconds(own.last_open, own_hours[day][1]))
    found = {}
    for day, own in days.items():
        opens_at, closes_at = own_hours[day]
        due_open = opens_at + timedelta(seconds=max(0.0, median(late_by)))
        due_close = closes_at - timedelta(seconds=max(0.0, median(early_by[day.year, day.month])))
        found[day] = {
            Trouble.OUTAGE: within(own.closed, own.first_open, own.last_open),
            Trouble.LATE_START: _long_enough(within(own.closed, due_open, own.first_open)),
            Trouble.DID_NOT_REOPEN: _long_enough(within(own.closed, own.last_open, due_close)),
        }
    return found


def _own_hours(
    days: Mapping[date, RideDay], hours: Mapping[date, OfficialHours]
) -> dict[date, tuple[datetime, datetime]]:
    """With the extra ones where the ride usually takes part in them: on most days that had any it was open
    in the half of them that is further from the other hours.
    """
    mornings = [
        own.first_open < each.extra_opens_at + (each.opens_at - each.extra_opens_at) / 2
        for day, own in days.items()
        if (each := hours[day]).extra_opens_at < each.opens_at
    ]
    evenings = [
        own.last_open > each.closes_at + (each.extra_closes_at - each.closes_at) / 2
        for day, own in days.items()
        if (each := hours[day]).extra_closes_at > each.closes_at
    ]
    return {day: hours[day].of_ride(_mostly(mornings), _mostly(evenings)) for day in days}


def _mostly(answers: Sequence[bool]) -> bool:
    return 2 * sum(answers) > len(answers)


def _seconds(start: datetime, end: datetime) -> float:
    return (end - start).total_seconds()


def _long_enough(spans: list[Span]) -> list[Span]:
    return spans if seconds(spans) >= LEAST_TRUE.total_seconds() else []

"""Where the time of each true cause ended up: what the rules can see of a breakdown, and what not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import datetime

from benchmarks.accuracy.judged_days import JudgedDay
from benchmarks.accuracy.simulated_days import ComparedDay
from park_downtime.model import StretchKind
from park_downtime.periods import day_range
from park_downtime.simulator.causes import Cause, TrueStretch
from park_downtime.timeline.closures import Stretch

NO_SESSION = "no session"
KINDS = (
    StretchKind.OUTAGE,
    StretchKind.LATE_START,
    StretchKind.DID_NOT_REOPEN,
    StretchKind.LATE_OPENING,
    StretchKind.EARLY_CLOSE,
    StretchKind.DID_NOT_OPERATE,
    StretchKind.PARK_STOP,
    StretchKind.OPEN,
    StretchKind.UNKNOWN,
    NO_SESSION,
)

ByCause = Counter[tuple[Cause, str]]
"""Seconds by true cause and by what the readings made of them."""


def seconds_by_cause(compared: ComparedDay) -> ByCause:
    """One local day of a park's counted rides."""
    found: ByCause = Counter()
    day = compared.seen
    bounds = day_range(day.day, day.memory.zone)
    for ride_id, truth in compared.truth.items():
        _add(found, _cut(truth, *bounds), _judged(day, ride_id), bounds[0])
    return found


def _cut(truth: Iterable[TrueStretch], start: datetime, end: datetime) -> list[TrueStretch]:
    return [
        TrueStretch(max(each.start, start), min(each.end, end), each.is_open, each.cause)
        for each in truth
        if each.start < end and start < each.end
    ]


def _judged(day: JudgedDay, ride_id: int) -> list[Stretch]:
    return [
        stretch for each in day.touching if ride_id in each.rides for stretch in each.rides[ride_id].stretches
    ]


def _add(found: ByCause, truth: list[TrueStretch], judged: list[Stretch], start: datetime) -> None:
    place = 0
    for each in truth:
        left = int((each.end - each.start).total_seconds())
        while place < len(judged) and judged[place].end <= each.start:
            place += 1
        for stretch in judged[place:]:
            if stretch.start >= each.end:
                break
            length = int((min(stretch.end, each.end) - max(stretch.start, each.start)).total_seconds())
            found[each.cause, stretch.kind] += length
            left -= length
        if left:
            found[each.cause, NO_SESSION] += left

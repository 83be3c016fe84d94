"""What late starts and rides that did not reopen really were, on simulated days."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import StrEnum

from benchmarks.accuracy.simulated_days import ComparedDay
from park_downtime.model import StretchKind
from park_downtime.simulator.causes import Cause, TrueStretch
from park_downtime.timeline.edge_calls import CALLED
from park_downtime.timeline.spans import Span, clip, seconds

GUESSED_FROM = timedelta(minutes=15)
"""The simulator's own late openings and early closes begin with it; what is less is jitter."""

PlanOf = Callable[[int], Sequence[Span]]
"""By ride, when it was to be open on the days around."""


class Was(StrEnum):
    """`UNEXPLAINED` is what the simulator says without a reason and by an author's guess: a ride that opens
    a quarter of an hour or more after its plan, or closes as much before it, and was not broken.
    """

    TROUBLE = "breakdown or weather"
    UNEXPLAINED = "unexplained"
    OPEN = "open between two readings"
    PLAN = "plan"


@dataclass(frozen=True, slots=True)
class CalledStretch:
    ride_id: int
    kind: StretchKind
    start: datetime
    end: datetime
    seconds: Counter[Was]

    @property
    def is_none(self) -> bool:
        """Nothing of it was trouble, or might have been."""
        return not self.seconds[Was.TROUBLE] and not self.seconds[Was.UNEXPLAINED]


def called_stretches(compared: ComparedDay, plan_of: PlanOf) -> list[CalledStretch]:
    """Those of the sessions that begin on the day."""
    return [
        CalledStretch(
            ride_id,
            stretch.kind,
            stretch.start,
            stretch.end,
            seconds_of((stretch.start, stretch.end), compared.truth[ride_id], plan_of(ride_id)),
        )
        for judged in compared.seen.own
        for ride_id, ride in judged.rides.items()
        for stretch in ride.stretches
        if stretch.kind in CALLED.values()
    ]


def added_up(calls: Iterable[CalledStretch], kind: StretchKind) -> Counter[Was]:
    found = Counter[Was]()
    for each in calls:
        if each.kind is kind:
            found.update(each.seconds)
    return found


def seconds_of(called: Span, truth: Iterable[TrueStretch], plan: Sequence[Span]) -> Counter[Was]:
    found = Counter[Was]()
    for each in _whole(truth):
        if each.end <= called[0] or called[1] <= each.start:
            continue
        for span, was in _split(each, plan):
            cut = clip(span, *called)
            if cut is not None:
                found[was] += seconds([cut])
    return found


def _whole(truth: Iterable[TrueStretch]) -> Iterator[TrueStretch]:
    """What was cut at midnight made one again; and what ends a ride's day before its park's, with the night
    that follows: some rides are to close a little after their park.
    """
    before: TrueStretch | None = None
    for each in truth:
        if before is not None and before.end == each.start and _goes_on(before.cause, each.cause):
            before = TrueStretch(before.start, each.end, each.is_open, before.cause)
            continue
        if before is not None:
            yield before
        before = each
    if before is not None:
        yield before


def _goes_on(before: Cause, after: Cause) -> bool:
    return before is after or (before, after) == (Cause.CLOSED_EARLY, Cause.CLOSED_FOR_THE_NIGHT)


def _split(true: TrueStretch, plan: Sequence[Span]) -> Iterator[tuple[Span, Was]]:
    whole = (true.start, true.end)
    match true.cause:
        case Cause.BREAKDOWN | Cause.WEATHER:
            yield whole, Was.TROUBLE
        case Cause.OPERATING:
            yield whole, Was.OPEN
        case Cause.NOT_YET_OPEN:
            due = next((start for start, end in plan if start + GUESSED_FROM <= true.end <= end), true.end)
            yield from _cut(whole, max(due, true.start), Was.PLAN, Was.UNEXPLAINED)
        case Cause.CLOSED_EARLY:
            due = next((end for start, end in plan if start <= true.start <= end - GUESSED_FROM), true.start)
            yield from _cut(whole, min(due, true.end), Was.UNEXPLAINED, Was.PLAN)
        case _:
            yield whole, Was.PLAN


def _cut(whole: Span, at: datetime, before: Was, after: Was) -> Iterator[tuple[Span, Was]]:
    if whole[0] < at:
        yield (whole[0], at), before
    if at < whole[1]:
        yield (at, whole[1]), after

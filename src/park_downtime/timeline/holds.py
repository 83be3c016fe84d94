"""For how long something read is known to last: the hold rule (DESIGN, Hold)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta
from itertools import pairwise
from typing import Protocol, TypeVar

from park_downtime.model import State
from park_downtime.timeline.runs import Run, hold_limit
from park_downtime.timeline.spans import Span


class Observed(Protocol):
    """What holds: a run of a ride, or of a park."""

    @property
    def started_at(self) -> datetime: ...
    @property
    def last_reading_at(self) -> datetime: ...
    @property
    def interval_seconds(self) -> int: ...


AnyRun = TypeVar("AnyRun", bound=Observed)


def known_until(run: Observed, following: Observed | None) -> datetime:
    """The end of the time in which `run` holds: the next known reading, if that came within
    2.5 intervals, else one interval after the last reading.
    """
    if following is not None and following.started_at - run.last_reading_at <= hold_limit(
        run.interval_seconds
    ):
        return following.started_at
    return run.last_reading_at + timedelta(seconds=run.interval_seconds)


def held(
    runs: Iterable[AnyRun], now: datetime | None = None, unknown: Sequence[Span] = ()
) -> Iterator[tuple[AnyRun, datetime]]:
    """Each run of one ride or park with the end of its hold, which is never after `now`, nor within what was
    made `unknown`.
    """
    if not unknown:
        return _held(runs, now)
    return (
        (run, min([until, *(start for start, _ in unknown if start > run.last_reading_at)]))
        for run, until in _held(runs, now)
    )


def _held(runs: Iterable[AnyRun], now: datetime | None) -> Iterator[tuple[AnyRun, datetime]]:
    ordered: Sequence[AnyRun] = sorted(runs, key=lambda run: run.started_at)
    for run, following in pairwise(ordered):
        yield run, known_until(run, following)
    if ordered:
        end = known_until(ordered[-1], None)
        yield ordered[-1], end if now is None else min(end, max(now, ordered[-1].last_reading_at))


def open_seconds(runs: Iterable[Run], start: datetime, end: datetime) -> float:
    """Seconds within `[start, end)` in which the ride is known to have been open."""
    return sum(
        max(0.0, (min(until, end) - max(run.started_at, start)).total_seconds())
        for run, until in held(runs)
        if run.state is State.OPEN
    )

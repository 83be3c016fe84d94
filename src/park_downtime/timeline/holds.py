"""For how long a run is known to last: the hold rule (DESIGN, Hold)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from itertools import pairwise

from park_downtime.model import State
from park_downtime.timeline.runs import Run, hold_limit


def known_until(run: Run, following: Run | None) -> datetime:
    """The end of the time in which `run` holds: the ride's next known reading, if that came within
    2.5 intervals, else one interval after the last reading.
    """
    if following is not None and following.started_at - run.last_reading_at <= hold_limit(
        run.interval_seconds
    ):
        return following.started_at
    return run.last_reading_at + timedelta(seconds=run.interval_seconds)


def held(runs: Iterable[Run]) -> Iterator[tuple[Run, datetime]]:
    """Each run of one ride, in time order, with the end of its hold."""
    ordered = sorted(runs, key=lambda run: run.started_at)
    for run, following in pairwise(ordered):
        yield run, known_until(run, following)
    if ordered:
        yield ordered[-1], known_until(ordered[-1], None)


def open_seconds(runs: Iterable[Run], start: datetime, end: datetime) -> float:
    """Seconds within `[start, end)` in which the ride is known to have been open."""
    return sum(
        max(0.0, (min(until, end) - max(run.started_at, start)).total_seconds())
        for run, until in held(runs)
        if run.state is State.OPEN
    )

"""What continuous states are as runs: each begins and ends in the second in which the ride changed."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime, timedelta

from park_downtime.model import State
from park_downtime.simulator.causes import TrueStretch
from park_downtime.timeline.running import LOOKBACK, LargestInLookback, always_open_spans, is_running
from park_downtime.timeline.runs import ParkReading, ParkRun, Run
from park_downtime.timeline.spans import Span, clip

INTERVAL_SECONDS = 600
INSTANT = timedelta(seconds=1)
"""Nothing happens in between: the simulator changes on whole seconds."""


def exact_runs(ride_id: int, day: date, stretches: Iterable[TrueStretch]) -> list[Run]:
    """Open or closed, whatever the cause; a run's last reading is the last second before the change."""
    merged: list[tuple[datetime, datetime, bool]] = []
    for each in stretches:
        if merged and merged[-1][2] == each.is_open:
            merged[-1] = (merged[-1][0], each.end, each.is_open)
        else:
            merged.append((each.start, each.end, each.is_open))
    return [
        Run(
            ride_id=ride_id,
            local_date=day,
            state=State.OPEN if is_open else State.CLOSED,
            started_at=start,
            last_reading_at=end - INSTANT,
            interval_seconds=INTERVAL_SECONDS,
            reading_count=1,
            wait_count=0,
            wait_sum=0,
            wait_min=None,
            wait_max=None,
        )
        for start, end, is_open in merged
    ]


def exact_park_runs(
    day: date,
    bounds: Span,
    runs: Mapping[int, Sequence[Run]],
    runs_before: Mapping[int, Sequence[Run]],
    lookback: Collection[tuple[datetime, int]],
) -> tuple[list[ParkRun], list[tuple[datetime, int]]]:
    """Whether the park ran, asked in every second in which the answer may change; and the counts.

    `lookback`: the counts of the day before, as this function answers them.
    """
    start, end = bounds
    changes = _changes(bounds, runs, runs_before)
    # The largest count of 24 hours also changes when what it was leaves those hours.
    expiries = {at + LOOKBACK for at, _ in lookback if start < at + LOOKBACK < end}
    largest = LargestInLookback([entry for entry in lookback if entry[0] >= start - LOOKBACK])
    counts: list[tuple[datetime, int]] = []
    readings: list[ParkReading] = []
    count = 0
    for at in sorted(changes.keys() | expiries | {start}):
        before, count = count, count + changes.get(at, 0)
        if at > start:
            largest.add(at, before)  # it was that many until now
        largest.add(at, count)
        if at in changes or at == start:
            counts.extend(((at, before), (at, count)) if at > start else ((at, count),))
        runs_now = is_running(count, largest.before(at), len(runs))
        readings.append(ParkReading(at, day, INTERVAL_SECONDS, runs_now))
    counts.append((end - INSTANT, count))
    return _park_runs(readings, end), counts


def _changes(
    bounds: Span, runs: Mapping[int, Sequence[Run]], runs_before: Mapping[int, Sequence[Run]]
) -> dict[datetime, int]:
    """By how much the number of open rides that say something of the park changes, second by second."""
    changes: dict[datetime, int] = {}
    for ride_id, own in runs.items():
        never_closing = always_open_spans([*runs_before.get(ride_id, ()), *own])
        for run in own:
            if run.state is not State.OPEN:
                continue
            for begin, finish in _without((run.started_at, run.last_reading_at + INSTANT), never_closing):
                changes[begin] = changes.get(begin, 0) + 1
                if finish < bounds[1]:
                    changes[finish] = changes.get(finish, 0) - 1
    return changes


def _without(span: Span, others: Iterable[Span]) -> list[Span]:
    """`others` are sorted."""
    left: list[Span] = []
    begin = span[0]
    for other in others:
        cut = clip(other, begin, span[1])
        if cut is not None:
            if begin < cut[0]:
                left.append((begin, cut[0]))
            begin = cut[1]
    if begin < span[1]:
        left.append((begin, span[1]))
    return left


def _park_runs(readings: Sequence[ParkReading], end: datetime) -> list[ParkRun]:
    found: list[ParkRun] = []
    for place, reading in enumerate(readings):
        until = (readings[place + 1].recorded_at if place + 1 < len(readings) else end) - INSTANT
        if found and found[-1].is_running == reading.is_running:
            began = found.pop().started_at
        else:
            began = reading.recorded_at
        found.append(ParkRun(reading.local_date, began, until, reading.interval_seconds, reading.is_running))
    return found

"""One simulated local day of a park as runs: what cycles every ten minutes would have folded."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, date, datetime

from park_downtime.feed.simulator.world import World
from park_downtime.model import State
from park_downtime.periods import Zone, day_range
from park_downtime.timeline.park_runs import ParkReading, ParkRun, fold_park
from park_downtime.timeline.running import (
    LOOKBACK,
    LargestInLookback,
    Said,
    always_open_spans,
    covers,
    park_activity,
)
from park_downtime.timeline.runs import Run

STEP = 600
WAITS_EVERY = 6
"""A wait is taken from one reading in six: history needs averages, not every sample."""


@dataclass(frozen=True, slots=True)
class RunsOfDay:
    """`counts` are the running counts of the day's readings, the next day's look-back."""

    runs: list[Run]
    park_runs: list[ParkRun]
    counts: list[tuple[datetime, int]]


def runs_of_day(
    world: World,
    park_id: int,
    day: date,
    zone: Zone,
    until: datetime,
    counted: Collection[int],
    before: RunsOfDay | None,
    counts_before: list[tuple[datetime, int]],
) -> RunsOfDay:
    """The runs of every entry, read at each full ten minutes of `[day, until]`."""
    start, end = day_range(day, zone)
    first, last = (
        -(-int(start.timestamp()) // STEP),
        min(int(end.timestamp()) - 1, int(until.timestamp())) // STEP,
    )
    runs: list[Run] = []
    if last >= first:
        for ride_id, stretches in world.park_truth(park_id, _at(first), _at(last + 1)).items():
            merged: list[tuple[int, int, bool]] = []
            for stretch in stretches:
                begins = -(-int(stretch.start.timestamp()) // STEP)
                ends = -(-int(stretch.end.timestamp()) // STEP)
                if begins >= ends:
                    continue
                if merged and merged[-1][2] == stretch.is_open:
                    merged[-1] = (merged[-1][0], ends, stretch.is_open)
                else:
                    merged.append((begins, ends, stretch.is_open))
            runs.extend(_run(world, park_id, ride_id, day, *piece) for piece in merged)
    readings, counts = _park_readings(
        runs, first, last, day, counted, before.runs if before else [], counts_before
    )
    return RunsOfDay(runs, fold_park(readings, ()), counts)


def _at(step: int) -> datetime:
    return datetime.fromtimestamp(step * STEP, UTC)


def _run(world: World, park_id: int, ride_id: int, day: date, begins: int, ends: int, is_open: bool) -> Run:
    waits = (
        [world.wait_at(park_id, ride_id, _at(step)) for step in range(begins, ends, WAITS_EVERY)]
        if is_open
        else []
    )
    return Run(
        ride_id=ride_id,
        local_date=day,
        state=State.OPEN if is_open else State.CLOSED,
        started_at=_at(begins),
        last_reading_at=_at(ends - 1),
        interval_seconds=STEP,
        reading_count=ends - begins,
        wait_count=len(waits),
        wait_sum=sum(waits),
        wait_min=min(waits, default=None),
        wait_max=max(waits, default=None),
    )


def _park_readings(
    runs: list[Run],
    first: int,
    last: int,
    day: date,
    counted: Collection[int],
    runs_before: list[Run],
    counts_before: list[tuple[datetime, int]],
) -> tuple[list[ParkReading], list[tuple[datetime, int]]]:
    """Whether the park ran at each reading, by the same rule as the cycles."""
    by_step: dict[int, list[Said]] = {step: [] for step in range(first, last + 1)}
    own: dict[int, list[Run]] = {}
    for run in (*runs_before, *runs):
        if run.ride_id in counted:
            own.setdefault(run.ride_id, []).append(run)
    never_closing = {ride_id: spans for ride_id, mine in own.items() if (spans := always_open_spans(mine))}
    for run in runs:
        if run.ride_id in counted:
            begins = int(run.started_at.timestamp()) // STEP
            said: Said = (run.ride_id, run.state, None)
            for step in range(begins, begins + run.reading_count):
                by_step[step].append(said)
    largest = LargestInLookback([(at, count) for at, count in counts_before if at >= _at(first) - LOOKBACK])
    readings: list[ParkReading] = []
    counts: list[tuple[datetime, int]] = []
    for step, said_then in by_step.items():
        at = _at(step)
        open_always = {ride_id for ride_id, spans in never_closing.items() if covers(spans, at)}
        activity = park_activity(said_then, open_always, largest.before(at))
        largest.add(at, activity.running_count)
        counts.append((at, activity.running_count))
        readings.append(ParkReading(at, day, STEP, activity.is_running))
    return readings, counts

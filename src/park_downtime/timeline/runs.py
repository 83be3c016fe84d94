"""Readings folded into runs: stretches in which one ride kept one state (DESIGN, The way of the data).

A run is a sequence of known readings of one state in one local day of the park, none further from
the one before than the hold, with no cycle in between that failed to hear of the park. Readings
that say nothing are as if absent. Cutting at local midnight makes a day's runs its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta

from park_downtime.model import State

HOLD_INTERVALS = 2.5


def hold_limit(interval_seconds: int) -> timedelta:
    """How far apart two known readings may lie for the first to hold until the second."""
    return timedelta(seconds=HOLD_INTERVALS * interval_seconds)


@dataclass(frozen=True, slots=True)
class KnownReading:
    """A known reading placed in time: what a fold needs of it."""

    ride_id: int
    recorded_at: datetime
    local_date: date
    interval_seconds: int
    state: State
    wait_minutes: int | None


@dataclass(frozen=True, slots=True)
class Run:
    """One ride in one state from its first to its last reading; waits are of open readings.

    `interval_seconds` is the cadence of the last reading: it says how long the run holds after it.
    """

    ride_id: int
    local_date: date
    state: State
    started_at: datetime
    last_reading_at: datetime
    interval_seconds: int
    reading_count: int
    wait_count: int
    wait_sum: int
    wait_min: int | None
    wait_max: int | None


def begin(reading: KnownReading) -> Run:
    wait = reading.wait_minutes
    return Run(
        ride_id=reading.ride_id,
        local_date=reading.local_date,
        state=reading.state,
        started_at=reading.recorded_at,
        last_reading_at=reading.recorded_at,
        interval_seconds=reading.interval_seconds,
        reading_count=1,
        wait_count=0 if wait is None else 1,
        wait_sum=0 if wait is None else wait,
        wait_min=wait,
        wait_max=wait,
    )


def continues(run: Run, reading: KnownReading, unheard: Collection[datetime]) -> bool:
    """Whether `reading` belongs to `run`. `unheard`: cycles that failed to hear of the park."""
    return (
        reading.state == run.state
        and reading.local_date == run.local_date
        and run.last_reading_at < reading.recorded_at
        and reading.recorded_at - run.last_reading_at <= hold_limit(run.interval_seconds)
        and not any(run.last_reading_at < missed < reading.recorded_at for missed in unheard)
    )


def extend(run: Run, reading: KnownReading) -> Run:
    longer = replace(
        run,
        last_reading_at=reading.recorded_at,
        interval_seconds=reading.interval_seconds,
        reading_count=run.reading_count + 1,
    )
    wait = reading.wait_minutes
    if wait is None:
        return longer
    return replace(
        longer,
        wait_count=run.wait_count + 1,
        wait_sum=run.wait_sum + wait,
        wait_min=wait if run.wait_min is None else min(run.wait_min, wait),
        wait_max=wait if run.wait_max is None else max(run.wait_max, wait),
    )


def fold_one(last: Run | None, reading: KnownReading, unheard: Collection[datetime]) -> Run:
    """The run that `reading` ends up in: the ride's last run made longer, or a new one."""
    if last is not None and continues(last, reading, unheard):
        return extend(last, reading)
    return begin(reading)


def fold(readings: Iterable[KnownReading], unheard: Collection[datetime]) -> list[Run]:
    """All runs of the given readings, whatever their order; by ride, then time.

    A second reading of a ride at the same instant is left out.
    """
    runs: list[Run] = []
    for reading in sorted(readings, key=lambda reading: (reading.ride_id, reading.recorded_at)):
        last = runs[-1] if runs and runs[-1].ride_id == reading.ride_id else None
        if last is not None and last.last_reading_at == reading.recorded_at:
            continue
        run = fold_one(last, reading, unheard)
        if last is not None and run.started_at == last.started_at:
            runs[-1] = run
        else:
            runs.append(run)
    return runs

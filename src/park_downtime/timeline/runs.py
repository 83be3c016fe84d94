"""Readings folded into runs: stretches in which one ride kept one state (DESIGN, The way of the data).

A run is a sequence of known readings of one state in one local day of the park, none further from
the one before than the hold, with no cycle in between that failed to hear of the park. Readings
that say nothing are as if absent. Cutting at local midnight makes a day's runs its own.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from functools import lru_cache
from itertools import groupby
from operator import attrgetter
from typing import NamedTuple, TypeAlias

from park_downtime.model import State

HOLD_INTERVALS = 2.5


@lru_cache(maxsize=64)
def hold_limit(interval_seconds: int) -> timedelta:
    """How far apart two known readings may lie for the first to hold until the second."""
    return timedelta(seconds=HOLD_INTERVALS * interval_seconds)


def is_stale(as_of: datetime, now: datetime, interval_seconds: int) -> bool:
    """Whether a reading of `as_of` says nothing of `now` any more."""
    return now - as_of > hold_limit(interval_seconds)


class KnownReading(NamedTuple):
    """A known reading placed in time: what a fold needs of it."""

    ride_id: int
    recorded_at: datetime
    local_date: date
    interval_seconds: int
    state: State
    wait_minutes: int | None

    @property
    def read_at(self) -> ReadAt:
        return ReadAt(self.recorded_at, self.local_date, self.interval_seconds)


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


def run_of(readings: list[KnownReading]) -> Run:
    """The run of readings that belong together, in time order."""
    first = readings[0]
    waits = [reading.wait_minutes for reading in readings if reading.wait_minutes is not None]
    return _Growing(first.state, 0, -1, len(readings), waits).run(
        first.ride_id, [reading.read_at for reading in (first, readings[-1])]
    )


def joins(last: Run, reading: KnownReading, missed: Collection[datetime]) -> bool:
    """Whether `reading` belongs to the run."""
    before = ReadAt(last.last_reading_at, last.local_date, last.interval_seconds)
    return reading.state is last.state and holds(before, reading.read_at, missed)


def extend(run: Run, reading: KnownReading) -> Run:
    wait = reading.wait_minutes
    return Run(
        ride_id=run.ride_id,
        local_date=run.local_date,
        state=run.state,
        started_at=run.started_at,
        last_reading_at=reading.recorded_at,
        interval_seconds=reading.interval_seconds,
        reading_count=run.reading_count + 1,
        wait_count=run.wait_count + (wait is not None),
        wait_sum=run.wait_sum + (0 if wait is None else wait),
        wait_min=least(run.wait_min, wait),
        wait_max=greatest(run.wait_max, wait),
    )


def fold_one(last: Run | None, reading: KnownReading, missed: Collection[datetime]) -> Run:
    """The run that `reading` ends up in: the ride's last run made longer, or a new one."""
    if last is not None and joins(last, reading, missed):
        return extend(last, reading)
    return run_of([reading])


class ReadAt(NamedTuple):
    """A cycle that heard of a park."""

    recorded_at: datetime
    local_date: date
    interval_seconds: int


Said: TypeAlias = tuple[int, State, int | None]
"""What a ride said in a cycle: its id, state, and wait in minutes."""


def fold(readings: Iterable[KnownReading], missed: Collection[datetime]) -> list[Run]:
    """All runs of the given readings, whatever their order; by ride, then time.

    A second reading of a ride at the same instant is left out.
    """
    return fold_cycles(by_cycle(readings), missed)


def by_cycle(readings: Iterable[KnownReading]) -> list[tuple[ReadAt, list[Said]]]:
    ordered = sorted(readings, key=attrgetter("recorded_at"))
    together = groupby(ordered, key=attrgetter("recorded_at", "local_date", "interval_seconds"))
    return [
        (ReadAt(*at), [(one.ride_id, one.state, one.wait_minutes) for one in same]) for at, same in together
    ]


def fold_cycles(cycles: Iterable[tuple[ReadAt, Iterable[Said]]], missed: Collection[datetime]) -> list[Run]:
    """All runs of what rides said in cycles, which come in time order; by ride, then time."""
    read: list[ReadAt] = []
    growing: dict[int, _Growing] = {}
    ended: list[tuple[int, _Growing]] = []
    for number, (at, said) in enumerate(cycles):
        read.append(at)
        holds_since: dict[int, bool] = {}  # mostly all rides were read together the last time, too
        for ride_id, state, wait in said:
            if state is State.UNKNOWN:
                continue
            own = growing.get(ride_id)
            if own is not None:
                last = own.last
                if read[last].recorded_at == at.recorded_at:
                    continue
                if own.state is state:
                    if last not in holds_since:
                        holds_since[last] = holds(read[last], at, missed)
                    if holds_since[last]:
                        own.last = number
                        own.reading_count += 1
                        if wait is not None:
                            own.waits.append(wait)
                        continue
                ended.append((ride_id, own))
            growing[ride_id] = _Growing(state, number, number, 1, [] if wait is None else [wait])
    runs = [own.run(ride_id, read) for ride_id, own in (*ended, *growing.items())]
    return sorted(runs, key=attrgetter("ride_id", "started_at"))


@dataclass(slots=True)
class _Growing:
    """A run that may go on: the numbers of the cycles of its first and last reading, and its waits."""

    state: State
    first: int
    last: int
    reading_count: int
    waits: list[int]

    def run(self, ride_id: int, read: Sequence[ReadAt]) -> Run:
        first, last = read[self.first], read[self.last]
        return Run(
            ride_id=ride_id,
            local_date=first.local_date,
            state=self.state,
            started_at=first.recorded_at,
            last_reading_at=last.recorded_at,
            interval_seconds=last.interval_seconds,
            reading_count=self.reading_count,
            wait_count=len(self.waits),
            wait_sum=sum(self.waits),
            wait_min=min(self.waits, default=None),
            wait_max=max(self.waits, default=None),
        )


def holds(last: ReadAt, at: ReadAt, missed: Collection[datetime]) -> bool:
    """Whether a reading holds until the next one. `missed`: cycles that failed to hear of the park; a run is
    never extended over one.
    """
    return (
        at.local_date == last.local_date
        and last.recorded_at < at.recorded_at
        and at.recorded_at - last.recorded_at <= hold_limit(last.interval_seconds)
        and not (missed and any(last.recorded_at < missed < at.recorded_at for missed in missed))
    )


def least(one: int | None, other: int | None) -> int | None:
    """Of what is known of the two."""
    if one is None or other is None:
        return other if one is None else one
    return min(one, other)


def greatest(one: int | None, other: int | None) -> int | None:
    """Of what is known of the two."""
    if one is None or other is None:
        return other if one is None else one
    return max(one, other)


class ParkReading(NamedTuple):
    """Whether a park ran at one cycle that heard of it."""

    recorded_at: datetime
    local_date: date
    interval_seconds: int
    is_running: bool


@dataclass(frozen=True, slots=True)
class ParkRun:
    """A park in one state from its first to its last reading, within one local day."""

    local_date: date
    started_at: datetime
    last_reading_at: datetime
    interval_seconds: int
    is_running: bool


def extend_park(last: ParkRun | None, reading: ParkReading, missed: Collection[datetime]) -> ParkRun:
    """The run that `reading` ends up in: the last one made longer, or a new one.

    `missed`: cycles that failed to hear of the park; a run is never extended over one.
    """
    if (
        last is not None
        and last.is_running == reading.is_running
        and last.local_date == reading.local_date
        and last.last_reading_at < reading.recorded_at
        and reading.recorded_at - last.last_reading_at <= hold_limit(last.interval_seconds)
        and not any(last.last_reading_at < missed < reading.recorded_at for missed in missed)
    ):
        return replace(last, last_reading_at=reading.recorded_at, interval_seconds=reading.interval_seconds)
    return ParkRun(
        local_date=reading.local_date,
        started_at=reading.recorded_at,
        last_reading_at=reading.recorded_at,
        interval_seconds=reading.interval_seconds,
        is_running=reading.is_running,
    )


def fold_park(readings: Iterable[ParkReading], missed: Collection[datetime]) -> list[ParkRun]:
    """All runs of the given readings in time order, whatever their order was."""
    runs: list[ParkRun] = []
    for reading in sorted(readings, key=lambda reading: reading.recorded_at):
        run = extend_park(runs[-1] if runs else None, reading, missed)
        if runs and run.started_at == runs[-1].started_at:
            runs[-1] = run
        else:
            runs.append(run)
    return runs

"""A park's own runs: stretches in which it was read as running, or as not running."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from park_downtime.timeline.runs import hold_limit


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


def extend_park(last: ParkRun | None, reading: ParkReading, unheard: Collection[datetime]) -> ParkRun:
    """The run that `reading` ends up in: the last one made longer, or a new one.

    `unheard`: cycles that failed to hear of the park; a run is never extended over one.
    """
    if (
        last is not None
        and last.is_running == reading.is_running
        and last.local_date == reading.local_date
        and last.last_reading_at < reading.recorded_at
        and reading.recorded_at - last.last_reading_at <= hold_limit(last.interval_seconds)
        and not any(last.last_reading_at < missed < reading.recorded_at for missed in unheard)
    ):
        return replace(last, last_reading_at=reading.recorded_at, interval_seconds=reading.interval_seconds)
    return ParkRun(
        local_date=reading.local_date,
        started_at=reading.recorded_at,
        last_reading_at=reading.recorded_at,
        interval_seconds=reading.interval_seconds,
        is_running=reading.is_running,
    )


def fold_park(readings: Iterable[ParkReading], unheard: Collection[datetime]) -> list[ParkRun]:
    """All runs of the given readings in time order, whatever their order was."""
    runs: list[ParkRun] = []
    for reading in sorted(readings, key=lambda reading: reading.recorded_at):
        run = extend_park(runs[-1] if runs else None, reading, unheard)
        if runs and run.started_at == runs[-1].started_at:
            runs[-1] = run
        else:
            runs.append(run)
    return runs

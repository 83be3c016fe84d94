"""When something is degraded or unhealthy. docs/operations.md and openapi.yaml repeat these figures."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from enum import IntEnum
from itertools import accumulate, pairwise

from park_downtime.database.health import LandedCycle
from park_downtime.timeline.runs import HOLD_INTERVALS

SLOW_DATABASE_MILLISECONDS = 500
LATE_INTERVALS = HOLD_INTERVALS
"""What is late is stale, too: its readings say nothing of now."""
MISSING_INTERVALS = 12
FAILED_PARKS_SHARE = 0.1
LATE_ZONE_DAYS = 3
MISSING_ZONE_DAYS = 7


class Health(IntEnum):
    """Ordered: the whole is as healthy as its worst part."""

    HEALTHY = 0
    DEGRADED = 1
    UNHEALTHY = 2

    def __str__(self) -> str:
        return self.name.lower()


def database_health(latency_milliseconds: float) -> Health:
    return Health.DEGRADED if latency_milliseconds > SLOW_DATABASE_MILLISECONDS else Health.HEALTHY


def age_health(age: timedelta, interval_seconds: int) -> Health:
    """By the age of the last landed cycle: late after 2.5 intervals, missing after 12."""
    intervals = age.total_seconds() / interval_seconds
    if intervals > MISSING_INTERVALS:
        return Health.UNHEALTHY
    return Health.DEGRADED if intervals > LATE_INTERVALS else Health.HEALTHY


def parks_health(parks_ok: int, parks_without: int) -> Health:
    """By the parks of which the last cycle got nothing usable: more than a tenth, or all."""
    if parks_without and not parks_ok:
        return Health.UNHEALTHY
    share = parks_without / max(1, parks_ok + parks_without)
    return Health.DEGRADED if share > FAILED_PARKS_SHARE else Health.HEALTHY


def spool_health(waiting: int) -> Health:
    """Readings wait in the spool only while the database is away."""
    return Health.DEGRADED if waiting else Health.HEALTHY


def zone_health(days_behind: int) -> Health:
    """By the days since the last one closed: 1 is the best there can be, yesterday's."""
    if days_behind > MISSING_ZONE_DAYS:
        return Health.UNHEALTHY
    return Health.DEGRADED if days_behind >= LATE_ZONE_DAYS else Health.HEALTHY


@dataclass(frozen=True, slots=True)
class LandedCycles:
    """Oldest first. `missed`: how many were missed between the first of them and each."""

    cycles: Sequence[LandedCycle]
    missed: Sequence[int]

    @staticmethod
    def of(cycles: Sequence[LandedCycle]) -> LandedCycles:
        gaps = (
            _missed(before.recorded_at, after.recorded_at, before.interval_seconds)
            for before, after in pairwise(cycles)
        )
        return LandedCycles(cycles, [*accumulate(gaps, initial=0)])


def on_time_percentage(landed: LandedCycles, start: datetime, end: datetime) -> float | None:
    """Landed cycles per cycle due in `[start, end]`; None if none was due.

    A cycle is missed for each whole interval, to the nearest, that a gap is longer than one:
    a start some seconds late is on time. The next one is not missed before it is an interval late.
    """
    cycles = landed.cycles
    first = bisect_left(cycles, start, key=_recorded_at)
    last = bisect_right(cycles, end, key=_recorded_at) - 1
    if first > last:
        return None
    oldest, newest = cycles[first], cycles[last]
    missed = landed.missed[last] - landed.missed[first]
    missed += max(0, _whole_intervals(start, oldest.recorded_at, oldest.interval_seconds))
    missed += max(0, _whole_intervals(newest.recorded_at, end, newest.interval_seconds) - 1)
    count = last - first + 1
    return 100 * count / (count + missed)


def _recorded_at(cycle: LandedCycle) -> datetime:
    return cycle.recorded_at


def _missed(before: datetime, after: datetime, interval_seconds: int) -> int:
    return max(0, round((after - before).total_seconds() / interval_seconds) - 1)


def _whole_intervals(before: datetime, after: datetime, interval_seconds: int) -> int:
    return int((after - before).total_seconds() // interval_seconds)

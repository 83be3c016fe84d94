"""How many of the cycles that were due came on time."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from itertools import pairwise

from park_downtime.database.health import LandedCycle


def on_time_percentage(cycles: Sequence[LandedCycle], start: datetime, end: datetime) -> float | None:
    """Landed cycles per cycle due in `[start, end]`, oldest first given; None if none was due.

    A cycle is missed for each whole interval, to the nearest, that a gap is longer than one:
    a start some seconds late is on time. The next one is not missed before it is an interval late.
    """
    inside = [cycle for cycle in cycles if start <= cycle.recorded_at <= end]
    if not inside:
        return None
    missed = 0
    for before, after in pairwise(inside):
        missed += _missed(before.recorded_at, after.recorded_at, before.interval_seconds)
    missed += max(0, _whole_intervals(start, inside[0].recorded_at, inside[0].interval_seconds))
    missed += max(0, _whole_intervals(inside[-1].recorded_at, end, inside[-1].interval_seconds) - 1)
    return 100 * len(inside) / (len(inside) + missed)


def _missed(before: datetime, after: datetime, interval_seconds: int) -> int:
    return max(0, round((after - before).total_seconds() / interval_seconds) - 1)


def _whole_intervals(before: datetime, after: datetime, interval_seconds: int) -> int:
    return int((after - before).total_seconds() // interval_seconds)

"""A park's day as a judged day of the accuracy benchmark: drawn by readings, or from what really happened."""

from __future__ import annotations

from datetime import timedelta

from benchmarks.accuracy.exact_runs import exact_park_runs, exact_runs
from benchmarks.accuracy.judged_days import JudgedDay, judged_day
from drawing import DAY, MIDNIGHT, NEW_YORK, clock, day

from park_downtime.judging.park_history import ParkHistory
from park_downtime.simulator.causes import Cause, TrueStretch
from park_downtime.statistics.days import RideLife

PARK_ID = 6
TOMORROW = MIDNIGHT + timedelta(days=1)


def seen(*pictures: str) -> JudgedDay:
    """Rides 1, 2, 3... as drawn, one character each ten minutes from midnight on."""
    drawn = day(*pictures)
    lives = {ride_id: RideLife(ride_id, MIDNIGHT) for ride_id in drawn.runs}
    memory = ParkHistory(PARK_ID, NEW_YORK, DAY, lives, drawn.runs, drawn.park_runs)
    return judged_day(memory, drawn.over)


def happened(*changes: tuple[str, Cause]) -> list[TrueStretch]:
    """From each time of day on, that; before the first the ride is closed for the night."""
    edges = [(MIDNIGHT, Cause.CLOSED_FOR_THE_NIGHT), *((clock(at), cause) for at, cause in changes)]
    ends = [at for at, _ in edges[1:]] + [TOMORROW]
    return [
        TrueStretch(start, end, cause.is_open, cause)
        for (start, cause), end in zip(edges, ends, strict=True)
        if start < end
    ]


def real(*truth: list[TrueStretch]) -> JudgedDay:
    """Rides 1, 2, 3... judged by what really happened."""
    runs = {number: exact_runs(number, DAY, stretches) for number, stretches in enumerate(truth, start=1)}
    park_runs, _ = exact_park_runs(DAY, (MIDNIGHT, TOMORROW), runs, {}, [])
    lives = {ride_id: RideLife(ride_id, MIDNIGHT) for ride_id in runs}
    memory = ParkHistory(PARK_ID, NEW_YORK, DAY, lives, runs, park_runs)
    return judged_day(memory, TOMORROW + timedelta(hours=12))

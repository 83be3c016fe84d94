"""A recording of an honest feed folded in memory: what a park would remember of it, in seconds instead of
minutes. Doubts and stamps are left out; what counts is measured through `replayed`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime

from benchmarks.accuracy.hindsight import SaidOpen
from benchmarks.accuracy.judged_days import OVER, JudgedDay, by_habits
from park_downtime.judging.park_history import ParkHistory
from park_downtime.model import State
from park_downtime.periods import DAY, Zone, local_date
from park_downtime.statistics.days import RideLife
from park_downtime.timeline.edges import SessionEdges
from park_downtime.timeline.running import (
    LargestInLookback,
    always_open_spans,
    covers,
    lists_too_few,
    park_activity,
)
from park_downtime.timeline.runs import KnownReading, ParkReading, Run, fold, fold_park


def folded(
    park_id: int, zone: Zone, interval_seconds: int, readings: Mapping[int, Sequence[SaidOpen]]
) -> ParkHistory:
    """`readings` by ride, all of them counted. Nothing went unheard while the recorder ran."""
    said = [
        KnownReading(
            ride_id, at, local_date(at, zone), interval_seconds, State.OPEN if is_open else State.CLOSED, None
        )
        for ride_id, own in readings.items()
        for at, is_open in own
    ]
    runs: dict[int, list[Run]] = {ride_id: [] for ride_id in readings}
    for run in fold(said, ()):
        runs[run.ride_id].append(run)
    lives = {ride_id: RideLife(ride_id, own[0].started_at) for ride_id, own in runs.items() if own}
    park_readings = _park_readings(said, runs, zone, interval_seconds)
    first_day = min(reading.local_date for reading in said)
    return ParkHistory(park_id, zone, first_day, lives, runs, fold_park(park_readings, ()))


def folded_days(memory: ParkHistory) -> Iterator[JudgedDay]:
    """Each local day as its night would judge it, by the habits of those before."""
    last = memory.park_runs[-1].last_reading_at
    past: list[SessionEdges] = []
    day = memory.first_day
    while day <= local_date(last, memory.zone):
        yield by_habits(replace(memory, first_day=day), last + OVER, past)
        day += DAY


def _park_readings(
    said: Sequence[KnownReading], runs: Mapping[int, Sequence[Run]], zone: Zone, interval_seconds: int
) -> list[ParkReading]:
    cycles: dict[datetime, list[KnownReading]] = {}
    for reading in sorted(said, key=lambda each: each.recorded_at):
        cycles.setdefault(reading.recorded_at, []).append(reading)
    always = {ride_id: always_open_spans(own) for ride_id, own in runs.items()}
    largest = LargestInLookback()
    found = []
    for at, cycle in cycles.items():
        never_closing = {each.ride_id for each in cycle if covers(always[each.ride_id], at)}
        activity = park_activity(
            [(each.ride_id, each.state, None) for each in cycle], never_closing, largest.before(at)
        )
        largest.add(at, activity.running_count)
        if not lists_too_few({each.ride_id for each in cycle}, runs, at):
            found.append(ParkReading(at, local_date(at, zone), interval_seconds, activity.is_running))
    return found

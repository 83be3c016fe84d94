"""Simulated days of one park, twice: read every ten minutes, and as they really were."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from functools import lru_cache

from benchmarks.accuracy.exact_runs import exact_park_runs, exact_runs
from benchmarks.accuracy.judged_days import JudgedDay, by_habits, judged_day
from park_downtime.classification.classifier import Classifier
from park_downtime.judging.park_history import ParkHistory
from park_downtime.periods import DAY, Zone, day_range, start_of_day
from park_downtime.simulator.backfill_runs import RunsOfDay, runs_of_day
from park_downtime.simulator.causes import TrueStretch
from park_downtime.simulator.world import World
from park_downtime.simulator.worlds import default_world
from park_downtime.statistics.days import RideLife
from park_downtime.timeline.edges import SessionEdges
from park_downtime.timeline.runs import Run

Truth = dict[int, list[TrueStretch]]


class QuietWorld(World):
    """The same states without queues, which take most of the time and say nothing of downtime."""

    def __init__(self, world: World) -> None:
        super().__init__(world.seed, list(world.parks.values()))
        self._kept = lru_cache(maxsize=8)(super().park_truth)

    def wait_at(self, park_id: int, ride_id: int, at: datetime) -> int:
        return 0

    def park_truth(self, park_id: int, start: datetime, end: datetime) -> Truth:
        return self._kept(park_id, start, end)


def quiet_world(seed: int = 1) -> QuietWorld:
    return QuietWorld(default_world(seed))


@dataclass(frozen=True, slots=True)
class ComparedDay:
    """One local day of a park: `seen` by readings, `real` by the same rules on what really happened.

    `truth` by ride, of the days around it too.
    """

    seen: JudgedDay
    real: JudgedDay
    truth: Truth


@dataclass(frozen=True, slots=True)
class _Day:
    seen: RunsOfDay
    real: RunsOfDay
    truth: Truth


def counted_lives(world: World, park_id: int, classifier: Classifier, since: datetime) -> dict[int, RideLife]:
    return {
        ride.ride_id: RideLife(ride.ride_id, since)
        for ride in world.park(park_id).rides
        if classifier.classify(park_id, ride.ride_id, ride.name, ride.land).category.is_counted
    }


def compared_days(world: World, park_id: int, first: date, days: int) -> Iterator[ComparedDay]:
    """`days` local days from `first`, each judged by the habits of those before it; the day before is looked
    at too, for what reaches over midnight.
    """
    zone = Zone(world.park(park_id).local_timezone)
    lives = counted_lives(world, park_id, Classifier.load(), start_of_day(first - DAY, zone))
    kept: dict[date, _Day] = {}
    past: list[SessionEdges] = []
    for offset in range(-1, days + 1):
        day = first + offset * DAY
        kept[day] = _simulate(world, park_id, day, zone, lives, kept.get(day - DAY))
        if offset >= 1:
            yield _compare(park_id, day - DAY, zone, lives, kept, past)
            kept.pop(day - 2 * DAY)


def _simulate(
    world: World, park_id: int, day: date, zone: Zone, lives: dict[int, RideLife], before: _Day | None
) -> _Day:
    start, end = day_range(day, zone)
    seen = runs_of_day(
        world,
        park_id,
        day,
        zone,
        end,
        lives.keys(),
        before.seen if before else None,
        before.seen.counts if before else [],
    )
    truth = world.park_truth(park_id, start, end)
    runs = {ride_id: exact_runs(ride_id, day, truth[ride_id]) for ride_id in lives}
    park_runs, counts = exact_park_runs(
        day,
        (start, end),
        runs,
        _by_ride(before.real.runs) if before else {},
        before.real.counts if before else [],
    )
    return _Day(seen, RunsOfDay([run for own in runs.values() for run in own], park_runs, counts), truth)


def _compare(
    park_id: int,
    day: date,
    zone: Zone,
    lives: dict[int, RideLife],
    kept: dict[date, _Day],
    past: list[SessionEdges],
) -> ComparedDay:
    now = start_of_day(day + 2 * DAY, zone)
    around = [kept[near] for near in (day - DAY, day, day + DAY)]
    seen = _memory(park_id, day, zone, lives, [each.seen for each in around])
    real = _memory(park_id, day, zone, lives, [each.real for each in around])
    truth = {ride_id: [s for each in around for s in each.truth[ride_id]] for ride_id in lives}
    return ComparedDay(by_habits(seen, now, past), judged_day(real, now), truth)


def _memory(
    park_id: int, day: date, zone: Zone, lives: dict[int, RideLife], around: list[RunsOfDay]
) -> ParkHistory:
    runs = _by_ride([run for each in around for run in each.runs])
    return ParkHistory(park_id, zone, day, lives, runs, [run for each in around for run in each.park_runs])


def _by_ride(runs: list[Run]) -> dict[int, list[Run]]:
    found: dict[int, list[Run]] = {}
    for run in runs:
        found.setdefault(run.ride_id, []).append(run)
    return found

"""One simulated local day of a park as runs: what cycles every ten minutes would have folded."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from park_downtime.model import State
from park_downtime.periods import DAY, Zone, day_range
from park_downtime.simulator.world import World
from park_downtime.timeline.running import (
    LOOKBACK,
    LargestInLookback,
    always_open_spans,
    covers,
    is_running,
    park_activity,
)
from park_downtime.timeline.runs import ParkReading, ParkRun, Run, Said, fold_park

STEP = 600
WAITS_EVERY = 6
"""A wait is taken from one reading in six: history needs averages, not every sample."""


Count = tuple[datetime, int, int]
"""A reading of a park: when, its running count, and how many counted rides were known."""


@dataclass(frozen=True, slots=True)
class RunsOfDay:
    """`counts` are the running counts of the day's readings, the next day's look-back."""

    runs: list[Run]
    park_runs: list[ParkRun]
    counts: list[tuple[datetime, int]]


class MadeUpDays:
    """One park's local days, from `first_day` up to `until`; each is made once, in whatever order."""

    def __init__(
        self,
        world: World,
        park_id: int,
        zone: Zone,
        counted: Collection[int],
        first_day: date,
        until: datetime,
    ) -> None:
        self._world = world
        self._park_id = park_id
        self._zone = zone
        self._counted = counted
        self._first_day = first_day
        self._until = until
        self._runs: dict[date, list[Run]] = {}
        self._counts: dict[date, list[Count]] = {}
        self._park_runs: dict[date, list[ParkRun]] = {}

    def runs(self, day: date) -> list[Run]:
        if day < self._first_day:
            return []
        if day not in self._runs:
            self._runs[day] = runs_of(self._world, self._park_id, day, self._zone, self._until)
        return self._runs[day]

    def park_runs(self, day: date) -> list[ParkRun]:
        if day not in self._park_runs:
            before = running_counts(self._counts_of(day - DAY))
            self._park_runs[day] = park_runs_of(day, self._counts_of(day), before)
        return self._park_runs[day]

    def forget_after(self, day: date) -> None:
        """What no earlier day needs any more."""
        for by_day in (self._runs, self._counts, self._park_runs):
            for later in [one for one in by_day if one > day]:
                del by_day[later]

    def forget_before(self, day: date) -> None:
        """What no later day needs any more."""
        for by_day in (self._runs, self._counts, self._park_runs):
            for earlier in [one for one in by_day if one < day]:
                del by_day[earlier]

    def _counts_of(self, day: date) -> list[Count]:
        if day < self._first_day:
            return []
        if day not in self._counts:
            self._counts[day] = counts_of(
                self.runs(day), self.runs(day - DAY), day, self._zone, self._until, self._counted
            )
        return self._counts[day]


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
    """The runs of every entry and of the park, read at each full ten minutes of `[day, until]`."""
    runs = runs_of(world, park_id, day, zone, until)
    counts = counts_of(runs, before.runs if before else [], day, zone, until, counted)
    return RunsOfDay(runs, park_runs_of(day, counts, counts_before), running_counts(counts))


def runs_of(world: World, park_id: int, day: date, zone: Zone, until: datetime) -> list[Run]:
    first, last = _steps(day, zone, until)
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
    return runs


def counts_of(
    runs: Sequence[Run],
    runs_before: Sequence[Run],
    day: date,
    zone: Zone,
    until: datetime,
    counted: Collection[int],
) -> list[Count]:
    """What the counted rides add up to at each reading of the day."""
    first, last = _steps(day, zone, until)
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
    counts: list[Count] = []
    for step, said_then in by_step.items():
        at = _at(step)
        open_always = {ride_id for ride_id, spans in never_closing.items() if covers(spans, at)}
        activity = park_activity(said_then, open_always, 0)
        counts.append((at, activity.running_count, activity.rides_open + activity.rides_closed))
    return counts


def running_counts(counts: Sequence[Count]) -> list[tuple[datetime, int]]:
    return [(at, count) for at, count, _ in counts]


def park_runs_of(
    day: date, counts: Sequence[Count], counts_before: Sequence[tuple[datetime, int]]
) -> list[ParkRun]:
    """When the park ran, by the same rule as in the cycles."""
    if not counts:
        return []
    since = counts[0][0] - LOOKBACK
    largest = LargestInLookback([(at, count) for at, count in counts_before if at >= since])
    readings: list[ParkReading] = []
    for at, count, known in counts:
        running = is_running(count, max(largest.before(at), count), known)
        largest.add(at, count)
        readings.append(ParkReading(at, day, STEP, running))
    return fold_park(readings, ())


def _steps(day: date, zone: Zone, until: datetime) -> tuple[int, int]:
    """The first and the last reading of the day, in steps since 1970."""
    start, end = day_range(day, zone)
    last = min(int(end.timestamp()) - 1, int(until.timestamp())) // STEP
    return -(-int(start.timestamp()) // STEP), last


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

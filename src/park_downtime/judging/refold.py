"""A day's runs folded anew from the raw readings: what the night trusts, and what late readings need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from itertools import groupby
from operator import attrgetter

from sqlalchemy import Connection

from park_downtime.database.parks import ParkRow
from park_downtime.database.readings import (
    RawReading,
    add_activity,
    missed_cycles,
    raw_readings,
    reached_cycles,
    running_counts,
)
from park_downtime.database.rides import rides_of
from park_downtime.database.runs import park_runs_since, replace_day, replace_park_day, runs_since
from park_downtime.model import State
from park_downtime.periods import day_range, local_date
from park_downtime.timeline.running import (
    LOOKBACK,
    LargestInLookback,
    ParkActivity,
    always_open_spans,
    covers,
    park_activity,
)
from park_downtime.timeline.runs import KnownReading, ParkReading, ParkRun, Run, fold, fold_park


@dataclass(frozen=True, slots=True)
class Refolded:
    """A park's day out of its raw readings. `is_news`: the stored runs say something else."""

    runs: list[Run]
    park_runs: list[ParkRun]
    activities: list[tuple[int, datetime, ParkActivity]]
    is_news: bool


def refold(connection: Connection, park: ParkRow, day: date) -> Refolded | None:
    """Fold the snapshots of a local day; nothing is written. The look-back comes from the days before.

    None: raw readings of which the stored runs were made are gone, so these are the best there is.
    """
    zone = park.zone
    start, end = day_range(day, zone)
    before, stored = _stored_runs(connection, park, day)
    cycles = reached_cycles(connection, park.park_id, start, end)
    counted, belonging = _belonging(connection, park.park_id, day, stored)
    raw = [
        reading
        for reading in raw_readings(connection, park.park_id, start, end)
        if reading.cycle_id in cycles and reading.ride_id in belonging
    ]
    missed = missed_cycles(connection, park.park_id, start - LOOKBACK, end)
    runs = fold(
        (
            KnownReading(
                r.ride_id, cycles[r.cycle_id][0], day, cycles[r.cycle_id][1], r.state, r.wait_minutes
            )
            for r in raw
            if r.state is not State.UNKNOWN
        ),
        missed,
    )
    never_closing = _never_closing(before, runs, counted)
    largest = LargestInLookback(running_counts(connection, park.park_id, start - LOOKBACK, start))
    activities = _activities(raw, cycles, counted, never_closing, largest)
    park_runs = fold_park(
        (
            ParkReading(at, day, cycles[cycle_id][1], what.is_running)
            for cycle_id, at, what in activities
            if not what.says_nothing
        ),
        missed,
    )
    of_park = park_runs_since(connection, park.park_id, day, day)
    if _begins_later(runs, stored) or (of_park and (not park_runs or _begin(park_runs) > _begin(of_park))):
        return None
    of_rides = sorted((run for own in stored.values() for run in own), key=_by_ride_and_time)
    is_news = of_rides != sorted(runs, key=_by_ride_and_time) or of_park != park_runs
    return Refolded(runs, park_runs, activities, is_news)


def _stored_runs(
    connection: Connection, park: ParkRow, day: date
) -> tuple[dict[int, list[Run]], dict[int, list[Run]]]:
    """Of the look-back before the day, and of the day itself."""
    zone = park.zone
    first = local_date(day_range(day, zone)[0] - LOOKBACK, zone)
    before: dict[int, list[Run]] = {}
    stored: dict[int, list[Run]] = {}
    for ride_id, runs in runs_since(connection, park.park_id, first, day).items():
        for run in runs:
            (stored if run.local_date == day else before).setdefault(ride_id, []).append(run)
    return before, stored


def store_refolded(connection: Connection, park: ParkRow, day: date, folded: Refolded) -> bool:
    """Let the refolded runs win; answers whether they differed from the stored ones."""
    if not folded.is_news:
        return False
    replace_day(connection, park.park_id, day, folded.runs)
    replace_park_day(connection, park.park_id, day, folded.park_runs)
    for cycle_id, at, activity in folded.activities:
        add_activity(connection, park.park_id, at, cycle_id, activity)
    return True


def _begins_later(runs: Sequence[Run], stored: Mapping[int, Sequence[Run]]) -> bool:
    """Snapshots go oldest first and not by whole days: whatever is missing, the beginning is."""
    begins: dict[int, datetime] = {}
    for run in runs:
        begins.setdefault(run.ride_id, run.started_at)
    return any(
        ride_id not in begins or begins[ride_id] > own[0].started_at for ride_id, own in stored.items()
    )


def _begin(runs: Sequence[ParkRun]) -> datetime:
    return runs[0].started_at


def _by_ride_and_time(run: Run) -> tuple[int, datetime]:
    return run.ride_id, run.started_at


def _belonging(
    connection: Connection, park_id: int, day: date, stored: Mapping[int, Sequence[Run]]
) -> tuple[set[int], set[int]]:
    """The counted rides, and all rides, whose readings of that day are this park's."""
    counted: set[int] = set()
    belonging: set[int] = set()
    for ride_id, ride in rides_of(connection, park_id, also=stored).items():
        came_later = ride.park_id == park_id and ride.moves_on is not None and ride.next_park_id is None
        if (came_later and ride.moves_on is not None and day < ride.moves_on) or (
            ride.park_id != park_id and ride_id not in stored
        ):
            continue
        belonging.add(ride_id)
        if ride.category is not None and ride.category.is_counted:
            counted.add(ride_id)
    return counted, belonging


def _never_closing(
    before: dict[int, list[Run]], runs: Sequence[Run], counted: set[int]
) -> dict[int, list[tuple[datetime, datetime]]]:
    found = {}
    for ride_id, own in groupby(runs, key=attrgetter("ride_id")):
        if ride_id in counted:
            spans = always_open_spans([*before.get(ride_id, ()), *own])
            if spans:
                found[ride_id] = spans
    return found


def _activities(
    raw: Sequence[RawReading],
    cycles: dict[int, tuple[datetime, int]],
    counted: set[int],
    never_closing: dict[int, list[tuple[datetime, datetime]]],
    largest: LargestInLookback,
) -> list[tuple[int, datetime, ParkActivity]]:
    by_cycle = {
        cycle_id: [(r.ride_id, r.state, r.wait_minutes) for r in readings if r.ride_id in counted]
        for cycle_id, readings in groupby(raw, key=attrgetter("cycle_id"))
    }
    found = []
    # A payload may have been accepted without a single entry: the park was heard all the same.
    for cycle_id, (at, _) in sorted(cycles.items(), key=lambda item: item[1][0]):
        open_always = {ride_id for ride_id, spans in never_closing.items() if covers(spans, at)}
        activity = park_activity(by_cycle.get(cycle_id, ()), open_always, largest.before(at))
        largest.add(at, activity.running_count)
        found.append((cycle_id, at, activity))
    return found

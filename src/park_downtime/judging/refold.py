"""A day's runs folded anew from the raw readings: what the night trusts, and what late readings need."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from park_downtime.database.parks import ParkRow
from park_downtime.database.readings import (
    add_activity,
    missed_cycles,
    raw_readings,
    reached_cycles,
    running_counts,
)
from park_downtime.database.runs import replace_day, replace_park_day
from park_downtime.judging.park_history import ParkHistory
from park_downtime.model import State
from park_downtime.periods import DAY, day_range, local_date
from park_downtime.timeline.doubts import breaks
from park_downtime.timeline.last_said import REMEMBERS, LastSaid, changed, say
from park_downtime.timeline.running import (
    LOOKBACK,
    LargestInLookback,
    ParkActivity,
    always_open_spans,
    covers,
    lists_too_few,
    never_closes,
    park_activity,
)
from park_downtime.timeline.runs import ParkReading, ParkRun, ReadAt, Run, Said, fold_park
from park_downtime.timeline.spans import Span
from park_downtime.timeline.voided import breaks_at, fold_between


@dataclass(frozen=True, slots=True)
class Refolded:
    """A park's day out of its raw readings. `is_news`: the stored runs say something else."""

    runs: list[Run]
    park_runs: list[ParkRun]
    activities: list[tuple[int, datetime, ParkActivity]]
    is_news: bool


def refold(connection: Connection, park: ParkRow, day: date, history: ParkHistory) -> Refolded | None:
    """Fold the snapshots of a local day; nothing is written. The look-back comes from the days before.

    `history`: from the day on. None: raw readings of which the stored runs were made are gone, so these are
    the best there is.
    """
    zone = park.zone
    start, end = day_range(day, zone)
    before = _of_days(history.runs, local_date(start - LOOKBACK, zone), day - DAY)
    stored = _of_days(history.runs, day, day)
    cycles = reached_cycles(connection, park.park_id, start, end)
    counted, belonging = _belonging(history, day, stored)
    raw = {
        cycle_id: [one for one in said if one[0] in belonging]
        for cycle_id, said in raw_readings(connection, park.park_id, start, end)
        if cycle_id in cycles
    }
    missed = [
        *missed_cycles(connection, park.park_id, start - LOOKBACK, end),
        *breaks(history.doubts),
    ]
    runs = fold_between(
        [(ReadAt(cycles[cycle_id][0], day, cycles[cycle_id][1]), said) for cycle_id, said in raw.items()],
        missed,
        history.voided,
    )
    of_day = _Day(
        cycles=cycles,
        said={cycle_id: [one for one in said if one[0] in counted] for cycle_id, said in raw.items()},
        runs=_by_ride(before, runs, counted),
        running_counts=running_counts(connection, park.park_id, start - LOOKBACK, start),
    )
    never_closing = _never_closing(of_day.runs)
    # What each ride said last is followed only where it is asked for: a day of all parks is long.
    last = _last_said(connection, park, start, counted) if never_closing else None
    activities = _activities(of_day, never_closing, last)
    park_runs = fold_park(
        (
            ParkReading(at, day, cycles[cycle_id][1], what.is_running)
            for cycle_id, at, what in activities
            if not what.says_nothing and not what.is_partial
        ),
        [*missed, *breaks_at(history.voided)],
    )
    of_park = [run for run in history.park_runs if run.local_date == day]
    if _begins_later(runs, stored) or (of_park and (not park_runs or _begin(park_runs) > _begin(of_park))):
        return None
    of_rides = sorted((run for own in stored.values() for run in own), key=_by_ride_and_time)
    is_news = of_rides != sorted(runs, key=_by_ride_and_time) or of_park != park_runs
    if is_news and last is None:
        activities = _activities(of_day, never_closing, _last_said(connection, park, start, counted))
    return Refolded(runs, park_runs, activities, is_news)


@dataclass(frozen=True, slots=True)
class _Day:
    """What a day's activities are made of: cycles with instant and interval, what the counted rides said in
    each, the rides' runs of the day and its look-back, and the running counts of the look-back.
    """

    cycles: dict[int, tuple[datetime, int]]
    said: dict[int, list[Said]]
    runs: dict[int, list[Run]]
    running_counts: list[tuple[datetime, int]]


def _by_ride(before: dict[int, list[Run]], runs: Sequence[Run], counted: set[int]) -> dict[int, list[Run]]:
    own = {ride_id: list(earlier) for ride_id, earlier in before.items() if ride_id in counted}
    for run in runs:
        if run.ride_id in counted:
            own.setdefault(run.ride_id, []).append(run)
    return own


def _last_said(
    connection: Connection, park: ParkRow, start: datetime, counted: set[int]
) -> dict[int, LastSaid]:
    """What each counted ride had said last when the day began."""
    since = start - REMEMBERS
    cycles = reached_cycles(connection, park.park_id, since, start)
    last: dict[int, LastSaid] = {}
    for cycle_id, said in raw_readings(connection, park.park_id, since, start):
        if cycle_id not in cycles:
            continue
        at = cycles[cycle_id][0]
        for ride_id, state, wait in said:
            if ride_id in counted and state is not State.UNKNOWN:
                last[ride_id] = say(last.get(ride_id), state, wait, at)
    return last


def _of_days(kept: Mapping[int, Sequence[Run]], first: date, last: date) -> dict[int, list[Run]]:
    found = (
        (ride_id, [run for run in own if first <= run.local_date <= last]) for ride_id, own in kept.items()
    )
    return {ride_id: own for ride_id, own in found if own}


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
    history: ParkHistory, day: date, stored: Mapping[int, Sequence[Run]]
) -> tuple[set[int], set[int]]:
    """The counted rides, and all rides, whose readings of that day are this park's."""
    counted: set[int] = set()
    belonging: set[int] = set()
    park_id = history.park_id
    for ride_id, ride in history.rides.items():
        came_later = ride.park_id == park_id and ride.moves_on is not None and ride.next_park_id is None
        if (came_later and ride.moves_on is not None and day < ride.moves_on) or (
            ride.park_id != park_id and ride_id not in stored
        ):
            continue
        belonging.add(ride_id)
        if ride.category is not None and ride.category.is_counted:
            counted.add(ride_id)
    return counted, belonging


def _never_closing(runs: Mapping[int, Sequence[Run]]) -> dict[int, list[Span]]:
    return {ride_id: spans for ride_id, own in runs.items() if (spans := always_open_spans(own))}


def _activities(
    day: _Day, never_closing: Mapping[int, Sequence[Span]], last: dict[int, LastSaid] | None
) -> list[tuple[int, datetime, ParkActivity]]:
    """`last` is carried on from cycle to cycle; None: whether the feed moves is not asked for."""
    activities = []
    largest = LargestInLookback(day.running_counts)
    for cycle_id, (at, _) in sorted(day.cycles.items(), key=lambda item: item[1][0]):
        said = day.said.get(cycle_id, [])
        always = {ride_id for ride_id, spans in never_closing.items() if covers(spans, at)}
        named = {ride_id for ride_id, _, _ in said}
        has_changed = False
        if last is not None:
            for ride_id, state, wait in said:
                if state is not State.UNKNOWN:
                    last[ride_id] = say(last.get(ride_id), state, wait, at)
            has_changed = changed(last, (ride_id for ride_id, state, _ in said), at)
            if always and never_closes(said, always, last, at):
                always = set()
        activity = park_activity(
            said,
            always,
            largest.before(at),
            alive=[]
            if last is None
            else [ride_id for ride_id in named & last.keys() if last[ride_id].is_alive(at)],
            has_changed=has_changed,
            is_partial=lists_too_few(named, day.runs, at),
        )
        largest.add(at, activity.running_count)
        activities.append((cycle_id, at, activity))
    return activities

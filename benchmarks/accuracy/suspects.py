"""What must never be counted, looked for in raw readings that the judgement does not look at again."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from itertools import pairwise

from sqlalchemy import Connection, select

from benchmarks.accuracy.judged_days import JudgedDay
from benchmarks.accuracy.tables import Report
from park_downtime.classification.name_rules import is_single_rider_line
from park_downtime.database.parks import ParkRow
from park_downtime.database.tables import (
    collection_cycles,
    park_activity_snapshots,
    ride_status_snapshots,
    rides,
)
from park_downtime.model import ParkOutcome, State, StretchKind
from park_downtime.periods import DAY, start_of_day
from park_downtime.timeline.runs import hold_limit
from park_downtime.timeline.spans import Span, common, seconds

STALE_AFTER = timedelta(minutes=30)
NIGHT_HOURS = (3, 6)
"""By the clock on the wall: no park of the recordings is open then."""
LONGEST_SESSION = timedelta(hours=20)
COUNTED_TIME = (StretchKind.OPEN, StretchKind.OUTAGE)


@dataclass(slots=True)
class Suspects:
    """`gaps`: time in which nothing was heard of the park. `frozen`: instants at which a ride's entry
    had said "open" without being renewed for longer than any reading holds.
    """

    gaps: list[Span] = field(default_factory=list)
    frozen: dict[int, list[datetime]] = field(default_factory=dict)
    single_riders: set[int] = field(default_factory=set)
    in_gaps: int = 0
    at_night: int = 0
    of_single_riders: int = 0
    of_frozen: int = 0
    longest_session: timedelta = timedelta()
    frozen_readings: int = 0

    def look_at(self, day: JudgedDay) -> None:
        """Add what the sessions that begin on the day count wrongly."""
        midnight = start_of_day(day.day, day.memory.zone)
        nights = [
            (midnight + timedelta(hours=NIGHT_HOURS[0]), midnight + timedelta(hours=NIGHT_HOURS[1])),
            (
                start_of_day(day.day + DAY, day.memory.zone) + timedelta(hours=NIGHT_HOURS[0]),
                start_of_day(day.day + DAY, day.memory.zone) + timedelta(hours=NIGHT_HOURS[1]),
            ),
        ]
        for judged in day.own:
            session = judged.session
            self.longest_session = max(self.longest_session, session.ends_at - session.started_at)
            for ride_id, ride in judged.rides.items():
                for closure in ride.closures:
                    spans = list(closure.spans)
                    self.in_gaps += seconds(common(spans, self.gaps))
                    self.at_night += seconds(common(spans, nights))
                    self.of_single_riders += ride_id in self.single_riders
                instants = self.frozen.get(ride_id, [])
                for stretch in ride.stretches:
                    if stretch.kind in COUNTED_TIME:
                        self.of_frozen += bisect_left(instants, stretch.end) - bisect_right(
                            instants, stretch.start
                        )


def report_suspects(report: Report, by_park: Mapping[str, Suspects]) -> None:
    """One line for each thing that must never be counted, naming the parks in which it was."""
    everywhere = by_park.values()
    singles = sum(len(each.single_riders) for each in everywhere)
    frozen = sum(each.frozen_readings for each in everywhere)
    longest = max((each.longest_session for each in everywhere), default=timedelta())
    rules: list[tuple[str, Callable[[Suspects], bool], str]] = [
        ("no downtime while nothing was heard of the park", lambda s: not s.in_gaps, ""),
        ("no downtime from 3 to 6 at night", lambda s: not s.at_night, ""),
        ("no outage of a single-rider line", lambda s: not s.of_single_riders, f"{singles} such entries"),
        ("nothing counted of a frozen entry", lambda s: not s.of_frozen, f"{frozen:,} such readings"),
        (
            "no session glues two days together",
            lambda s: s.longest_session <= LONGEST_SESSION,
            f"the longest has {longest.total_seconds() / 3600:.1f} h",
        ),
    ]
    for what, holds, seen in rules:
        failing = [name for name, each in by_park.items() if not holds(each)]
        report.check(what, not failing, "; ".join(failing) or seen)
    report.lines.append("")


def suspects_of(connection: Connection, park: ParkRow) -> Suspects:
    """Read from the raw rows of a park that was replayed without pruning."""
    found = Suspects()
    heard = reached_cycles(connection, park.park_id)
    limit = hold_limit(max((interval for _, interval in heard), default=0))
    found.gaps = [
        (before + timedelta(seconds=interval), after)
        for (before, interval), (after, _) in pairwise(heard)
        if after - before > limit
    ]
    names = connection.execute(select(rides.c.ride_id, rides.c.name).where(rides.c.park_id == park.park_id))
    found.single_riders = {row.ride_id for row in names if is_single_rider_line(row.name)}
    raw = ride_status_snapshots.c
    stale = select(raw.ride_id, raw.recorded_at, raw.last_updated).where(
        raw.park_id == park.park_id, raw.is_stale, raw.state == State.UNKNOWN
    )
    for row in connection.execute(stale.order_by(raw.recorded_at)):
        if row.recorded_at - row.last_updated > STALE_AFTER + limit:
            found.frozen.setdefault(row.ride_id, []).append(row.recorded_at)
            found.frozen_readings += 1
    return found


def reached_cycles(connection: Connection, park_id: int) -> list[tuple[datetime, int]]:
    """Every cycle that heard of the park, with its interval in seconds."""
    activity = park_activity_snapshots.c
    query = (
        select(activity.recorded_at, collection_cycles.c.interval_seconds)
        .join(collection_cycles, collection_cycles.c.cycle_id == activity.cycle_id)
        .where(activity.park_id == park_id, activity.outcome == ParkOutcome.OK)
    )
    return [
        (row.recorded_at, row.interval_seconds)
        for row in connection.execute(query.order_by(activity.recorded_at))
    ]

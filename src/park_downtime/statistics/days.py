"""Judged sessions cut into local days: the rows of a ride's and a park's day (DESIGN, Day)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import assert_never

from park_downtime.model import State, StretchKind
from park_downtime.periods import Zone, day_range, local_date
from park_downtime.statistics.measures import Measures, ParkMeasures, total
from park_downtime.timeline.closures import Closure, RideSession
from park_downtime.timeline.judge import JudgedSession, is_park_wide
from park_downtime.timeline.runs import Run
from park_downtime.timeline.spans import Span, common, seconds, within

METHOD_VERSION = 2
"""Rises when the rules of judgement change; every closed day says by which it was judged."""
LOST_SINCE_METHOD = 2
"""The first that knows late starts and rides that did not reopen."""


def _seconds_of(kind: StretchKind) -> str | None:
    """The part that a stretch's seconds are added to; None where there is none for a ride."""
    match kind:
        case StretchKind.OPEN:
            return "open_seconds"
        case StretchKind.OUTAGE:
            return "downtime_seconds"
        case StretchKind.ONGOING:
            return "ongoing_seconds"
        case StretchKind.LATE_START:
            return "late_start_seconds"
        case StretchKind.DID_NOT_REOPEN:
            return "did_not_reopen_seconds"
        case StretchKind.LATE_OPENING:
            return "late_opening_seconds"
        case StretchKind.EARLY_CLOSE:
            return "early_close_seconds"
        case StretchKind.DID_NOT_OPERATE:
            return "did_not_operate_seconds"
        case StretchKind.PARK_STOP | StretchKind.UNKNOWN:
            return None
        case _:
            assert_never(kind)


SECONDS_OF = {kind: name for kind in StretchKind if (name := _seconds_of(kind)) is not None}
"""Asked once per kind: a night looks at millions of stretches."""


@dataclass(frozen=True, slots=True)
class RideLife:
    """From a counted ride's first reading ever until it turned inactive: outside, nothing is expected."""

    ride_id: int
    first_seen: datetime
    inactive_since: datetime | None = None


@dataclass(slots=True)
class RideDay:
    """`first_open`, `last_open` are of the sessions that began on the day; the last may be after midnight."""

    ride_id: int
    parts: Measures = field(default_factory=Measures)
    first_open: datetime | None = None
    last_open: datetime | None = None


LOST = (StretchKind.OUTAGE, StretchKind.LATE_START, StretchKind.DID_NOT_REOPEN)
"""The closures that are kept, each with its beginning and its end."""


@dataclass(frozen=True, slots=True)
class DayClosure:
    """A closure of one of the LOST kinds, or one that is not judged yet; it belongs to the local day on which
    it starts.

    `due_at`: when the ride was to open, or to close, by its own habit; None of an outage.
    """

    ride_id: int
    kind: StretchKind
    stat_date: date
    started_at: datetime
    ended_at: datetime
    due_at: datetime | None
    seconds: int
    park_wide_seconds: int
    is_incident: bool


@dataclass(slots=True)
class ParkDay:
    """One local day of a park. Without session and gap it has no rides: the park was closed.

    `ongoing`: the closures of its open session that may yet become outages.
    """

    day: date
    park: ParkMeasures
    rides: dict[int, RideDay]
    closures: list[DayClosure]
    ongoing: list[DayClosure] = field(default_factory=list)
    first_running: datetime | None = None
    last_running: datetime | None = None

    @property
    def parts(self) -> Measures:
        """The sum of its rides, which is all that a park's figures are."""
        return total(ride.parts for ride in self.rides.values())

    @property
    def outages(self) -> list[DayClosure]:
        return [closure for closure in self.closures if closure.kind is StretchKind.OUTAGE]

    @property
    def rides_with_downtime(self) -> int:
        return sum(ride.parts.downtime_seconds > 0 for ride in self.rides.values())


def park_day(
    day: date,
    zone: Zone,
    judged: Sequence[JudgedSession],
    lives: Iterable[RideLife],
    runs_by_ride: Mapping[int, Sequence[Run]],
    has_data: bool = True,
) -> ParkDay:
    """The day's rows from the sessions that touch it. `has_data`: the park was heard of on that day."""
    start, end = day_range(day, zone)
    expected = [cut for each in judged for cut in within([each.session.span, *each.session.gaps], start, end)]
    result = ParkDay(day, _park_parts(judged, expected, start, end, has_data), {}, [])
    if not expected:
        return result
    touching = [each for each in judged if within([each.session.span], start, end)]
    for life in lives:
        alive = within(expected, life.first_seen, life.inactive_since or end)
        if alive:
            result.rides[life.ride_id] = _ride_day(life.ride_id, alive, touching, day, zone, (start, end))
    _add_waits(result, touching, runs_by_ride)
    for each in touching:
        running = within(each.session.running, start, end)
        if running:
            result.first_running = min(result.first_running or running[0][0], running[0][0])
            result.last_running = max(result.last_running or running[-1][1], running[-1][1])
    result.closures = [
        closure for each in touching for closure in closures_of(each, zone) if closure.stat_date == day
    ]
    result.ongoing = [
        closure for each in touching for closure in ongoing_of(each, zone) if closure.stat_date == day
    ]
    for outage in result.outages:
        row = result.rides.get(outage.ride_id)
        if row is not None and outage.is_incident:
            row.parts.outage_count += 1
            row.parts.park_wide_outage_count += is_park_wide(outage.seconds, outage.park_wide_seconds)
            row.parts.longest_outage_seconds = max(row.parts.longest_outage_seconds, outage.seconds)
    return result


def closures_of(judged: JudgedSession, zone: Zone) -> list[DayClosure]:
    """The closures of one session that took time while the park ran, by ride and time."""
    return [
        _day_closure(judged, closure, zone)
        for ride in judged.rides.values()
        for closure in ride.closures
        if closure.kind in LOST and closure.spans
    ]


def ongoing_of(judged: JudgedSession, zone: Zone) -> list[DayClosure]:
    """Those that are not judged yet, also where no time has passed in them."""
    if not judged.session.is_open:
        return []
    return [
        _day_closure(judged, closure, zone)
        for ride in judged.rides.values()
        for closure in ride.closures
        if closure.kind is StretchKind.ONGOING
    ]


def _day_closure(judged: JudgedSession, closure: Closure, zone: Zone) -> DayClosure:
    return DayClosure(
        ride_id=closure.ride_id,
        kind=closure.kind,
        stat_date=local_date(closure.started_at, zone),
        started_at=closure.started_at,
        ended_at=closure.ended_at,
        due_at=closure.due,
        seconds=closure.seconds,
        park_wide_seconds=judged.park_wide_seconds(closure) if closure.kind is StretchKind.OUTAGE else 0,
        is_incident=closure.is_incident,
    )


def _park_parts(
    judged: Sequence[JudgedSession], expected: Sequence[Span], start: datetime, end: datetime, has_data: bool
) -> ParkMeasures:
    running = [cut for each in judged for cut in within(each.session.running, start, end)]
    stops = [cut for each in judged for cut in within(each.session.stops, start, end)]
    return ParkMeasures(
        session_seconds=seconds(within([each.session.span for each in judged], start, end)),
        park_stop_seconds=seconds(stops),
        park_expected_seconds=seconds(expected),
        park_unknown_seconds=seconds(expected) - seconds(running) - seconds(stops),
        days_with_data=int(has_data),
    )


def _ride_day(
    ride_id: int,
    alive: Sequence[Span],
    touching: Sequence[JudgedSession],
    day: date,
    zone: Zone,
    bounds: Span,
) -> RideDay:
    row = RideDay(ride_id)
    parts = row.parts
    stopped = 0
    for each in touching:
        ride = each.rides.get(ride_id)
        if ride is None:
            continue
        stopped += _add_stretches(parts, ride, bounds)
        if each.park_wide:
            parts.park_wide_seconds += sum(
                seconds(common(within(closure.spans, *bounds), each.park_wide))
                for closure in _outage_closures(ride)
            )
        if ride.first_open is not None and ride.last_open is not None:
            if bounds[0] <= each.session.started_at < bounds[1]:
                row.first_open = row.first_open or ride.first_open
                row.last_open = ride.last_open
            parts.status_changes += ride.status_changes if local_date(ride.first_open, zone) == day else 0
    known = stopped + sum(getattr(parts, name) for name in SECONDS_OF.values())
    parts.expected_seconds = seconds(alive)
    parts.unknown_seconds = max(0, parts.expected_seconds - known)
    parts.days_operated = int(parts.open_seconds > 0)
    parts.days_not_operated = int(parts.open_seconds == 0 and parts.did_not_operate_seconds > 0)
    return row


def _add_stretches(parts: Measures, ride: RideSession, bounds: Span) -> int:
    """Add what the stretches have within the day; answers the seconds of park stop."""
    stopped = 0
    start, end = bounds
    for stretch in ride.stretches:
        begin, finish = max(stretch.start, start), min(stretch.end, end)
        if begin >= finish or stretch.kind is StretchKind.UNKNOWN:
            continue
        length = int((finish - begin).total_seconds())
        if stretch.kind is StretchKind.PARK_STOP:
            stopped += length
        else:
            name = SECONDS_OF[stretch.kind]
            setattr(parts, name, getattr(parts, name) + length)
    return stopped


def _outage_closures(ride: RideSession) -> list[Closure]:
    return [closure for closure in ride.closures if closure.kind is StretchKind.OUTAGE]


def _add_waits(
    result: ParkDay, touching: Sequence[JudgedSession], runs_by_ride: Mapping[int, Sequence[Run]]
) -> None:
    """Waits of the day's open runs that reach into a session: at night nobody waits."""
    spans = [each.session.span for each in touching]
    for ride_id, row in result.rides.items():
        for run in runs_by_ride.get(ride_id, ()):
            if run.local_date != result.day or run.state is not State.OPEN or not run.wait_count:
                continue
            if any(run.started_at < end and run.last_reading_at >= start for start, end in spans):
                row.parts.add(
                    Measures(
                        wait_sum=run.wait_sum,
                        wait_count=run.wait_count,
                        wait_min=run.wait_min,
                        wait_max=run.wait_max,
                    )
                )

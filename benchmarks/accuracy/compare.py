"""What the readings made of a day against what really happened: minutes, and outages one by one."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum

from benchmarks.accuracy.judged_days import JudgedDay
from benchmarks.accuracy.recorded_edges import closed_with_the_park
from benchmarks.accuracy.simulated_days import ComparedDay
from park_downtime.model import StretchKind
from park_downtime.periods import day_range
from park_downtime.statistics.days import DayClosure
from park_downtime.timeline.closures import Closure, RideSession
from park_downtime.timeline.spans import Span, within

INTERVAL = 600
LONG_SECONDS = 2 * INTERVAL
"""An outage of two intervals: none of these may be missed or invented."""


class Why(StrEnum):
    """Why an outage stands on one side only."""

    NOT_SEEN_OPEN_BEFORE = "the ride's only opening before it fell between two readings"
    NOT_SEEN_OPEN_AFTER = "the ride's only opening after it fell between two readings"
    CLOSED_WITH_THE_PARK = "it closed with its park and opened again, by one look and not by the other"
    SESSIONS_DIFFER = "a pause of about three hours: one session by one look, two by the other"
    UNEXPLAINED = "unexplained"


@dataclass(frozen=True, slots=True)
class OneSided:
    park_id: int
    day: date
    outage: DayClosure
    why: Why


@dataclass(frozen=True, slots=True)
class RideDayError:
    """Seconds of downtime that were seen more (or less) than there were; `edges` of the outages.

    `is_one_sided`: an outage that touches the day stands on one side only.
    """

    park_id: int
    ride_id: int
    day: date
    seconds: int
    edges: int
    is_one_sided: bool

    @property
    def is_within_bound(self) -> bool:
        return abs(self.seconds) <= INTERVAL * self.edges


@dataclass(slots=True)
class Comparison:
    """Added up over ride-days. Long outages are those of two intervals or more."""

    ride_days: int = 0
    with_downtime: int = 0
    real_seconds: int = 0
    seen_seconds: int = 0
    absolute_error: int = 0
    edges: int = 0
    real_outages: int = 0
    seen_outages: int = 0
    real_long: int = 0
    seen_long: int = 0
    beyond: list[RideDayError] = field(default_factory=list)
    worst_per_edge: float = 0.0
    missed: list[OneSided] = field(default_factory=list)
    invented: list[OneSided] = field(default_factory=list)

    def add(self, other: Comparison) -> None:
        for name in (
            "ride_days",
            "with_downtime",
            "real_seconds",
            "seen_seconds",
            "absolute_error",
            "edges",
            "real_outages",
            "seen_outages",
            "real_long",
            "seen_long",
        ):
            setattr(self, name, getattr(self, name) + getattr(other, name))
        self.worst_per_edge = max(self.worst_per_edge, other.worst_per_edge)
        for mine, others in (
            (self.beyond, other.beyond),
            (self.missed, other.missed),
            (self.invented, other.invented),
        ):
            mine.extend(others)  # type: ignore[arg-type]


def compare_day(park_id: int, compared: ComparedDay) -> Comparison:
    """One local day of a park, ride by ride."""
    seen, real = compared.seen, compared.real
    found = Comparison()
    for mine, other, counted, where in (
        (real, seen, "real", found.missed),
        (seen, real, "seen", found.invented),
    ):
        outages = mine.row.outages
        long = [outage for outage in outages if outage.seconds >= LONG_SECONDS]
        setattr(found, f"{counted}_outages", len(outages))
        setattr(found, f"{counted}_long", len(long))
        where.extend(
            OneSided(park_id, real.day, outage, _why(outage, seen, real))
            for outage in long
            if not _is_met(outage, other)
        )
    for ride_id in real.row.rides.keys() | seen.row.rides.keys():
        _add(found, _error(park_id, ride_id, seen, real), seen, real)
    return found


def _add(found: Comparison, error: RideDayError, seen: JudgedDay, real: JudgedDay) -> None:
    truth, said = downtime(real, error.ride_id), downtime(seen, error.ride_id)
    found.ride_days += 1
    found.with_downtime += bool(truth or said)
    found.real_seconds += truth
    found.seen_seconds += said
    found.absolute_error += abs(error.seconds)
    found.edges += error.edges
    if not error.is_within_bound:
        found.beyond.append(error)
    elif error.edges and not error.is_one_sided:
        found.worst_per_edge = max(found.worst_per_edge, abs(error.seconds) / error.edges)


def _error(park_id: int, ride_id: int, seen: JudgedDay, real: JudgedDay) -> RideDayError:
    edges = max(_edges(seen, ride_id), _edges(real, ride_id))
    difference = downtime(seen, ride_id) - downtime(real, ride_id)
    is_one_sided = any(
        not _is_met(closure, other)
        for one, other in ((seen, real), (real, seen))
        for closure in outages_of(one, ride_id)
    )
    return RideDayError(park_id, ride_id, real.day, difference, edges, is_one_sided)


def downtime(day: JudgedDay, ride_id: int) -> int:
    ride = day.row.rides.get(ride_id)
    return ride.parts.downtime_seconds if ride is not None else 0


def _edges(day: JudgedDay, ride_id: int) -> int:
    """Begins and ends of the time that counts as outage on the day."""
    bounds = day_range(day.day, day.memory.zone)
    return sum(2 * len(within(closure.spans, *bounds)) for closure in outages_of(day, ride_id))


def outages_of(day: JudgedDay, ride_id: int) -> list[Closure]:
    return [
        closure
        for ride in rides_of(day, ride_id)
        for closure in ride.closures
        if closure.kind is StretchKind.OUTAGE and closure.spans
    ]


def rides_of(day: JudgedDay, ride_id: int) -> Iterable[RideSession]:
    return [each.rides[ride_id] for each in day.touching if ride_id in each.rides]


def _is_met(outage: DayClosure | Closure, other: JudgedDay) -> bool:
    """Whether the other look has an outage of the ride that overlaps it."""
    return any(
        closure.started_at < outage.ended_at and outage.started_at < closure.ended_at
        for closure in outages_of(other, outage.ride_id)
    )


def _why(outage: DayClosure, seen: JudgedDay, real: JudgedDay) -> Why:
    opened: list[Span] = [
        (stretch.start, stretch.end)
        for each in real.touching
        if each.session.started_at <= outage.started_at < each.session.ends_at
        for stretch in each.rides[outage.ride_id].stretches
        if stretch.kind is StretchKind.OPEN
    ]
    before = [span for span in opened if span[0] < outage.started_at]
    after = [span for span in opened if span[1] > outage.ended_at]
    if before and not any(map(has_reading, before)):
        return Why.NOT_SEEN_OPEN_BEFORE
    if after and not any(map(has_reading, after)):
        return Why.NOT_SEEN_OPEN_AFTER
    if any(_closed_with_its_park(outage, day) for day in (seen, real)):
        return Why.CLOSED_WITH_THE_PARK
    if _number_of_sessions(outage, seen) != _number_of_sessions(outage, real):
        return Why.SESSIONS_DIFFER
    return Why.UNEXPLAINED


def _closed_with_its_park(outage: DayClosure, day: JudgedDay) -> bool:
    return any(
        start < outage.ended_at and outage.started_at < end
        for ride in rides_of(day, outage.ride_id)
        for start, end in closed_with_the_park(ride)
    )


def has_reading(span: Span) -> bool:
    """Whether one of the cycles, each full ten minutes, falls into it."""
    return -(-int(span[0].timestamp()) // INTERVAL) * INTERVAL < span[1].timestamp()


def _number_of_sessions(outage: DayClosure, day: JudgedDay) -> int:
    return sum(bool(each.rides[outage.ride_id].first_open) for each in day.touching)

"""One ride on one day: what happened to it from 05:00 to 05:00 local, and why."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from .breakdowns import breakdowns
from .catalogue import Habit, Kind, SimulatedPark, SimulatedRide
from .causes import Cause, Segment
from .chance import chance
from .habits import RideHabits, rests_because
from .hours import Opening, ParkDay
from .weather import Storm

_USUAL_OPENING_SHARE = 0.93
_USUAL_CLOSING_SHARE = 0.90
_LATE_BY_BREAKDOWN_SHARE = 0.4
_JITTER_SECONDS = 300


class _Course:
    """Segments laid end to end; laying one that ends in the past does nothing."""

    def __init__(self, start: int) -> None:
        self.cursor = start
        self.segments: list[Segment] = []

    def until(self, end: int, cause: Cause) -> None:
        if end <= self.cursor:
            return
        if self.segments and self.segments[-1][2] is cause:
            self.segments[-1] = (self.segments[-1][0], end, cause)
        else:
            self.segments.append((self.cursor, end, cause))
        self.cursor = end


@dataclass(frozen=True, slots=True)
class _Hours:
    """A ride's day within one opening of the park; `due` is when its habit lets it open."""

    due: int
    opens: int
    closes: int
    is_late_by_breakdown: bool


def ride_day(
    seed: int,
    park: SimulatedPark,
    ride: SimulatedRide,
    habits: RideHabits,
    day: date,
    park_day: ParkDay,
    park_storms: tuple[Storm, ...],
) -> tuple[Segment, ...]:
    """A partition of the park's day. A single-rider line is not asked here: it repeats its parent."""
    if ride.habit is Habit.ALWAYS_OPEN:
        return ((park_day.start, park_day.end, Cause.OPERATING),)
    if not park_day.openings:
        return ((park_day.start, park_day.end, park_day.closed_because),)
    rests = rests_because(seed, park, ride, habits, day)
    if rests is not None:
        return ((park_day.start, park_day.end, rests),)
    luck = chance("ride", seed, park.park_id, ride.ride_id, day)
    course = _Course(park_day.start)
    for opening in park_day.openings:
        if _takes_part(ride, habits, opening):
            _run(course, luck, ride.kind, habits, opening, park_storms)
        else:
            course.until(opening.start, Cause.CLOSED_FOR_THE_NIGHT)
            course.until(opening.end, Cause.NOT_IN_EVENT if opening.is_event else Cause.SEASON)
    course.until(park_day.end, Cause.CLOSED_FOR_THE_NIGHT)
    return tuple(course.segments)


def _takes_part(ride: SimulatedRide, habits: RideHabits, opening: Opening) -> bool:
    if ride.habit is Habit.AUTUMN_NIGHTS:
        return opening.is_event
    return habits.is_in_events if opening.is_event else True


def _run(
    course: _Course,
    luck: Random,
    kind: Kind,
    habits: RideHabits,
    opening: Opening,
    park_storms: tuple[Storm, ...],
) -> None:
    if kind in (Kind.SHOW, Kind.MEET):
        _perform(course, luck, habits, opening)
        return
    hours = _hours(luck, habits, opening)
    course.until(min(opening.start, hours.due), Cause.CLOSED_FOR_THE_NIGHT)
    course.until(hours.due, Cause.NOT_YET_OPEN)
    course.until(
        min(hours.opens, hours.closes), Cause.BREAKDOWN if hours.is_late_by_breakdown else Cause.NOT_YET_OPEN
    )
    stops = [
        (start, end, Cause.BREAKDOWN)
        for start, end in breakdowns(luck, habits.breakdowns_per_hour, hours.opens, hours.closes)
    ]
    if habits.is_outdoors:
        stops += [
            (start + luck.randrange(360), end + luck.randrange(1500), Cause.WEATHER)
            for start, end in park_storms
        ]
    for start, end, cause in sorted(stops):
        course.until(min(start, hours.closes), Cause.OPERATING)
        course.until(min(end, hours.closes), cause)
    course.until(hours.closes, Cause.OPERATING)
    course.until(opening.end, Cause.CLOSED_EARLY)


def _hours(luck: Random, habits: RideHabits, opening: Opening) -> _Hours:
    # At an event everything that takes part opens with it: there is no early entry at night.
    opens_after = 0 if opening.is_event else habits.opens_after
    due = opening.start + opens_after
    opens = due + int(luck.gauss(0, _JITTER_SECONDS))
    is_late_by_breakdown = False
    if luck.random() >= _USUAL_OPENING_SHARE:
        opens = due + int(900 + luck.expovariate(1 / 3000))
        is_late_by_breakdown = luck.random() < _LATE_BY_BREAKDOWN_SHARE
    closes = opening.end + habits.closes_after + int(luck.gauss(0, _JITTER_SECONDS))
    if luck.random() >= _USUAL_CLOSING_SHARE:
        closes -= int(900 + luck.expovariate(1 / 3000))
    return _Hours(min(due, opens), opens, max(closes, opening.start), is_late_by_breakdown)


def _perform(course: _Course, luck: Random, habits: RideHabits, opening: Opening) -> None:
    course.until(opening.start, Cause.CLOSED_FOR_THE_NIGHT)
    starts = opening.start + habits.opens_after + luck.randrange(1800)
    while starts + habits.show_length <= opening.end:
        course.until(starts, Cause.BETWEEN_SHOWS)
        course.until(starts + habits.show_length, Cause.OPERATING)
        starts += habits.show_every
    course.until(opening.end, Cause.BETWEEN_SHOWS)

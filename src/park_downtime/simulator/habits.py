"""The habits of one ride: when it opens and closes, where it stands, when it rests."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from random import Random

from .breakdowns import PER_HOUR
from .catalogue import Calendar, Habit, Kind, SimulatedPark, SimulatedRide
from .causes import Cause
from .chance import chance

_OUTDOORS = {
    Kind.RIDE: 0.75,
    Kind.WATER_SLIDE: 1.0,
    Kind.TRANSPORT: 0.6,
    Kind.EXPERIENCE: 0.2,
    Kind.SHOW: 0.0,
    Kind.MEET: 0.0,
}
_NOT_SCHEDULED_SHARE = 0.03
_REFURBISHED_SHARE = 0.3


@dataclass(frozen=True, slots=True)
class RideHabits:
    """`opens_after` and `closes_after` are the ride's own medians, in seconds after the park's."""

    opens_after: int
    closes_after: int
    is_outdoors: bool
    is_in_events: bool
    rests_in_winter: bool
    breakdowns_per_hour: float
    popularity: float  # the wait in minutes in an average hour of an average day
    show_every: int
    show_length: int


def ride_habits(seed: int, park: SimulatedPark, ride: SimulatedRide) -> RideHabits:
    own = chance("habits", seed, park.park_id, ride.ride_id)
    is_busy_kind = ride.kind in (Kind.RIDE, Kind.WATER_SLIDE)
    has_no_queue = own.random() < (0.08 if is_busy_kind else 0.8)
    popularity = min(own.lognormvariate(2.7, 0.95), 100.0)
    return RideHabits(
        opens_after=60 * _opens_after_minutes(own, ride.kind),
        closes_after=60 * own.choices((0, 5, 12, -30, -60), (45, 20, 10, 15, 10))[0],
        is_outdoors=own.random() < _OUTDOORS.get(ride.kind, 0.0),
        is_in_events=own.random() < 0.25,
        rests_in_winter=own.random() < 0.08,
        breakdowns_per_hour=PER_HOUR.get(ride.kind, 0.0) * own.lognormvariate(-0.245, 0.7),
        popularity=1.0 if has_no_queue else popularity,
        show_every=60 * (own.choice((60, 75, 90, 120, 180)) if ride.kind is Kind.SHOW else 75),
        show_length=60 * (own.choice((20, 25, 30, 40)) if ride.kind is Kind.SHOW else 45),
    )


def _opens_after_minutes(own: Random, kind: Kind) -> int:
    if kind in (Kind.RIDE, Kind.TRANSPORT):
        return own.choices((-30, 0, 15, 30, 60), (15, 50, 15, 10, 10))[0]  # -30: early entry
    return own.choices((0, 15, 30), (70, 20, 10))[0]


def rests_because(
    seed: int, park: SimulatedPark, ride: SimulatedRide, habits: RideHabits, day: date
) -> Cause | None:
    """Why a ride does not run at all on a day on which its park does; None: it runs."""
    in_year = (day.month, day.day)
    if ride.habit is Habit.NEVER:
        return Cause.SEASON
    is_slide_elsewhere = ride.kind is Kind.WATER_SLIDE and not park.is_water_park
    if is_slide_elsewhere and not (5, 15) <= in_year <= (9, 15):
        return Cause.SEASON
    has_winter = park.calendar in (Calendar.YEAR_ROUND, Calendar.CLOSED_WINTER_WEEKDAYS)
    if habits.rests_in_winter and has_winter and not (3, 15) <= in_year <= (11, 15):
        return Cause.SEASON
    if any(first <= day.toordinal() < last for first, last in _refurbishments(seed, park, ride, day.year)):
        return Cause.REFURBISHMENT
    lucky = chance("scheduled", seed, park.park_id, ride.ride_id, day).random() >= _NOT_SCHEDULED_SHARE
    return None if lucky else Cause.NOT_SCHEDULED


def _refurbishments(seed: int, park: SimulatedPark, ride: SimulatedRide, year: int) -> list[tuple[int, int]]:
    """Ordinals of the days, from this year's and the tail of last year's refurbishment."""
    found = []
    for start_year in (year - 1, year):
        luck = chance("refurbishment", seed, park.park_id, ride.ride_id, start_year)
        if luck.random() < _REFURBISHED_SHARE:
            first = date(start_year, 1, 1).toordinal() + luck.randrange(365)
            days = luck.randint(22, 90) if luck.random() < 0.3 else luck.randint(3, 21)
            found.append((first, first + days))
    return found

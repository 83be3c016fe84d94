"""The simulated world: what each ride does at any time, computed only where it is asked for."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

from .catalogue import Kind, SimulatedPark, SimulatedRide
from .causes import RideState, Segment, TrueStretch
from .chance import chance, share
from .habits import RideHabits, ride_habits
from .hours import ParkDay, day_of, park_day
from .ride_day import ride_day
from .waits import slot, wait_minutes
from .weather import Storm, storms

_CACHED_PARK_DAYS = 4_096
_CACHED_RIDE_DAYS = 12_000  # 100 parks x 50 rides, today and yesterday, stay in memory


class UnknownPark(LookupError):
    """This world has no such park, or the park no such ride."""


@dataclass(frozen=True, slots=True)
class OpeningHours:
    """One stretch of a park's day, in UTC; `is_event` marks an evening event with few rides."""

    start: datetime
    end: datetime
    is_event: bool


@dataclass(frozen=True, slots=True)
class _Today:
    hours: ParkDay
    storms: tuple[Storm, ...]
    busyness: float


class World:
    """Deterministic from the seed: an answer depends on what is asked, never on what was asked before."""

    def __init__(self, seed: int, parks: Sequence[SimulatedPark]) -> None:
        self.seed = seed
        self.parks = {park.park_id: park for park in parks}
        self._rides = {park.park_id: {ride.ride_id: ride for ride in park.rides} for park in parks}
        self._habits: dict[tuple[int, int], RideHabits] = {}
        self._today = lru_cache(maxsize=_CACHED_PARK_DAYS)(self._compute_today)
        self._ride_day = lru_cache(maxsize=_CACHED_RIDE_DAYS)(self._compute_ride_day)

    def park(self, park_id: int) -> SimulatedPark:
        try:
            return self.parks[park_id]
        except KeyError:
            raise UnknownPark(f"no park {park_id} in this world") from None

    def park_hours(self, park_id: int, local_date: date) -> tuple[OpeningHours, ...]:
        """When the park is open on the day that begins on `local_date`; empty: closed."""
        self.park(park_id)
        return tuple(
            OpeningHours(_instant(opening.start), _instant(opening.end), opening.is_event)
            for opening in self._today(park_id, local_date).hours.openings
        )

    def park_storms(self, park_id: int, local_date: date) -> tuple[tuple[datetime, datetime], ...]:
        self.park(park_id)
        return tuple(
            (_instant(start), _instant(end)) for start, end in self._today(park_id, local_date).storms
        )

    def truth(self, park_id: int, ride_id: int, start: datetime, end: datetime) -> list[TrueStretch]:
        """What really happened to a ride: a partition of `[start, end)`, neighbours differing in cause.

        Bounds are whole seconds: nothing happens in between.
        """
        stretches: list[Segment] = []
        for segment in self._segments(park_id, self._ride(park_id, ride_id), start, end):
            if stretches and stretches[-1][2] is segment[2]:
                stretches[-1] = (stretches[-1][0], segment[1], segment[2])
            else:
                stretches.append(segment)
        return [
            TrueStretch(_instant(begins), _instant(ends), cause.is_open, cause)
            for begins, ends, cause in stretches
        ]

    def park_truth(self, park_id: int, start: datetime, end: datetime) -> dict[int, list[TrueStretch]]:
        """`truth` of every entry of a park, by ride id."""
        return {
            ride.ride_id: self.truth(park_id, ride.ride_id, start, end) for ride in self.park(park_id).rides
        }

    def state_at(self, park_id: int, at: datetime) -> list[RideState]:
        """Every entry of a park at one moment, in the order of the catalogue."""
        park = self.park(park_id)
        seconds = int(at.timestamp())
        day = day_of(seconds, ZoneInfo(park.local_timezone))
        return [self._state(park, ride, day, seconds) for ride in park.rides]

    def wait_at(self, park_id: int, ride_id: int, at: datetime) -> int:
        """The wait in minutes that an open ride has at `at`."""
        park = self.park(park_id)
        seconds = int(at.timestamp())
        return self._wait(
            park_id, self._ride(park_id, ride_id), day_of(seconds, ZoneInfo(park.local_timezone)), seconds
        )

    def _state(self, park: SimulatedPark, ride: SimulatedRide, day: date, at: int) -> RideState:
        segments = self._ride_day(park.park_id, self._leader(park.park_id, ride).ride_id, day)
        cause = segments[bisect_right(segments, at, key=lambda segment: segment[0]) - 1][2]
        wait = self._wait(park.park_id, ride, day, at) if cause.is_open else 0
        return RideState(ride.ride_id, cause.is_open, wait, cause)

    def _wait(self, park_id: int, ride: SimulatedRide, day: date, at: int) -> int:
        leader = self._leader(park_id, ride)
        today = self._today(park_id, day)
        luck = share("wait", self.seed, park_id, leader.ride_id, slot(at))
        popularity = self._habits_of(park_id, leader).popularity
        if ride.kind is Kind.SINGLE_RIDER:
            popularity /= 3
        return wait_minutes(popularity, today.busyness, today.hours, at, luck)

    def _segments(
        self, park_id: int, ride: SimulatedRide, start: datetime, end: datetime
    ) -> Iterator[Segment]:
        first, last = int(start.timestamp()), int(end.timestamp())
        leader = self._leader(park_id, ride)
        day = day_of(first, ZoneInfo(self.park(park_id).local_timezone))
        while first < last:
            # Not the kept ones: a year of truth would push the days being served out of memory.
            for begins, ends, cause in self._compute_ride_day(park_id, leader.ride_id, day):
                if ends > first and begins < last:
                    yield max(begins, first), min(ends, last), cause
            first = max(first, self._today(park_id, day).hours.end)
            day += timedelta(days=1)

    def _ride(self, park_id: int, ride_id: int) -> SimulatedRide:
        self.park(park_id)
        try:
            return self._rides[park_id][ride_id]
        except KeyError:
            raise UnknownPark(f"no ride {ride_id} in park {park_id}") from None

    def _leader(self, park_id: int, ride: SimulatedRide) -> SimulatedRide:
        """Who decides over a ride's state: a single-rider line repeats its parent's."""
        return ride if ride.parent_id is None else self._ride(park_id, ride.parent_id)

    def _habits_of(self, park_id: int, ride: SimulatedRide) -> RideHabits:
        key = (park_id, ride.ride_id)
        if key not in self._habits:
            self._habits[key] = ride_habits(self.seed, self.park(park_id), ride)
        return self._habits[key]

    def _compute_today(self, park_id: int, day: date) -> _Today:
        park = self.parks[park_id]
        hours = park_day(self.seed, park, day)
        luck = chance("busyness", self.seed, park_id, day)
        busyness = luck.uniform(0.6, 1.3) * (1.25 if day.weekday() >= 5 else 1.0)
        return _Today(hours, storms(self.seed, park, day, hours), busyness)

    def _compute_ride_day(self, park_id: int, ride_id: int, day: date) -> tuple[Segment, ...]:
        ride = self._rides[park_id][ride_id]
        today = self._today(park_id, day)
        habits = self._habits_of(park_id, ride)
        return ride_day(self.seed, self.parks[park_id], ride, habits, day, today.hours, today.storms)


def _instant(seconds: int) -> datetime:
    return datetime.fromtimestamp(seconds, UTC)

"""What really happened to a ride, and why: the truth that no feed tells."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum


class Cause(StrEnum):
    OPERATING = "operating"
    BREAKDOWN = "breakdown"
    WEATHER = "weather"
    CLOSED_FOR_THE_NIGHT = "closed_for_the_night"  # the park is closed, or not yet open
    NOT_YET_OPEN = "not_yet_open"  # the park runs, the ride opens later
    CLOSED_EARLY = "closed_early"  # the park runs, the ride is done for the day
    NOT_SCHEDULED = "not_scheduled"  # the ride does not run today although the park does
    NOT_IN_EVENT = "not_in_event"  # the evening event runs without the ride
    BETWEEN_SHOWS = "between_shows"
    REFURBISHMENT = "refurbishment"
    SEASON = "season"  # out of the park's or the ride's season
    PARK_CLOSED = "park_closed"  # in season, but not on this day

    @property
    def is_open(self) -> bool:
        return self is Cause.OPERATING


Segment = tuple[int, int, Cause]
"""A stretch inside the simulator: start and end in seconds since the epoch."""


@dataclass(frozen=True, slots=True)
class TrueStretch:
    """`[start, end)` in UTC during which nothing changed for a ride."""

    start: datetime
    end: datetime
    is_open: bool
    cause: Cause


@dataclass(frozen=True, slots=True)
class RideState:
    ride_id: int
    is_open: bool
    wait_minutes: int
    cause: Cause

"""Afternoon thunderstorms: they stop many rides of a park at once."""

from __future__ import annotations

from datetime import date

from .catalogue import SimulatedPark
from .chance import chance
from .hours import DAY_BEGINS_HOUR, ParkDay

Storm = tuple[int, int]
"""Start and end in seconds since the epoch."""


def storms(seed: int, park: SimulatedPark, day: date, park_day: ParkDay) -> tuple[Storm, ...]:
    """The storms of one day: 30 to 120 minutes each, between noon and early evening."""
    if not park_day.openings:
        return ()
    likelihood = storm_likelihood(park.latitude, park.longitude, day.month)
    luck = chance("storms", seed, park.park_id, day)
    if luck.random() >= likelihood:
        return ()
    found = []
    for _ in range(2 if luck.random() < 0.15 else 1):
        start = park_day.start + int((luck.uniform(12.5, 18.5) - DAY_BEGINS_HOUR) * 3600)
        found.append((start, start + int(luck.uniform(30, 120) * 60)))
    return tuple(sorted(found))


def storm_likelihood(latitude: float, longitude: float, month: int) -> float:
    """How likely a storm is on a day of `month`: the Gulf has one every other summer day, California none."""
    is_summer = month in (6, 7, 8, 9)
    if longitude < -110:
        return 0.01
    if latitude < 31:
        return 0.45 if is_summer else 0.06 if month in (4, 5, 10) else 0.01
    return 0.15 if is_summer else 0.08 if month in (4, 5) else 0.0

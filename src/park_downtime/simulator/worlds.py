"""The worlds to choose from: every park, a dozen for the demo, and invented ones of any size."""

from __future__ import annotations

from .catalogue import Calendar, Kind, SimulatedPark, SimulatedRide, catalogue
from .world import World

DEMO_PARK_IDS = (5, 6, 16, 17, 64, 65, 66, 10, 50, 312, 61, 32, 316)
"""Well-known parks from coast to coast; 312 has no lands, 316 has five rides."""

_SYNTHETIC_ZONES = ("America/New_York", "America/Chicago", "America/Denver", "America/Los_Angeles")
_SYNTHETIC_LANDS = 5


def default_world(seed: int = 1) -> World:
    """All North American parks of the catalogue."""
    return World(seed, catalogue())


def demo_world(seed: int = 1) -> World:
    """A dozen well-known parks across the zones."""
    return World(seed, [park for park in catalogue() if park.park_id in DEMO_PARK_IDS])


def synthetic_world(parks: int, rides: int, seed: int = 1) -> World:
    """`parks` invented parks of `rides` rides each, open all year; park and ride ids count from 1."""
    return World(seed, [_synthetic_park(number, rides) for number in range(1, parks + 1)])


def _synthetic_park(number: int, rides: int) -> SimulatedPark:
    zone = _SYNTHETIC_ZONES[number % len(_SYNTHETIC_ZONES)]
    first = (number - 1) * rides + 1
    return SimulatedPark(
        park_id=number,
        name=f"Park {number}",
        group_id=1 + number % 7,
        group_name=f"Group {1 + number % 7}",
        country="United States",
        continent="North America",
        latitude=30.0 + number % 15,
        longitude=-75.0 - 12 * (number % len(_SYNTHETIC_ZONES)),
        timezone=zone,
        local_timezone=zone,
        calendar=Calendar.YEAR_ROUND,
        has_late_nights=number % 5 == 0,
        has_evening_events=number % 10 == 0,
        rides=tuple(
            SimulatedRide(ride_id, f"Ride {ride_id}", f"Land {ride_id % _SYNTHETIC_LANDS + 1}", Kind.RIDE)
            for ride_id in range(first, first + rides)
        ),
    )

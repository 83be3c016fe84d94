"""When a simulated ride was to be open: its park's hours, moved by its own usual opening and closing."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from park_downtime.simulator.habits import ride_habits
from park_downtime.simulator.world import World
from park_downtime.timeline.spans import Span


def planned(world: World, park_id: int, ride_id: int, days: Iterable[date]) -> list[Span]:
    """One span for each opening of the park; whether the ride takes part in it the truth says."""
    park = world.park(park_id)
    (ride,) = (each for each in park.rides if each.ride_id == ride_id)
    habits = ride_habits(world.seed, park, ride)
    return [
        (
            opening.start + timedelta(seconds=0 if opening.is_event else habits.opens_after),
            opening.end + timedelta(seconds=habits.closes_after),
        )
        for day in days
        for opening in world.park_hours(park_id, day)
    ]

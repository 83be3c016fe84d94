"""When a simulated ride was to be open."""

from __future__ import annotations

from datetime import date

from benchmarks.accuracy.plans import planned

from park_downtime.simulator.habits import ride_habits
from park_downtime.simulator.worlds import default_world

DAY = date(2026, 7, 6)


def test_a_ride_opens_and_closes_its_own_minutes_after_the_park() -> None:
    world = default_world(1)
    park = world.park(6)
    ride = next(each for each in park.rides if ride_habits(1, park, each).closes_after == -3600)
    (hours,) = world.park_hours(6, DAY)
    ((start, end),) = planned(world, 6, ride.ride_id, [DAY])
    assert (hours.end - end).total_seconds() == 3600
    assert (start - hours.start).total_seconds() == ride_habits(1, park, ride).opens_after


def test_a_day_on_which_the_park_is_closed_plans_nothing() -> None:
    world = default_world(1)
    closed = next(id for id in world.parks if not world.park_hours(id, date(2026, 1, 14)))
    assert planned(world, closed, world.park(closed).rides[0].ride_id, [date(2026, 1, 14)]) == []

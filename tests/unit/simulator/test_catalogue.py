"""The catalogue states what the real feed states."""

from __future__ import annotations

from zoneinfo import ZoneInfo

from park_downtime.simulator.catalogue import Habit, Kind, catalogue

PARKS = {park.park_id: park for park in catalogue()}


def test_every_north_american_park_has_rides() -> None:
    assert len(PARKS) == 70
    assert all(park.rides for park in PARKS.values())


def test_ride_ids_are_unique() -> None:
    ids = [ride.ride_id for park in PARKS.values() for ride in park.rides]
    assert len(ids) == len(set(ids))


def test_zones_are_stated_as_wrongly_as_the_real_feed_states_them() -> None:
    assert (PARKS[22].timezone, PARKS[22].local_timezone) == ("America/Denver", "America/Chicago")
    assert (PARKS[306].timezone, PARKS[306].local_timezone) == ("America/Denver", "America/Chicago")
    assert (PARKS[47].timezone, PARKS[47].local_timezone) == ("America/Toronto", "America/Mexico_City")


def test_every_zone_exists() -> None:
    for park in PARKS.values():
        assert ZoneInfo(park.local_timezone).key == park.local_timezone


def test_a_single_rider_line_knows_its_parent() -> None:
    names = {ride.ride_id: ride.name for ride in PARKS[17].rides}
    parents = {ride.name: names[ride.parent_id] for ride in PARKS[17].rides if ride.parent_id is not None}
    assert parents["Radiator Springs Racers Single Rider"] == "Radiator Springs Racers"


def test_one_park_has_five_rides() -> None:
    assert sum(ride.kind is Kind.RIDE for ride in PARKS[316].rides) == 5


def test_one_ride_is_always_open() -> None:
    always = [ride for park in PARKS.values() for ride in park.rides if ride.habit is Habit.ALWAYS_OPEN]
    assert [(ride.ride_id, ride.kind) for ride in always] == [(304, Kind.RIDE)]


def test_kennywood_has_no_lands() -> None:
    assert {ride.land for ride in PARKS[312].rides} == {None}

"""The payloads have the shape of the real feed, key by key."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from typing import Any

from park_downtime.simulator.payload import park_list_json, queue_times_json, updated_at
from park_downtime.simulator.worlds import default_world, demo_world, synthetic_world

WORLD = default_world()
AFTERNOON = datetime(2025, 7, 9, 19, 2, 3, tzinfo=UTC)


def payload(park_id: int, at: datetime = AFTERNOON) -> dict[str, Any]:
    parsed: dict[str, Any] = json.loads(queue_times_json(WORLD, park_id, at))
    return parsed


def test_keys_and_types_of_a_payload() -> None:
    park = payload(6)
    assert list(park) == ["lands", "rides"]
    land = park["lands"][0]
    assert list(land) == ["id", "name", "rides"]
    ride = land["rides"][0]
    assert list(ride) == ["id", "name", "is_open", "wait_time", "last_updated"]
    assert [type(value) for value in ride.values()] == [int, str, bool, int, str]


def test_last_updated_has_the_real_form() -> None:
    stamps = {ride["last_updated"] for land in payload(6)["lands"] for ride in land["rides"]}
    assert len(stamps) == 1
    moment = datetime.strptime(stamps.pop(), "%Y-%m-%dT%H:%M:%S.000Z").replace(tzinfo=UTC)
    assert timedelta() <= AFTERNOON - moment < timedelta(minutes=5)


def test_last_updated_moves_every_five_minutes_also_at_night() -> None:
    night = datetime(2025, 1, 15, 8, tzinfo=UTC)
    moments = {updated_at(WORLD, 50, night + timedelta(seconds=30 * number)) for number in range(30)}
    steps = sorted(moments)
    assert [later - earlier for earlier, later in pairwise(steps)] == [
        timedelta(minutes=5) for _ in steps[1:]
    ]
    assert len(steps) in (3, 4)


def test_parks_are_renewed_at_different_seconds() -> None:
    seconds = {updated_at(WORLD, park_id, AFTERNOON) for park_id in WORLD.parks}
    assert len(seconds) > 40


def test_kennywood_has_everything_outside_lands() -> None:
    park = payload(312)
    assert park["lands"] == []
    assert len(park["rides"]) >= 18


def test_disneyland_has_one_entry_outside_its_lands() -> None:
    assert [ride["name"] for ride in payload(16)["rides"]] == ["Holiday Fun with Santa & Friends!"]


def test_every_ride_appears_once() -> None:
    park = payload(16)
    ids = [ride["id"] for land in park["lands"] for ride in land["rides"]] + [r["id"] for r in park["rides"]]
    assert sorted(ids) == sorted(ride.ride_id for ride in WORLD.parks[16].rides)


def test_land_ids_are_unique_and_stay() -> None:
    lands = payload(16)["lands"]
    assert len({land["id"] for land in lands}) == len(lands)
    later = payload(16, AFTERNOON + timedelta(days=100))["lands"]
    assert [land["id"] for land in later] == [land["id"] for land in lands]


def test_names_keep_their_characters() -> None:
    assert "Indiana Jones™ Adventure" in queue_times_json(WORLD, 16, AFTERNOON).decode()


def test_keys_and_types_of_the_park_list() -> None:
    groups = json.loads(park_list_json(WORLD))
    assert list(groups[0]) == ["id", "name", "parks"]
    park = groups[0]["parks"][0]
    assert park == {
        "id": 57,
        "name": "California's Great America",
        "country": "United States",
        "continent": "North America",
        "latitude": "37.397799",
        "longitude": "-121.974717",
        "timezone": "America/Los_Angeles",
    }
    assert sum(len(group["parks"]) for group in groups) == 70


def test_a_synthetic_world_has_the_size_asked_for() -> None:
    world = synthetic_world(3, 4)
    assert [[ride.ride_id for ride in park.rides] for park in world.parks.values()] == [
        [1, 2, 3, 4],
        [5, 6, 7, 8],
        [9, 10, 11, 12],
    ]


def test_the_demo_world_spans_the_country() -> None:
    assert {park.local_timezone for park in demo_world().parks.values()} == {
        "America/New_York",
        "America/Chicago",
        "America/Los_Angeles",
    }

"""What the feed says: parks.json and queue_times.json in the real shape."""

from __future__ import annotations

import json
from collections.abc import Collection
from datetime import UTC, datetime, timedelta

from .catalogue import SimulatedPark
from .chance import share
from .oddities import Entry, last_closing, odd_body, odd_entries, stamp
from .quirks import Quirks
from .world import World

UPDATE_SECONDS = 300
"""The feed renews every park's entries this often, closed ones too."""
STANDS_STILL_BEFORE = timedelta(minutes=90)
"""So long before closing a feed begins to repeat itself, where it does."""


def park_list_json(world: World, gone: Collection[int] = ()) -> bytes:
    """parks.json; coordinates are text there. `gone` are parks that have left the list."""
    groups: dict[int, dict[str, object]] = {}
    members: dict[int, list[dict[str, object]]] = {}
    for park in sorted(world.parks.values(), key=lambda park: (park.group_name, park.name)):
        if park.park_id in gone:
            continue
        entries = members.setdefault(park.group_id, [])
        groups.setdefault(park.group_id, {"id": park.group_id, "name": park.group_name, "parks": entries})
        entries.append(_listed(park))
    return _encode(list(groups.values()))


def queue_times_json(world: World, park_id: int, at: datetime, quirks: Quirks | None = None) -> bytes:
    """queue_times.json of one park as it is at `at`. Raises UnknownPark."""
    quirks = quirks or Quirks()
    park = world.park(park_id)
    switched_on = min(at, quirks.since or at.replace(hour=0, minute=0, second=0, microsecond=0))
    moment = updated_at(world, park_id, switched_on if quirks.frozen else at)
    entries = _entries(world, park, moment, _said_of(world, park_id, moment, quirks))
    body = _payload(park, odd_entries(world, park_id, entries, moment, switched_on, quirks))
    return odd_body(_encode(body), quirks)


def updated_at(world: World, park_id: int, at: datetime) -> datetime:
    """When the feed last renewed the park: every park has its own second of the five minutes."""
    offset = int(share("renewed", world.seed, park_id) * UPDATE_SECONDS)
    behind = (int(at.timestamp()) - offset) % UPDATE_SECONDS
    return at.astimezone(UTC).replace(microsecond=0) - timedelta(seconds=behind)


def _said_of(world: World, park_id: int, moment: datetime, quirks: Quirks) -> datetime:
    """The moment whose values are sent: those from before a closing may be repeated for long after it."""
    closing = last_closing(world, park_id, moment + STANDS_STILL_BEFORE) if quirks.repeats else None
    since = None if closing is None else closing - STANDS_STILL_BEFORE
    if since is None or moment - since >= timedelta(hours=quirks.repeats):
        return moment
    return updated_at(world, park_id, since)


def _entries(world: World, park: SimulatedPark, moment: datetime, said_of: datetime) -> list[Entry]:
    """What the rides were at `said_of`, stamped as of `moment`."""
    stamped = stamp(moment)
    return [
        Entry(
            ride.land,
            {
                "id": ride.ride_id,
                "name": ride.name,
                "is_open": state.is_open,
                "wait_time": state.wait_minutes,
                "last_updated": stamped,
            },
        )
        for ride, state in zip(park.rides, world.state_at(park.park_id, said_of), strict=True)
    ]


def _payload(park: SimulatedPark, entries: list[Entry]) -> dict[str, object]:
    lands: dict[str, list[dict[str, object]]] = {}
    outside: list[dict[str, object]] = []
    for entry in entries:
        (outside if entry.land is None else lands.setdefault(entry.land, [])).append(entry.fields)
    numbers = _land_numbers(park)
    return {
        "lands": [{"id": numbers[name], "name": name, "rides": rides} for name, rides in lands.items()],
        "rides": outside,
    }


def _land_numbers(park: SimulatedPark) -> dict[str, int]:
    names = dict.fromkeys(ride.land for ride in park.rides if ride.land is not None)
    return {name: park.park_id * 100 + number for number, name in enumerate(names, start=1)}


def _listed(park: SimulatedPark) -> dict[str, object]:
    return {
        "id": park.park_id,
        "name": park.name,
        "country": park.country,
        "continent": park.continent,
        "latitude": str(park.latitude),
        "longitude": str(park.longitude),
        "timezone": park.timezone,
    }


def _encode(content: object) -> bytes:
    return json.dumps(content, ensure_ascii=False, separators=(",", ":")).encode()

"""What one answer of the feed says, more of it than a cycle keeps: also keys that we do not know."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from park_downtime.feed.errors import FeedRejected
from park_downtime.feed.park_list import GROUP_KEYS, PARK_KEYS, known_zones, read_park_list
from park_downtime.feed.payload import LAND_KEYS, RIDE_KEYS, TOP_KEYS, OddEntry, RideShape, read_shapes
from park_downtime.feed.readings import FUTURE_AFTER
from park_downtime.feed.validation import read_json, readable_id
from park_downtime.model import FeedPark, UnreadablePark

_LONGEST_WORD = 60


@dataclass(frozen=True, slots=True)
class ListHeard:
    """The park list. `repeated` and `zoneless` name parks as a person would."""

    parks: tuple[FeedPark, ...]
    unreadable: tuple[UnreadablePark, ...]
    groups: int
    unknown_keys: tuple[str, ...]
    repeated: tuple[str, ...]
    zoneless: tuple[str, ...]
    size_bytes: int


@dataclass(frozen=True, slots=True)
class ParkHeard:
    """The answer for one park. `entries` are as the feed means them, duplicates included.

    `is_rejected`: it is no payload, and no more is known of it than its keys.
    """

    park_id: int
    name: str
    fetched_at: datetime
    size_bytes: int
    unknown_keys: tuple[str, ...]
    entries: tuple[RideShape, ...]
    odd: tuple[OddEntry, ...]
    is_rejected: bool = False

    @property
    def newest(self) -> datetime | None:
        """The newest stamp, as a cycle takes it: one of the future counts as missing."""
        stamps = [entry.last_updated for entry in self.entries if entry.last_updated is not None]
        return max((stamp for stamp in stamps if stamp - self.fetched_at <= FUTURE_AFTER), default=None)

    @property
    def title(self) -> str:
        return titled(self.name, self.park_id)

    def ride(self, entry: RideShape) -> str:
        return f"{titled(entry.name, entry.id)} of {self.name}"


def titled(name: str, identity: int) -> str:
    return f"{name} ({identity})"


def hear_list(body: bytes) -> ListHeard:
    """Raises FeedRejected where a cycle would not take it either."""
    listed = read_park_list(body)
    groups = read_json(None, body)
    keys: dict[str, None] = {}
    places: dict[int, int] = {}
    zoneless, repeated = [], []
    for group in groups:
        keys |= _unknown(group, GROUP_KEYS, "group")
        for park in _members(group, "parks"):
            keys |= _unknown(park, PARK_KEYS, "park")
            park_id = readable_id(park)
            name = _shown(park, park_id)
            if not _has_zone(park):
                zoneless.append(f"{name}: {_zone_said(park)}")
            if park_id is not None:
                places[park_id] = places.get(park_id, 0) + 1
                if places[park_id] == 2:
                    repeated.append(name)
    return ListHeard(
        listed.parks,
        listed.unreadable,
        len(groups),
        tuple(keys),
        tuple(repeated),
        tuple(zoneless),
        len(body),
    )


def hear_park(park_id: int, name: str, body: bytes, fetched_at: datetime) -> ParkHeard:
    """Raises FeedRejected where it is not even JSON."""
    top = read_json(park_id, body)
    keys = _unknown(top, TOP_KEYS, "top")
    for ride in _members(top, "rides"):
        keys |= _unknown(ride, RIDE_KEYS, "ride")
    for land in _members(top, "lands"):
        keys |= _unknown(land, LAND_KEYS, "land")
        for ride in _members(land, "rides"):
            keys |= _unknown(ride, RIDE_KEYS, "ride")
    try:
        payload = read_shapes(park_id, body)
    except FeedRejected:
        return ParkHeard(park_id, name, fetched_at, len(body), tuple(keys), (), (), is_rejected=True)
    entries = tuple(entry.ride for entry in payload.entries)
    return ParkHeard(park_id, name, fetched_at, len(body), tuple(keys), entries, payload.odd)


def _members(value: Any, key: str) -> Iterator[Any]:
    found = value.get(key) if isinstance(value, dict) else None
    yield from found if isinstance(found, list) else ()


def _unknown(value: Any, known: frozenset[str], level: str) -> dict[str, None]:
    """In the order in which they come, each once."""
    if not isinstance(value, dict):
        return {}
    return {f"{level}.{key[:_LONGEST_WORD]}": None for key in value if key not in known}


def _has_zone(park: Any) -> bool:
    zone = park.get("timezone") if isinstance(park, dict) else None
    return isinstance(zone, str) and zone in known_zones()


def _shown(park: Any, park_id: int | None) -> str:
    """A park of which nothing may be right."""
    name = park.get("name") if isinstance(park, dict) else None
    shown = name[:_LONGEST_WORD] if isinstance(name, str) else "a park"
    return shown if park_id is None else titled(shown, park_id)


def _zone_said(park: Any) -> str:
    zone = park.get("timezone") if isinstance(park, dict) else None
    return "no zone" if zone is None else str(zone)[:_LONGEST_WORD]

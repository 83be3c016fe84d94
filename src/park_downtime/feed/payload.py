"""The shape of queue_times.json: strict, entry by entry, so that one odd entry harms no other."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Annotated, Any

from pydantic import BeforeValidator, ValidationError

from park_downtime.feed.errors import FeedRejected
from park_downtime.feed.validation import Id, Name, Shape, first_problem, read_json, readable_id
from park_downtime.model import Land

MOST_ENTRIES = 5_000  # the largest real park has some 150


def _instant(value: object) -> object:
    """The feed writes UTC as `2026-01-06T16:49:17.000Z`; a time without a zone is UTC too."""
    if not isinstance(value, str):
        return value
    try:
        if value[10:11] not in ("T", " "):
            raise ValueError(value)
        moment = datetime.fromisoformat(value)
        utc = moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError("is no time") from None
    if utc.year < 1970:
        raise ValueError("is no time of this feed")
    return utc


class RideShape(Shape):
    """One entry. `is_open` may be null but not absent: without it the feed has become another."""

    id: Id
    name: Name
    is_open: bool | None
    wait_time: int | None = None
    last_updated: Annotated[datetime | None, BeforeValidator(_instant)] = None


class _LandShape(Shape):
    id: Id | None = None
    name: Name


class _RidesOfLand(Shape):
    rides: list[Any]


class _TopShape(Shape):
    lands: list[Any]
    rides: list[Any]


TOP_KEYS = frozenset(_TopShape.model_fields)
LAND_KEYS = frozenset(_LandShape.model_fields) | frozenset(_RidesOfLand.model_fields)
RIDE_KEYS = frozenset(RideShape.model_fields)


@dataclass(frozen=True, slots=True)
class Entry:
    """An entry as the feed means it; `land` None: outside any land, or in one without a name."""

    ride: RideShape
    land: Land | None


@dataclass(frozen=True, slots=True)
class OddEntry:
    """An entry that cannot be read; `ride_id` is all that could be, if it could."""

    ride_id: int | None
    land: Land | None
    path: str
    reason: str


@dataclass(frozen=True, slots=True)
class Payload:
    entries: tuple[Entry, ...]
    odd: tuple[OddEntry, ...]


def read_shapes(park_id: int, body: bytes) -> Payload:
    """Raises FeedRejected if the top level is wrong, if there are more entries or lands than any park
    has, or if more than half of the entries are odd.
    """
    try:
        top = _TopShape.model_validate(read_json(park_id, body))
    except ValidationError as error:
        raise FeedRejected(park_id, *first_problem(error, "$")) from error
    counts = {"lands": len(top.lands), "entries": len(top.rides) + sum(map(_length, top.lands))}
    for what, count in counts.items():
        if count > MOST_ENTRIES:
            raise FeedRejected(park_id, "$", f"holds {count} {what}, more than {MOST_ENTRIES}")
    entries: list[Entry] = []
    odd: list[OddEntry] = []
    for entry in _entries(top):
        if isinstance(entry, Entry):
            entries.append(entry)
        else:
            odd.append(entry)
    if len(odd) > len(entries):
        reason = f"{odd[0].reason} ({len(odd)} of {len(odd) + len(entries)} entries are odd)"
        raise FeedRejected(park_id, odd[0].path, reason)
    return Payload(tuple(entries), tuple(odd))


def _length(land: Any) -> int:
    rides = land.get("rides") if isinstance(land, dict) else None
    return len(rides) if isinstance(rides, list) else 1


def _entries(top: _TopShape) -> Iterator[Entry | OddEntry]:
    for number, value in enumerate(top.lands):
        path = f"lands[{number}]"
        try:
            rides = _RidesOfLand.model_validate(value).rides
        except ValidationError as error:
            # Nobody knows how many rides it hides: it counts as one odd entry.
            yield OddEntry(None, None, *first_problem(error, path))
            continue
        land = _land(value)
        for place, ride in enumerate(rides):
            yield _entry(ride, land, f"{path}.rides[{place}]")
    for place, ride in enumerate(top.rides):
        yield _entry(ride, None, f"rides[{place}]")


def _entry(value: Any, land: Land | None, path: str) -> Entry | OddEntry:
    try:
        return Entry(RideShape.model_validate(value), land)
    except ValidationError as error:
        return OddEntry(readable_id(value), land, *first_problem(error, path))


def _land(value: Any) -> Land | None:
    """A land's odd name or id must not cost its rides their readings."""
    try:
        shape = _LandShape.model_validate(value)
    except ValidationError:
        return None
    return Land(shape.id, shape.name)

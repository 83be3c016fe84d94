"""parks.json to parks: groups of parks, of which an odd one harms no other."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Annotated, Any
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError

from park_downtime.feed.errors import FeedRejected
from park_downtime.feed.validation import (
    Id,
    Name,
    Shape,
    Text,
    first_problem,
    read_json,
    readable_id,
)
from park_downtime.model import FeedPark, UnreadablePark

log = logging.getLogger(__name__)

MOST_ENTRIES = 5_000  # the list of 2026 names some 130 parks

known_zones = cache(available_timezones)


def _zone(name: str) -> str:
    if name not in known_zones():
        raise ValueError("is no known time zone")
    return name


def _degrees(most: float) -> BeforeValidator:
    """Coordinates are text in the feed. What cannot be one is unknown: no reason to lose a park."""

    def read(value: object) -> float | None:
        if isinstance(value, bool) or not isinstance(value, str | int | float):
            return None
        try:
            degrees = float(value)
        except (ValueError, OverflowError):
            return None
        return degrees if math.isfinite(degrees) and abs(degrees) <= most else None

    return BeforeValidator(read)


_Words = Annotated[Text, Field(max_length=100)]
_Title = Annotated[Name, Field(max_length=255)]


class _ParkShape(Shape):
    id: Id
    name: _Title
    country: _Words | None = None
    continent: _Words | None = None
    latitude: Annotated[float | None, _degrees(90)] = None
    longitude: Annotated[float | None, _degrees(180)] = None
    timezone: Annotated[str, AfterValidator(_zone)]


class _GroupShape(Shape):
    id: Id
    name: _Title
    parks: list[Any]


GROUP_KEYS = frozenset(_GroupShape.model_fields)
PARK_KEYS = frozenset(_ParkShape.model_fields)

_Odd = tuple[str, str, UnreadablePark]


@dataclass(frozen=True, slots=True)
class ParkList:
    """Every park that can be read, once, in the feed's order; and those that cannot."""

    parks: tuple[FeedPark, ...]
    unreadable: tuple[UnreadablePark, ...] = ()


def read_park_list(body: bytes) -> ParkList:
    """Raises FeedRejected if the top level is wrong, or if there is no park, or if more than half of
    what stands there is odd: a list of few parks must not look as if the others had closed.
    """
    groups = read_json(None, body)
    if not isinstance(groups, list):
        raise FeedRejected(None, "$", "is no list of groups")
    entries = len(groups) + sum(map(_length, groups))
    if entries > MOST_ENTRIES:
        raise FeedRejected(None, "$", f"names {entries} groups and parks, more than {MOST_ENTRIES}")
    parks: dict[int, FeedPark] = {}
    odd: list[_Odd] = []
    for entry in _parks(groups):
        if isinstance(entry, FeedPark):
            parks.setdefault(entry.park_id, entry)
        else:
            odd.append(entry)
    if len(odd) > len(parks):
        path, reason, _ = odd[0]
        raise FeedRejected(None, path, f"{reason} ({len(odd)} of {len(odd) + len(parks)} are odd)")
    if not parks:
        raise FeedRejected(None, "$", "names no park")
    for path, reason, _ in odd:
        log.warning("odd entry in the park list", extra={"path": path, "reason": reason})
    return ParkList(tuple(parks.values()), tuple(park for _, _, park in odd if park.park_id not in parks))


def _length(group: Any) -> int:
    parks = group.get("parks") if isinstance(group, dict) else None
    return len(parks) if isinstance(parks, list) else 0


def _parks(groups: list[Any]) -> Iterator[FeedPark | _Odd]:
    """Parks, and what is none, with its place and what is wrong. An unreadable group counts once."""
    for number, value in enumerate(groups):
        path = f"[{number}]"
        try:
            group = _GroupShape.model_validate(value)
        except ValidationError as error:
            where, reason = first_problem(error, path)
            yield where, reason, UnreadablePark(None, None, None, None, reason)
            continue
        for place, entry in enumerate(group.parks):
            try:
                yield _park(_ParkShape.model_validate(entry), group)
            except ValidationError as error:
                where, reason = first_problem(error, f"{path}.parks[{place}]")
                yield where, reason, _unreadable(entry, where.rpartition(".")[2], reason)


def _unreadable(entry: Any, field: str, reason: str) -> UnreadablePark:
    """What can be said of a park whose entry cannot be used as it is."""
    said = entry if isinstance(entry, dict) else {}
    name, continent, country = (_shown(said.get(key)) for key in ("name", "continent", "country"))
    return UnreadablePark(readable_id(entry), name, continent, country, f"{field}: {reason}")


def _shown(value: object) -> str | None:
    return value.encode(errors="replace").decode()[:100] if isinstance(value, str) else None


def _park(park: _ParkShape, group: _GroupShape) -> FeedPark:
    return FeedPark(
        park_id=park.id,
        name=park.name,
        country=park.country,
        continent=park.continent,
        latitude=park.latitude,
        longitude=park.longitude,
        timezone=park.timezone,
        group_id=group.id,
        group_name=group.name,
    )

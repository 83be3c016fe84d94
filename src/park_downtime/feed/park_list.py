"""parks.json to parks: groups of parks, of which an odd one harms no other."""

from __future__ import annotations

import logging
import math
from collections.abc import Iterator
from functools import cache
from typing import Annotated, Any
from zoneinfo import available_timezones

from pydantic import AfterValidator, BeforeValidator, Field, ValidationError

from park_downtime.feed.border import Id, Name, Shape, Text, first_problem, read_json
from park_downtime.feed.errors import FeedRejected
from park_downtime.model import FeedPark

log = logging.getLogger(__name__)

_known_zones = cache(available_timezones)


def _zone(name: str) -> str:
    if name not in _known_zones():
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


def read_park_list(body: bytes) -> tuple[FeedPark, ...]:
    """Every park that can be read, once, in the feed's order.

    Raises FeedRejected if the top level is wrong, or if there is no park, or if more than half of
    what stands there is odd: a list of few parks must not look as if the others had closed.
    """
    groups = read_json(None, body)
    if not isinstance(groups, list):
        raise FeedRejected(None, "$", "is no list of groups")
    parks: dict[int, FeedPark] = {}
    odd: list[tuple[str, str]] = []
    for found in _parks(groups):
        if isinstance(found, FeedPark):
            parks.setdefault(found.park_id, found)
        else:
            odd.append(found)
    if len(odd) > len(parks):
        path, reason = odd[0]
        raise FeedRejected(None, path, f"{reason} ({len(odd)} of {len(odd) + len(parks)} are odd)")
    if not parks:
        raise FeedRejected(None, "$", "names no park")
    for path, reason in odd:
        log.warning("odd entry in the park list", extra={"path": path, "reason": reason})
    return tuple(parks.values())


def _parks(groups: list[Any]) -> Iterator[FeedPark | tuple[str, str]]:
    """Parks, and path and reason of what is none. A group that cannot be read counts once."""
    for number, value in enumerate(groups):
        path = f"[{number}]"
        try:
            group = _GroupShape.model_validate(value)
        except ValidationError as error:
            yield first_problem(error, path)
            continue
        for place, entry in enumerate(group.parks):
            try:
                yield _park(_ParkShape.model_validate(entry), group)
            except ValidationError as error:
                yield first_problem(error, f"{path}.parks[{place}]")


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

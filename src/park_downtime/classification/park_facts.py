"""What we know of the North American parks better than the feed does; elsewhere the feed's facts stand."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from importlib import resources
from types import MappingProxyType

# Also as a part of a word: "Disneyland Resort", "NBCUniversal".
_DISNEY_OR_UNIVERSAL = re.compile(r"disney|universal\b", re.IGNORECASE)


class ParkKind(StrEnum):
    """What most entries of a park are when their names do not tell."""

    THEME = "theme"  # rides
    WATER = "water"  # slides, pools and water play areas
    ANIMAL = "animal"  # encounters with animals


@dataclass(frozen=True, slots=True)
class ParkFacts:
    """One row of parks_reference.csv. Coordinates are given only where the feed's are wrong."""

    park_id: int
    name: str
    kind: ParkKind
    city: str
    state_province: str
    country: str
    operator: str
    timezone: str
    latitude: float | None
    longitude: float | None


@cache
def park_facts() -> Mapping[int, ParkFacts]:
    """Every park we have facts of, by its Queue-Times id."""
    text = resources.files(__package__).joinpath("parks_reference.csv").read_text(encoding="utf-8")
    facts = (_facts(row) for row in csv.DictReader(io.StringIO(text)))
    return MappingProxyType({park.park_id: park for park in facts})


def kind_of(park_id: int) -> ParkKind:
    """A park we know nothing of is a theme park: most are."""
    known = park_facts().get(park_id)
    return known.kind if known else ParkKind.THEME


def is_disney_universal(operator: str | None, group_name: str | None) -> bool:
    """Whether a park belongs to the filter `disney-universal`, by names alone: its operator's, and
    where none is known that of the feed's group, which may be a new one ("Universal Kids Resort")."""
    return _DISNEY_OR_UNIVERSAL.search(operator or group_name or "") is not None


def _facts(row: dict[str, str]) -> ParkFacts:
    return ParkFacts(
        park_id=int(row["park_id"]),
        name=row["name"],
        kind=ParkKind(row["kind"]),
        city=row["city"],
        state_province=row["state_province"],
        country=row["country"],
        operator=row["operator"],
        timezone=row["timezone"],
        latitude=float(row["latitude"]) if row["latitude"] else None,
        longitude=float(row["longitude"]) if row["longitude"] else None,
    )

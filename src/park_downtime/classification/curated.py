"""Classifications made ride by ride: exact_matches.json, and in the same format what a model answered.

{"schema_version": 1, "rides": {"6:138": {"tier": 1, "category": "ride", "confidence": 0.95,
 "reasoning": "...", "research_sources": ["..."]}}}
"""

from __future__ import annotations

import os
from collections.abc import Mapping
from pathlib import Path
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field, StringConstraints, ValidationError

from park_downtime.classification.statement import Source, Statement
from park_downtime.model import Category

PACKAGED = Path(__file__).parent / "exact_matches.json"

RideKey = Annotated[str, StringConstraints(pattern=r"^[1-9]\d*:[1-9]\d*$")]
Words = Annotated[str, StringConstraints(strip_whitespace=True, min_length=1, max_length=500)]


class CuratedInvalid(Exception):
    """The file cannot be used; the message names the file, the ride's key and the field."""


class CuratedRide(BaseModel):
    """One entry. `category` is written as the feed's categories are named in the model."""

    model_config = ConfigDict(extra="forbid", frozen=True)

    tier: Annotated[int, Field(strict=True, ge=1, le=3)]
    category: Category
    confidence: Annotated[float, Field(ge=0, le=1)]
    reasoning: Words
    research_sources: list[Words]


class CuratedFile(BaseModel):
    """The whole file. Keys are `park_id:ride_id`."""

    model_config = ConfigDict(extra="forbid")

    schema_version: Literal[1]
    rides: dict[RideKey, CuratedRide]


def read_file(path: Path) -> CuratedFile:
    """The file's contents; an absent file is an empty list."""
    try:
        return CuratedFile.model_validate_json(path.read_bytes())
    except FileNotFoundError:
        return CuratedFile(schema_version=1, rides={})
    except OSError as error:
        raise CuratedInvalid(f"{path}: cannot be read ({error})") from error
    except ValidationError as error:
        raise CuratedInvalid(f"{path}: {'; '.join(_problems(error))}") from None


def write_file(path: Path, content: CuratedFile) -> None:
    """Replace the file in one step: a reader sees the old one or the new one."""
    path.parent.mkdir(parents=True, exist_ok=True)
    new = path.with_name(path.name + ".new")
    new.write_text(content.model_dump_json(indent=1) + "\n", encoding="utf-8")
    os.replace(new, path)  # noqa: PTH105 - Path.replace is the same call


def statements(content: CuratedFile, source: Source) -> Mapping[tuple[int, int], Statement]:
    """The entries by (park id, ride id)."""
    return {
        ride_id(key): Statement(source, ride.category, ride.tier, ride.confidence, ride.reasoning)
        for key, ride in content.rides.items()
    }


def ride_id(key: str) -> tuple[int, int]:
    park, ride = key.split(":")
    return int(park), int(ride)


def _problems(error: ValidationError, at_most: int = 5) -> list[str]:
    found = [
        f"{'.'.join(str(part) for part in problem['loc'] if part != '[key]') or 'the file'}: {problem['msg']}"
        for problem in error.errors(include_url=False, include_input=False)
    ]
    more = [f"and {len(found) - at_most} more"] if len(found) > at_most else []
    return found[:at_most] + more

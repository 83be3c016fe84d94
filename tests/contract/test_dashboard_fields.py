"""The dashboard reads only what openapi.yaml promises, and its tests' stub answers as openapi.yaml says."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest
from openapi_schema_validator import OAS31Validator
from stub_answers import answer
from stub_world import World

from park_downtime.api import spec

ROOT = Path(__file__).parents[2]
SPEC: dict[str, Any] = spec.document()
SCHEMAS = SPEC["components"]["schemas"]
SNAKE = re.compile(r"\b[a-z]+(?:_[a-z0-9]+)+\b")
ANSWERS = [
    ("/api/parks/downtime", {"weighted": "true"}, "ParksDowntimeAnswer"),
    ("/api/rides/downtime", {}, "RidesDowntimeAnswer"),
    ("/api/rides/waittimes", {}, "WaitTimesAnswer"),
    ("/api/trends", {"category": "parks-declining"}, "TrendsAnswer"),
    ("/api/trends", {"category": "rides-improving"}, "TrendsAnswer"),
    ("/api/now", {}, "NowAnswer"),
    ("/api/parks", {}, "ParksAnswer"),
    ("/api/rides", {}, "RidesAnswer"),
    ("/api/corrections", {}, "CorrectionsAnswer"),
    ("/api/health", {}, "HealthAnswer"),
    ("/api/parks/1/details", {}, "ParkDetailsAnswer"),
    ("/api/parks/1/timeline", {}, "ParkTimelineAnswer"),
    ("/api/rides/1005/details", {}, "RideDetailsAnswer"),
]


def words(part: Any) -> set[str]:
    """Every name of a property or a parameter, and every value of an enum, in a part of the spec."""
    if isinstance(part, dict):
        named = {str(part["name"])} if "name" in part else set()
        named |= {str(value) for value in part.get("enum", [])} | set(part.get("properties", {}))
        return named.union(*(words(inner) for inner in part.values()))
    return set().union(*(words(inner) for inner in part)) if isinstance(part, list) else set()


@pytest.mark.parametrize("file", sorted((ROOT / "frontend" / "js").rglob("*.js")), ids=lambda file: file.name)
def test_every_field_that_is_read_is_promised(file: Path) -> None:
    assert set(SNAKE.findall(file.read_text())) <= words(SPEC)


@pytest.mark.parametrize(("path", "given", "schema"), ANSWERS)
@pytest.mark.parametrize(
    "world",
    [World(), World(is_stale=True), World(park_count=1, is_corrected=True)],
    ids=["usual", "stale", "one"],
)
def test_the_stub_answers_as_promised(path: str, given: dict[str, str], schema: str, world: World) -> None:
    body = answer(world, path, given)
    validator = OAS31Validator({"$ref": f"#/components/schemas/{schema}", "components": {"schemas": SCHEMAS}})
    assert [
        f"{'/'.join(map(str, error.path))}: {error.message}" for error in validator.iter_errors(body)
    ] == []

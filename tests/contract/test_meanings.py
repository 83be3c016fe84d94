"""Every field of the API that shows a column of the data takes its meaning from there, in whatever unit."""

from __future__ import annotations

from typing import Any

import yaml

from park_downtime.api import spec
from park_downtime.statistics.measures import MEANINGS

RAW: dict[str, Any] = yaml.safe_load(spec.text())
CALLED = {
    "total_downtime": "downtime_seconds",
    "park_wide_downtime": "park_wide_seconds",
    "uptime": "open_seconds",
    "state": "state_province",
}
"""What has another name in the API."""
PLAIN = {
    *("tier", "category", "operator", "land", "timezone", "latitude", "longitude", "city", "country"),
    *("is_incident", "due_at", "rides_with_downtime"),
}
"""Columns beside the measures whose name stands for them in every answer."""
ECHOED = "As asked"


def column_of(field: str) -> str | None:
    stem = field.removesuffix("_hours").removesuffix("_minutes")
    name = CALLED.get(stem, field if stem == field else f"{stem}_seconds")
    return name if name in MEANINGS or name in PLAIN or name in CALLED.values() else None


def fields_in(node: Any) -> list[tuple[str, dict[str, Any]]]:
    found: list[tuple[str, dict[str, Any]]] = []
    if isinstance(node, dict):
        for name, field in node.get("properties", {}).items():
            found.append((name, field))
        for inner in node.values():
            found += fields_in(inner)
    if isinstance(node, list):
        for inner in node:
            found += fields_in(inner)
    return found


FIELDS = [
    (name, field)
    for part in (RAW["x-parts"], RAW["components"]["schemas"])
    for name, field in fields_in(part)
    if "description" in field or "x-means" in field
]


def test_a_field_that_shows_a_column_says_what_the_column_means() -> None:
    wrong = [
        (name, field)
        for name, field in FIELDS
        if field.get("x-means") != column_of(name) and not field.get("description", "").startswith(ECHOED)
    ]
    assert wrong == []


def test_the_measures_are_among_them() -> None:
    shown = {field["x-means"] for _, field in FIELDS if "x-means" in field}
    assert len(shown) > 25
    assert {"downtime_seconds", "late_start_seconds", "unknown_seconds", "outage_count"} <= shown


def test_clients_read_the_words_of_the_docs() -> None:
    ranking = spec.document()["components"]["schemas"]["RideRanking"]["properties"]
    assert ranking["outage_count"]["description"].lower() == f"{MEANINGS['outage_count']}."

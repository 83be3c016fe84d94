"""docs/decisions/0001: its table of the plan's files names what is there, and its differences are so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from park_downtime.api import spec
from park_downtime.config.settings import KNOWN
from park_downtime.model import Status

CHECKOUT = Path(__file__).parents[2]
PAGE = (CHECKOUT / "docs" / "decisions" / "0001-from-the-plan-to-this-tree.md").read_text("utf-8")
PLACES, DIFFERENCES = PAGE.partition("## What differs on purpose")[::2]


def cells(table: str) -> list[list[str]]:
    """Rows of Markdown tables without their heads."""
    rows = [line.strip("|").split("|") for line in table.splitlines() if line.startswith("|")]
    return [[cell.strip() for cell in row] for row in rows if set(row[0]) != {"-"}][1:]


HERE = [path for row in cells(PLACES) for path in re.findall(r"`([^`]+)`", row[1])]


def is_there(path: str) -> bool:
    found = [base / path for base in (CHECKOUT, CHECKOUT / "src" / "park_downtime") if (base / path).exists()]
    return any(place.is_dir() is path.endswith("/") for place in found)


@pytest.mark.parametrize("path", HERE)
def test_every_place_is_there(path: str) -> None:
    assert is_there(path)


def test_a_place_that_is_gone_would_be_seen() -> None:
    assert not is_there("collector/")
    assert not is_there("database/tables/")
    assert is_there("database/tables.py")


def test_no_folder_of_the_package_is_left_out() -> None:
    folders = {path.name for path in (CHECKOUT / "src" / "park_downtime").iterdir() if path.is_dir()}
    named = {path.partition("/")[0] for path in HERE}
    assert folders - named - {"__pycache__"} == set()


def test_every_difference_has_its_origin_and_a_reason() -> None:
    rows = cells(DIFFERENCES)
    assert {row[0] for row in rows} == {"plan", "contract"}
    assert [row for row in rows if len(row) != 3 or not all(row)] == []


def test_the_differences_are_so() -> None:
    operations = spec.operations()
    period = {
        name: of.of("query")["period"].default
        for name, of in operations.items()
        if "period" in of.of("query")
    }
    assert {period.pop(name) for name in ("trends", "parkBadge", "rideBadge")} == {"7days"}
    assert {period.pop(f"{whose}Breakdowns") for whose in ("park", "ride")} == {"30days"}
    assert set(period.values()) == {"today"}
    assert [str(status) for status in Status] == ["Running", "Down", "Closed", "Unknown"]
    assert {known.default for known in KNOWN if known.name == "API_KEYS_REQUIRED"} == {"false"}
    assert not (CHECKOUT / "pytest.ini").exists()


def test_the_pyramid_is_as_it_is_told() -> None:
    counted = [
        sum(
            file.read_text("utf-8").count("def test_")
            for file in (CHECKOUT / "tests" / kind).rglob("test_*.py")
        )
        for kind in ("unit", "integration", "browser", "system")
    ]
    assert counted == sorted(counted, reverse=True)

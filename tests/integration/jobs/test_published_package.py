"""The validator of Frictionless reads what `publish` writes, every resource and every cell of it."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from made_up_month import OVER

from park_downtime.database.engine import make_engine
from park_downtime.jobs.publish import publish
from park_downtime.stretches.archive import StretchArchive


@pytest.fixture
def folder(closed_month: Path, tmp_path: Path) -> Path:
    engine = make_engine(f"sqlite:///{closed_month / 'month.sqlite'}")
    archive = StretchArchive(closed_month / "archive")
    publish(engine, archive, tmp_path / "data", OVER + timedelta(days=2))
    engine.dispose()
    return tmp_path / "data"


def validated(folder: Path) -> dict[str, Any]:
    """What `frictionless validate` reports, in a process of its own: it leaves files open."""
    called = [sys.executable, "-m", "frictionless", "validate", "--json", "datapackage.json"]
    done = subprocess.run(called, cwd=folder, capture_output=True, check=False)
    report = json.loads(done.stdout)
    assert isinstance(report, dict)
    assert (done.returncode == 0) == report["valid"]
    return report


def errors(report: dict[str, Any]) -> dict[str, set[str]]:
    """By resource, the kinds of what is wrong with it."""
    return {
        task["name"]: {one["type"] for one in task["errors"]} for task in report["tasks"] if task["errors"]
    }


def change(file: Path, line: int, old: str, new: str) -> None:
    lines = gzip.decompress(file.read_bytes()).decode().splitlines(keepends=True)
    assert old in lines[line]
    lines[line] = lines[line].replace(old, new, 1)
    file.write_bytes(gzip.compress("".join(lines).encode()))


def test_it_finds_nothing_wrong_in_any_resource(folder: Path) -> None:
    report = validated(folder)
    assert (report["valid"], report["errors"], errors(report)) == (True, [], {})
    assert (report["stats"]["warnings"], report["stats"]["tasks"]) == (0, 10)
    rows = {task["name"]: task["stats"]["rows"] for task in report["tasks"]}
    assert (rows.pop("parks"), rows.pop("rides")) == (3, 36)
    tables = ("park-days", "ride-days", "outages", "stretches")
    assert rows.keys() == {f"{name}-2025-{month}" for name in tables for month in (10, 11)}
    assert all(count > 50 for count in rows.values())


def test_it_looked_at_corrections_and_at_lines_of_every_kind(folder: Path) -> None:
    assert json.loads((folder / "datapackage.json").read_bytes())["corrections"]
    text = gzip.decompress((folder / "2025-11" / "stretches.csv.gz").read_bytes()).decode()
    assert {line.split(",")[2] for line in text.splitlines()[1:]} == {
        *("day", "ride", "open", "closed", "running", "not_running", "standstill", "left_open", "reading")
    }


@pytest.mark.parametrize(
    ("table", "old", "new", "kind"),
    [
        ("ride_days", "2025-11-01", "01.11.2025", "type-error"),
        ("park_days", "false", "maybe", "type-error"),
        ("outages", "3,", "three,", "type-error"),
        ("stretches", "2025-11-01,", "", "missing-cell"),
    ],
)
def test_it_finds_a_damaged_cell(folder: Path, table: str, old: str, new: str, kind: str) -> None:
    change(folder / "2025-11" / f"{table}.csv.gz", 1, old, new)
    (found,) = errors(validated(folder)).items()
    assert found[0] == f"{table.replace('_', '-')}-2025-11"
    assert kind in found[1]


def test_it_finds_another_figure_by_the_checksum(folder: Path) -> None:
    change(folder / "2025-11" / "ride_days.csv.gz", 1, ",0,", ",1,")
    assert "hash-count" in errors(validated(folder))["ride-days-2025-11"]

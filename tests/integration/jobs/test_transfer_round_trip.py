"""Export, import, equal: between SQLite and MariaDB, both ways."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from transfer_support import UNTIL, Move

from park_downtime.database.engine import reading
from park_downtime.database.keys import list_keys
from park_downtime.database.transfer import ALL_TABLES, PERMANENT, READINGS, filled_tables
from park_downtime.database.version import current_version
from park_downtime.jobs.transfer import export_archive, import_archive

TOTALS = {"ride_period_totals", "park_period_totals"}


def content(engine: Engine, names: set[str]) -> dict[str, list[tuple[Any, ...]]]:
    """All rows, floats to six digits: what a MySQL FLOAT keeps."""
    with reading(engine) as connection:
        return {
            table.name: [
                tuple(float(f"{value:.6g}") if isinstance(value, float) else value for value in row)
                for row in connection.execute(select(table).order_by(*table.primary_key.columns))
            ]
            for table in ALL_TABLES
            if table.name in names
        }


def names_of(tables: Any) -> set[str]:
    return {table.name for table in tables}


def test_everything_permanent_is_equal_afterwards(move: Move, tmp_path: Path) -> None:
    export_archive(move.source, tmp_path / "all.zip", UNTIL)
    import_archive(move.target, tmp_path / "all.zip")
    names = names_of(PERMANENT) | TOTALS
    before = content(move.source, names)
    assert {name for name, rows in before.items() if not rows} == {"ride_names"}
    assert content(move.target, names) == before


def test_readings_stay_behind_unless_asked_for(move: Move, tmp_path: Path) -> None:
    export_archive(move.source, tmp_path / "all.zip", UNTIL)
    import_archive(move.target, tmp_path / "all.zip")
    with reading(move.target) as connection:
        assert names_of(READINGS) & set(filled_tables(connection)) == set()


def test_with_readings_nothing_is_missing(move: Move, tmp_path: Path) -> None:
    export_archive(move.source, tmp_path / "all.zip", UNTIL, with_readings=True)
    import_archive(move.target, tmp_path / "all.zip")
    names = names_of(ALL_TABLES) - {"data_version", "ready_columns"}
    before = content(move.source, names)
    assert before["ride_runs"]
    assert before["api_usage"] == [(1, UNTIL, 7)]
    assert content(move.target, names) == before


def test_the_same_content_gives_the_same_archive_on_both_engines(move: Move, tmp_path: Path) -> None:
    export_archive(move.source, tmp_path / "one.zip", UNTIL, with_readings=True)
    import_archive(move.target, tmp_path / "one.zip")
    export_archive(move.target, tmp_path / "two.zip", UNTIL, with_readings=True)
    first, second = (
        json.loads(zipfile.ZipFile(tmp_path / name).read("manifest.json")) for name in ("one.zip", "two.zip")
    )
    assert first["tables"] == second["tables"]
    assert first["totals"] == second["totals"]


def test_answers_kept_from_before_are_not_confirmed(move: Move, tmp_path: Path) -> None:
    """The data version rises, so that no cache mistakes the new database for the old one."""
    export_archive(move.source, tmp_path / "all.zip", UNTIL, with_readings=True)
    import_archive(move.target, tmp_path / "all.zip")
    with reading(move.source) as old, reading(move.target) as new:
        before, after = current_version(old), current_version(new)
    assert after == (before[0] + 1, before[1])


def test_an_api_key_goes_on_working(move: Move, tmp_path: Path) -> None:
    export_archive(move.source, tmp_path / "all.zip", UNTIL)
    import_archive(move.target, tmp_path / "all.zip")
    with reading(move.target) as connection:
        (key,) = list_keys(connection)
    assert key.name == "Ærø 北京 🎢"


@pytest.mark.parametrize("with_readings", [False, True])
def test_replace_leaves_nothing_of_what_was_there(move: Move, tmp_path: Path, with_readings: bool) -> None:
    export_archive(move.source, tmp_path / "all.zip", UNTIL, with_readings=True)
    import_archive(move.target, tmp_path / "all.zip")
    export_archive(move.source, tmp_path / "again.zip", UNTIL, with_readings=with_readings)
    import_archive(move.target, tmp_path / "again.zip", replace=True)
    carried = names_of(PERMANENT) | (names_of(READINGS) if with_readings else set())
    assert content(move.target, carried) == content(move.source, carried)
    with reading(move.target) as connection:
        assert with_readings or names_of(READINGS) & set(filled_tables(connection)) == set()

"""An archive knows whether what it holds is made up, and hands that on."""

from __future__ import annotations

import json
import zipfile
from pathlib import Path
from typing import Any

from sqlalchemy import Engine, update
from transfer_support import UNTIL, Move

from park_downtime.database.engine import reading, writing
from park_downtime.database.statistics_tables import data_version
from park_downtime.database.version import is_simulated
from park_downtime.jobs.transfer import export_archive, import_archive


def manifest(path: Path) -> dict[str, Any]:
    with zipfile.ZipFile(path) as file:
        found = json.loads(file.read("manifest.json"))
    assert isinstance(found, dict)
    return found


def without_mark_in_manifest(path: Path, to: Path) -> Path:
    """The archive as a release wrote it that knew no mark."""
    with zipfile.ZipFile(path) as old, zipfile.ZipFile(to, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            if name == "manifest.json":
                known = json.loads(content)
                del known["simulated"]
                content = json.dumps(known).encode()
            new.writestr(name, content)
    return to


def is_marked(engine: Engine) -> bool:
    with reading(engine) as connection:
        return is_simulated(connection)


def test_the_mark_goes_with_the_archive(move: Move, tmp_path: Path) -> None:
    report = export_archive(move.source, tmp_path / "all.zip", UNTIL)
    assert report.is_simulated
    assert manifest(tmp_path / "all.zip")["simulated"] is True
    assert import_archive(move.target, tmp_path / "all.zip").is_simulated
    assert is_marked(move.target)


def test_real_data_stay_unmarked(move: Move, tmp_path: Path) -> None:
    with writing(move.source) as connection:
        connection.execute(update(data_version).values(is_simulated=None))
    export_archive(move.source, tmp_path / "all.zip", UNTIL)
    assert manifest(tmp_path / "all.zip")["simulated"] is False
    import_archive(move.target, tmp_path / "all.zip")
    assert not is_marked(move.target)


def test_an_archive_of_an_earlier_release_is_read(move: Move, tmp_path: Path) -> None:
    export_archive(move.source, tmp_path / "all.zip", UNTIL)
    import_archive(move.target, without_mark_in_manifest(tmp_path / "all.zip", tmp_path / "old.zip"))
    assert not is_marked(move.target)

"""What export and import refuse: one clear error, and nothing is written."""

from __future__ import annotations

import hashlib
import json
import zipfile
from pathlib import Path

import pytest
from sqlalchemy import Engine
from transfer_support import UNTIL

from park_downtime.archive import ArchiveUnusable
from park_downtime.database.engine import make_engine, reading
from park_downtime.database.schema import SchemaBehind, migrate
from park_downtime.database.transfer import filled_tables
from park_downtime.jobs.transfer import ImportStopped, NotEmpty, export_archive, import_archive


@pytest.fixture
def archive(filled: Engine, tmp_path: Path) -> Path:
    export_archive(filled, tmp_path / "all.zip", UNTIL)
    return tmp_path / "all.zip"


@pytest.fixture
def empty(tmp_path: Path) -> Engine:
    engine = make_engine(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    migrate(engine)
    return engine


def rewritten(archive: Path, member: str, old: bytes, new: bytes) -> Path:
    """The same archive with one member changed."""
    changed = archive.with_name("changed.zip")
    with zipfile.ZipFile(archive) as source, zipfile.ZipFile(changed, "w") as target:
        for name in source.namelist():
            content = source.read(name)
            if name == member:
                assert old in content
                content = content.replace(old, new, 1)
            target.writestr(name, content)
    return changed


def is_empty(engine: Engine) -> bool:
    with reading(engine) as connection:
        return filled_tables(connection) == []


def test_a_filled_database_is_left_alone(filled: Engine, archive: Path) -> None:
    with pytest.raises(NotEmpty, match=r"not empty \(.+, \.\.\.\): .*--replace"):
        import_archive(filled, archive)


def test_a_changed_line_is_found_before_anything_is_written(archive: Path, empty: Engine) -> None:
    with pytest.raises(ArchiveUnusable, match="is damaged: parks is not what its manifest says"):
        import_archive(empty, rewritten(archive, "parks.jsonl", b"[1,", b"[9,"))
    assert is_empty(empty)


def test_a_missing_table_is_found_before_anything_is_written(archive: Path, empty: Engine) -> None:
    with pytest.raises(ArchiveUnusable, match="parks does not fit the manifest"):
        import_archive(empty, rewritten(archive, "manifest.json", b'"parks": {', b'"perks": {'))
    assert is_empty(empty)


def test_another_format_is_named(archive: Path, empty: Engine) -> None:
    changed = rewritten(archive, "manifest.json", b'"format": 2', b'"format": 3')
    with pytest.raises(ArchiveUnusable, match="has format 3, this program reads 2 and older"):
        import_archive(empty, changed)


@pytest.mark.parametrize("content", [b"", b"parks", b"PK\x05\x06" + bytes(18)])
def test_a_file_that_is_no_archive(empty: Engine, tmp_path: Path, content: bytes) -> None:
    (tmp_path / "other").write_bytes(content)
    with pytest.raises(ArchiveUnusable, match="is no archive of `park-downtime export`"):
        import_archive(empty, tmp_path / "other")


def test_a_torn_archive(archive: Path, empty: Engine) -> None:
    archive.write_bytes(archive.read_bytes()[:-100])
    with pytest.raises(ArchiveUnusable):
        import_archive(empty, archive)


def test_an_unmigrated_database(archive: Path, tmp_path: Path) -> None:
    with pytest.raises(SchemaBehind, match="park-downtime migrate"):
        import_archive(make_engine(f"sqlite:///{tmp_path / 'new.sqlite'}"), archive)


def test_what_cannot_be_stored_says_that_the_import_is_not_complete(archive: Path, empty: Engine) -> None:
    with zipfile.ZipFile(archive) as file:
        entry = json.loads(file.read("manifest.json"))["tables"]["parks"]
        lines = file.read("parks.jsonl")
    twice = lines + lines.splitlines(keepends=True)[0]
    changed = rewritten(archive, "parks.jsonl", lines, twice)
    changed = changed.rename(archive.with_name("twice.zip"))
    changed = rewritten(
        changed, "manifest.json", entry["sha256"].encode(), hashlib.sha256(twice).hexdigest().encode()
    )
    changed = changed.rename(archive.with_name("thrice.zip"))
    changed = rewritten(
        changed,
        "manifest.json",
        f'"rows": {entry["rows"]},\n   "sha256": "{hashlib.sha256(twice).hexdigest()}'.encode(),
        f'"rows": {entry["rows"] + 1},\n   "sha256": "{hashlib.sha256(twice).hexdigest()}'.encode(),
    )
    with pytest.raises(ImportStopped, match="not complete: repeat it with --replace"):
        import_archive(empty, changed)


def test_a_failed_export_leaves_no_file(filled: Engine, tmp_path: Path) -> None:
    def fail(done: int, total: int) -> None:
        raise InterruptedError

    with pytest.raises(InterruptedError):
        export_archive(filled, tmp_path / "all.zip", UNTIL, progress=fail)
    assert [path.name for path in tmp_path.iterdir() if "zip" in path.name] == []


def test_the_archive_is_readable_by_its_owner_alone(archive: Path) -> None:
    assert archive.stat().st_mode & 0o777 == 0o600

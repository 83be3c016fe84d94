"""Stretches of closed days go with an export, and no day that is there already is written over."""

from __future__ import annotations

import json
import os
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path

import pytest
from made_up_month import DATES, OVER, PARKS
from sqlalchemy import Engine

from park_downtime.archive import ArchiveUnusable
from park_downtime.database.engine import make_engine, reading
from park_downtime.database.transfer import filled_tables
from park_downtime.jobs import transfer
from park_downtime.jobs.publish import publish
from park_downtime.jobs.rejudge import rejudge
from park_downtime.jobs.transfer import export_archive, import_archive
from park_downtime.stretches.archive import (
    ArchiveUnreadable,
    ArchiveUnwritable,
    StretchArchive,
    StretchesDiffer,
)

OF_0_1_0 = Path(__file__).parent / "archive-of-0.1.0.zip"
LATER = OVER + timedelta(days=2)
DAYS = 35 * 3
NOVEMBER = date(2025, 11, 1)


@pytest.fixture
def source(closed_month: Path) -> StretchArchive:
    return StretchArchive(closed_month / "archive")


@pytest.fixture
def month(closed_month: Path) -> Iterator[Engine]:
    """The database that is exported."""
    engine = make_engine(f"sqlite:///{closed_month / 'month.sqlite'}")
    yield engine
    engine.dispose()


@pytest.fixture(scope="module")
def carried(closed_month: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("carried") / "all.zip"
    engine = make_engine(f"sqlite:///{closed_month / 'month.sqlite'}")
    export_archive(engine, file, OVER, stretches=StretchArchive(closed_month / "archive"))
    engine.dispose()
    return file


@pytest.fixture
def target(tmp_path: Path) -> StretchArchive:
    return StretchArchive(tmp_path / "target")


def files(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and not file.name.endswith(".lock")
    }


def manifest_stretches(path: Path) -> object:
    with zipfile.ZipFile(path) as file:
        return json.loads(file.read("manifest.json"))["stretches"]


def is_empty(engine: Engine) -> bool:
    with reading(engine) as connection:
        return filled_tables(connection) == []


def test_every_file_is_there_afterwards(
    sqlite_engine: Engine, carried: Path, source: StretchArchive, target: StretchArchive
) -> None:
    report = import_archive(sqlite_engine, carried, stretches=target)
    assert (report.stretch_days, report.stretch_days_added) == (DAYS, DAYS)
    assert files(target.folder) == files(source.folder)
    assert len(files(target.folder)) == 2 * len(PARKS)


@pytest.mark.no_cover
def test_the_other_installation_judges_publishes_and_exports_the_same(
    engine: Engine,
    month: Engine,
    carried: Path,
    source: StretchArchive,
    target: StretchArchive,
    tmp_path: Path,
) -> None:
    import_archive(engine, carried, stretches=target)
    again = [rejudge(one, archive, DATES, LATER) for one, archive in ((month, source), (engine, target))]
    assert [[of_park.changed for of_park in report.parks] for report in again] == [[[], [], []]] * 2
    assert [of_park.after for of_park in again[0].parks] == [of_park.after for of_park in again[1].parks]
    assert [of_park.not_whole for of_park in again[1].parks] == [[], [], []]
    publish(month, source, tmp_path / "before", LATER)
    publish(engine, target, tmp_path / "after", LATER)
    assert files(tmp_path / "after") == files(tmp_path / "before")
    export_archive(engine, tmp_path / "again.zip", LATER, stretches=target)
    assert manifest_stretches(tmp_path / "again.zip") == manifest_stretches(carried)


def test_days_that_are_there_stay_and_the_rest_is_added(
    sqlite_engine: Engine, carried: Path, source: StretchArchive, target: StretchArchive
) -> None:
    kept = source.days_of(4, NOVEMBER)
    first = kept[date(2025, 11, 3)]
    further = replace(first, day=date(2025, 11, 29))
    for one in (first, further, replace(first, park_id=99)):
        target.keep(one)
    report = import_archive(sqlite_engine, carried, stretches=target)
    assert (report.stretch_days, report.stretch_days_added) == (DAYS, DAYS - 1)
    found = target.days_of(4, NOVEMBER)
    assert found.pop(further.day).rides == further.rides
    assert found == kept
    assert target.days_kept(99, NOVEMBER) == {first.day}


def test_nothing_is_imported_where_a_day_has_another_content(
    sqlite_engine: Engine, carried: Path, source: StretchArchive, target: StretchArchive
) -> None:
    target.keep(replace(source.days_of(4, NOVEMBER)[date(2025, 11, 3)], doubts=[], runs=[]))
    before = files(target.folder)
    with pytest.raises(
        StretchesDiffer,
        match=r"target \(ARCHIVE_DIR\) .*all.zip of 1 days .*2025-11-03 of park 4, .*another folder",
    ):
        import_archive(sqlite_engine, carried, replace=True, stretches=target)
    assert files(target.folder) == before
    assert is_empty(sqlite_engine)


def test_one_that_another_job_stores_meanwhile_stays_too(
    source: StretchArchive, target: StretchArchive
) -> None:
    other = replace(source.days_of(4, NOVEMBER)[date(2025, 11, 3)], runs=[])
    target.keep(other)
    with pytest.raises(StretchesDiffer, match=r"4/2025-11.csv.gz has other stretches of 2025-11-03"):
        target.add_missing(4, NOVEMBER, source.packed_days(4, NOVEMBER))
    assert target.days_of(4, NOVEMBER) == {other.day: other}


def test_damaged_stretches_are_found_before_anything_is_written(
    sqlite_engine: Engine, carried: Path, target: StretchArchive, tmp_path: Path
) -> None:
    damaged = tmp_path / "damaged.zip"
    with zipfile.ZipFile(carried) as old, zipfile.ZipFile(damaged, "w") as new:
        for name in old.namelist():
            content = old.read(name)
            new.writestr(name, content[:-1] + b"!" if name == "stretches/5/2025-10.csv.gz" else content)
    with pytest.raises(ArchiveUnusable, match="stretches of 5/2025-10 are not what its manifest says"):
        import_archive(sqlite_engine, damaged, stretches=target)
    assert is_empty(sqlite_engine)
    assert not target.folder.exists()


@pytest.mark.parametrize("name", ["../2025-10", "4/2025-13", "5/2025-10", "4/2025-11"])
def test_stretches_under_another_name_are_refused(
    sqlite_engine: Engine, carried: Path, target: StretchArchive, tmp_path: Path, name: str
) -> None:
    renamed = tmp_path / "renamed.zip"
    with zipfile.ZipFile(carried) as old, zipfile.ZipFile(renamed, "w") as new:
        described = json.loads(old.read("manifest.json"))
        described["stretches"] = {name: described["stretches"]["4/2025-10"]}
        for table in described["tables"]:
            new.writestr(f"{table}.jsonl", old.read(f"{table}.jsonl"))
        new.writestr("manifest.json", json.dumps(described))
        new.writestr(f"stretches/{name}.csv.gz", old.read("stretches/4/2025-10.csv.gz"))
    with pytest.raises(ArchiveUnusable, match=f"stretches of {name} in the archive cannot be used"):
        import_archive(sqlite_engine, renamed, stretches=target)
    assert not target.folder.exists()


def test_an_archive_of_an_earlier_release_has_none(sqlite_engine: Engine, target: StretchArchive) -> None:
    assert import_archive(sqlite_engine, OF_0_1_0, stretches=target).stretch_days is None
    assert not target.folder.exists()


def test_one_of_an_installation_that_has_none_says_so(sqlite_engine: Engine, target: StretchArchive) -> None:
    path = target.folder.with_name("none.zip")
    assert export_archive(sqlite_engine, path, OVER, stretches=target).stretch_days == 0
    assert import_archive(sqlite_engine, path, replace=True, stretches=target).stretch_days == 0


def test_killed_among_the_stretches_the_same_call_goes_on(
    sqlite_engine: Engine, carried: Path, source: StretchArchive, target: StretchArchive
) -> None:
    def killed(done: int, total: int) -> None:
        if done == 3:
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        import_archive(sqlite_engine, carried, progress=killed, stretches=target)
    assert len(files(target.folder)) == 3
    assert is_empty(sqlite_engine)
    assert import_archive(sqlite_engine, carried, stretches=target).stretch_days_added < DAYS
    assert files(target.folder) == files(source.folder)


def test_on_a_full_disk_the_database_stays_empty_and_the_same_call_goes_on(
    sqlite_engine: Engine,
    carried: Path,
    source: StretchArchive,
    target: StretchArchive,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", full)
        with pytest.raises(
            ArchiveUnwritable, match=r"ARCHIVE_DIR: .*csv.gz cannot be written: No space left"
        ):
            import_archive(sqlite_engine, carried, stretches=target)
    assert is_empty(sqlite_engine)
    import_archive(sqlite_engine, carried, stretches=target)
    assert files(target.folder) == files(source.folder)


def test_stretches_are_there_before_a_day_is_final(
    sqlite_engine: Engine,
    carried: Path,
    source: StretchArchive,
    target: StretchArchive,
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    def killed(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr(transfer, "insert_plain", killed)
    with pytest.raises(KeyboardInterrupt):
        import_archive(sqlite_engine, carried, stretches=target)
    assert files(target.folder) == files(source.folder)


def test_a_damaged_file_of_the_folder_is_told_and_nothing_is_exported(
    month: Engine, source: StretchArchive, target: StretchArchive, tmp_path: Path
) -> None:
    for one in (4, 5):
        target.add_missing(one, NOVEMBER, source.packed_days(one, NOVEMBER))
    target.file_of(5, NOVEMBER).write_bytes(b"gone")
    with pytest.raises(ArchiveUnreadable, match=r"5/2025-11.csv.gz is damaged"):
        export_archive(month, tmp_path / "new.zip", OVER, stretches=target)
    assert list(tmp_path.glob("new.zip*")) == []


def test_what_is_no_month_of_ours_is_left_out(
    month: Engine, source: StretchArchive, target: StretchArchive, tmp_path: Path
) -> None:
    target.add_missing(4, NOVEMBER, source.packed_days(4, NOVEMBER))
    for name in ("2025-12.csv.gz.unfinished", "2025-13.csv.gz", "notes.csv.gz"):
        (target.folder / "4" / name).write_bytes(b"torn")
    export_archive(month, tmp_path / "new.zip", OVER, stretches=target)
    assert list(manifest_stretches(tmp_path / "new.zip")) == ["4/2025-11"]  # type: ignore[call-overload]

"""The files of the archive: whole, the same bytes for the same days, and nothing lost by two jobs at once."""

from __future__ import annotations

import gzip
import multiprocessing
import os
from datetime import date
from pathlib import Path

import pytest

from park_downtime.stretches.archive import ArchiveUnreadable, ArchiveUnwritable, StretchArchive
from park_downtime.stretches.archived_day import ArchivedDay
from park_downtime.stretches.lines import HEADER

JULY = date(2026, 7, 1)


def day(number: int, timezone: str = "Europe/Paris", park_id: int = 4) -> ArchivedDay:
    return ArchivedDay(park_id, date(2026, 7, number), timezone)


@pytest.fixture
def archive(tmp_path: Path) -> StretchArchive:
    return StretchArchive(tmp_path / "archive")


def file(archive: StretchArchive) -> Path:
    return archive.folder / "4" / "2026-07.csv.gz"


def test_a_month_of_a_park_is_one_table(archive: StretchArchive) -> None:
    for number in (2, 1):
        archive.keep(day(number))
    assert gzip.decompress(file(archive).read_bytes()).decode() == (
        f"{HEADER}4,2026-07-01,day,,,,,,,Europe/Paris\n4,2026-07-02,day,,,,,,,Europe/Paris\n"
    )


def test_days_are_found_again(archive: StretchArchive) -> None:
    archive.keep(day(3))
    archive.keep(day(3, park_id=5))
    assert archive.days_kept(4, JULY) == {date(2026, 7, 3)}
    assert archive.days_of(4, JULY) == {date(2026, 7, 3): day(3)}


def test_of_a_month_without_a_file_nothing_is_kept(archive: StretchArchive) -> None:
    assert archive.days_kept(4, JULY) == set()


def test_a_day_that_is_closed_again_takes_its_own_place(archive: StretchArchive) -> None:
    for number in (1, 2, 3):
        archive.keep(day(number))
    archive.keep(day(2, "Europe/Berlin"))
    kept = archive.days_of(4, JULY)
    assert [one.timezone for _, one in sorted(kept.items())] == [
        "Europe/Paris",
        "Europe/Berlin",
        "Europe/Paris",
    ]


def test_the_same_days_are_the_same_bytes_in_any_order(archive: StretchArchive, tmp_path: Path) -> None:
    other = StretchArchive(tmp_path / "other")
    for number in (1, 2, 3):
        archive.keep(day(number))
    for one in (day(3), day(1, "Europe/Berlin"), day(2), day(1)):
        other.keep(one)
    assert file(archive).read_bytes() == file(other).read_bytes()


def test_a_day_that_is_the_same_touches_no_file(archive: StretchArchive) -> None:
    archive.keep(day(1))
    before = file(archive).stat().st_ino
    archive.keep(day(1))
    assert file(archive).stat().st_ino == before


def test_what_is_missing_is_added_and_nothing_replaced(archive: StretchArchive) -> None:
    archive.keep(day(1))
    for number in (1, 2):
        archive.keep_missing(day(number, "Europe/Berlin"))
    kept = archive.days_of(4, JULY)
    assert [one.timezone for _, one in sorted(kept.items())] == ["Europe/Paris", "Europe/Berlin"]


def test_killed_while_it_writes_the_file_is_as_it_was(
    archive: StretchArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    archive.keep(day(1))
    before = file(archive).read_bytes()

    def killed(_: int) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as patched:
        patched.setattr(os, "fsync", killed)
        with pytest.raises(KeyboardInterrupt):
            archive.keep(day(2))
    assert file(archive).read_bytes() == before
    archive.keep(day(2))
    assert archive.days_kept(4, JULY) == {date(2026, 7, 1), date(2026, 7, 2)}


def test_a_full_disk_is_told_by_setting_and_file(
    archive: StretchArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(ArchiveUnwritable, match=r"ARCHIVE_DIR: .*4/2026-07.csv.gz .*No space left on device"):
        archive.keep(day(1))
    assert not file(archive).exists()


@pytest.mark.parametrize("damage", [b"", b"park_id,local_date\n", b"\x1f\x8b\x08"])
def test_a_file_that_is_damaged_is_left_alone_and_told(archive: StretchArchive, damage: bytes) -> None:
    archive.keep(day(1))
    damaged = file(archive).read_bytes()[:-9] + damage
    file(archive).write_bytes(damaged)
    with pytest.raises(
        ArchiveUnreadable, match=r"2026-07.csv.gz is damaged .*: put a copy of it in its place"
    ):
        archive.keep(day(2))
    assert file(archive).read_bytes() == damaged


def test_an_empty_file_is_damaged_too(archive: StretchArchive) -> None:
    archive.keep(day(1))
    file(archive).write_bytes(b"")
    with pytest.raises(ArchiveUnreadable, match="it is empty"):
        archive.days_kept(4, JULY)


def test_another_table_is_none_of_ours(archive: StretchArchive) -> None:
    archive.keep(day(1))
    file(archive).write_bytes(gzip.compress(b"park_id,colour\n"))
    with pytest.raises(ArchiveUnreadable, match="not with the columns of this release"):
        archive.days_of(4, JULY)


def _keep_all(folder: Path, numbers: list[int]) -> None:
    archive = StretchArchive(folder)
    for number in numbers:
        archive.keep(day(number))


def test_two_jobs_at_once_lose_nothing(archive: StretchArchive) -> None:
    context = multiprocessing.get_context("spawn")
    halves = [list(range(1, 31, 2)), list(range(2, 31, 2))]
    jobs = [context.Process(target=_keep_all, args=(archive.folder, half)) for half in halves]
    for job in jobs:
        job.start()
    for job in jobs:
        job.join()
    assert archive.days_kept(4, JULY) == {date(2026, 7, number) for number in range(1, 31)}

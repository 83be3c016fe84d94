"""`export` and `import` as they are called."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from park_downtime.stretches.archive import StretchArchive
from park_downtime.stretches.archived_day import ArchivedDay

Call = Callable[..., tuple[int, str, str]]

pytestmark = pytest.mark.usefixtures("feed")


def test_from_one_database_into_another(call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    call("migrate")
    call("collect")
    status, out, _ = call("export", "all.zip")
    assert (status, out.startswith("Exported ")) == (0, True)
    monkeypatch.setenv("DATABASE_URL", f"sqlite:///{tmp_path / 'other.sqlite'}")
    call("migrate")
    status, out, _ = call("import", "all.zip")
    assert (status, out.startswith("Imported ")) == (0, True)
    status, _, err = call("import", "all.zip")
    assert (status, "Error: the database is not empty" in err) == (1, True)
    assert call("import", "all.zip", "--replace")[0] == 0


def test_an_existing_file_is_not_overwritten_unless_forced(call: Call) -> None:
    call("migrate")
    Path("all.zip").write_text("precious", "utf-8")
    status, _, err = call("export", "all.zip")
    assert (status, "all.zip exists" in err) == (1, True)
    assert Path("all.zip").read_text("utf-8") == "precious"
    assert call("export", "all.zip", "--force")[0] == 0


def test_a_folder_that_does_not_exist(call: Call) -> None:
    call("migrate")
    status, _, err = call("export", "missing/all.zip")
    assert status == 1
    assert err.strip().endswith("missing/all.zip.unfinished: No such file or directory")


def test_what_is_no_archive(call: Call) -> None:
    call("migrate")
    Path("all.zip").write_text("precious", "utf-8")
    status, _, err = call("import", "all.zip")
    assert (status, "Error: all.zip is no archive" in err) == (1, True)


def test_they_say_how_many_days_have_stretches_and_where(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARCHIVE_DIR", str(tmp_path / "kept"))
    StretchArchive(tmp_path / "kept").keep(ArchivedDay(4, date(2026, 7, 1), "Europe/Paris"))
    call("migrate")
    _, out, _ = call("export", "all.zip")
    assert out.splitlines()[1] == f"with the stretches of 1 days of parks from {tmp_path / 'kept'}"
    _, out, _ = call("import", "all.zip")
    assert out.splitlines()[1] == (
        f"with the stretches of 1 days of parks in {tmp_path / 'kept'}, 0 of them new there"
    )
    monkeypatch.delenv("ARCHIVE_DIR")
    _, out, _ = call("import", "all.zip", "--replace")
    beside = tmp_path / "data" / "downtime.sqlite-archive"
    assert out.splitlines()[1] == (
        f"with the stretches of 1 days of parks in {beside} (ARCHIVE_DIR is not set), 1 of them new there"
    )


def test_another_content_of_a_day_is_one_line(
    call: Call, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("ARCHIVE_DIR", str(tmp_path / "kept"))
    archive = StretchArchive(tmp_path / "kept")
    archive.keep(ArchivedDay(4, date(2026, 7, 1), "Europe/Paris"))
    call("migrate")
    call("export", "all.zip")
    archive.keep(ArchivedDay(4, date(2026, 7, 1), "Europe/Berlin"))
    status, _, err = call("import", "all.zip")
    assert (status, "has other stretches than all.zip of 1 days of parks" in err) == (1, True)


def test_what_an_earlier_release_exported_has_none_and_says_so(call: Call) -> None:
    call("migrate")
    earlier = Path(__file__).parent.parent / "jobs" / "archive-of-0.1.0.zip"
    status, out, _ = call("import", str(earlier))
    assert (status, "an earlier release exports no stretches" in out) == (0, True)


def test_a_full_disk_is_one_line_and_leaves_no_file(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    call("migrate")
    monkeypatch.setattr(os, "fsync", full)
    status, _, err = call("export", "all.zip")
    assert (status, "Error: all.zip cannot be written: No space left on device" in err) == (1, True)
    assert not Path("all.zip").exists()

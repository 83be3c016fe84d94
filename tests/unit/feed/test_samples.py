"""Samples of rejected payloads: kept for study, bounded in number and size."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from park_downtime.feed.samples import SampleStore

AT = datetime(2025, 7, 9, 12, 0, tzinfo=UTC)


def names(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def test_a_sample_tells_what_came_when_and_why(tmp_path: Path) -> None:
    path = SampleStore(tmp_path).keep(5, b"<html>\n</html>", "$: a page instead of JSON", AT)
    assert path == tmp_path / "20250709T120000Z_5.sample"
    head, _, body = path.read_bytes().partition(b"\n")
    assert body == b"<html>\n</html>"
    assert json.loads(head) == {
        "park_id": 5,
        "at": "2025-07-09T12:00:00+00:00",
        "reason": "$: a page instead of JSON",
        "bytes": 14,
    }


def test_the_folder_is_made_when_first_needed(tmp_path: Path) -> None:
    SampleStore(tmp_path / "a" / "b").keep(5, b"x", "odd", AT)
    assert names(tmp_path / "a" / "b") == ["20250709T120000Z_5.sample"]


def test_the_park_list_has_samples_too(tmp_path: Path) -> None:
    SampleStore(tmp_path).keep(None, b"x", "odd", AT)
    assert names(tmp_path) == ["20250709T120000Z_list.sample"]


def test_a_file_is_never_larger_than_allowed(tmp_path: Path) -> None:
    path = SampleStore(tmp_path, most_bytes=500).keep(5, b"x" * 40_000, "odd" * 100, AT)
    assert path is not None
    assert path.stat().st_size == 500


def test_the_oldest_goes_when_there_are_too_many(tmp_path: Path) -> None:
    store = SampleStore(tmp_path, most_files=2)
    for minute in (20, 0, 10):
        store.keep(5, b"x", "odd", AT + timedelta(minutes=minute))
    assert names(tmp_path) == ["20250709T121000Z_5.sample", "20250709T122000Z_5.sample"]


def test_a_park_that_stays_broken_does_not_push_out_the_others(tmp_path: Path) -> None:
    store = SampleStore(tmp_path, most_files=3)
    store.keep(6, b"x", "odd", AT)
    for minute in range(10, 60, 10):
        store.keep(5, b"x", "odd", AT + timedelta(minutes=minute))
    assert names(tmp_path) == [
        "20250709T120000Z_6.sample",
        "20250709T124000Z_5.sample",
        "20250709T125000Z_5.sample",
    ]


def test_what_a_killed_process_left_half_written_is_cleared(tmp_path: Path) -> None:
    (tmp_path / "20250709T110000Z_9.part").write_bytes(b"half")
    SampleStore(tmp_path).keep(5, b"x", "odd", AT)
    assert names(tmp_path) == ["20250709T120000Z_5.sample"]


def test_other_files_of_the_folder_are_left_alone(tmp_path: Path) -> None:
    (tmp_path / "notes.txt").write_text("mine")
    SampleStore(tmp_path, most_files=0).keep(5, b"x", "odd", AT)
    assert names(tmp_path) == ["notes.txt"]


def test_a_folder_that_cannot_be_written_is_logged_not_raised(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("in the way")
    assert SampleStore(tmp_path / "file").keep(5, b"x", "odd", AT) is None
    assert caplog.records[0].getMessage().startswith("sample not kept")

"""The lock of the collector, within one process; across processes: integration/jobs."""

from __future__ import annotations

import os
from datetime import UTC, datetime
from pathlib import Path

import pytest

from park_downtime.collection.lock import LockHeld, LockUnusable, collecting_alone

NOON = datetime(2026, 5, 3, 12, 0, tzinfo=UTC)


def test_a_second_one_is_told_who_is_at_work(tmp_path: Path) -> None:
    expected = f"already collecting: collect, process {os.getpid()}, since 2026-05-03 12:00:00 UTC"
    with (
        collecting_alone(tmp_path, "collect", NOON),
        pytest.raises(LockHeld, match=expected),
        collecting_alone(tmp_path, "replay", NOON),
    ):
        pytest.fail("two held the lock")


def test_the_lock_is_free_again_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), collecting_alone(tmp_path, "collect", NOON):
        raise ZeroDivisionError
    with collecting_alone(tmp_path, "collect", NOON):
        assert (tmp_path / "collect.lock").read_text().startswith("collect, process")


def test_a_folder_that_cannot_be_made_is_told(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    with (
        pytest.raises(LockUnusable, match="SPOOL_DIR cannot be used"),
        collecting_alone(tmp_path / "file", "collect", NOON),
    ):
        pytest.fail("a lock in a file")

"""Cycles that wait on disk: whole or not at all, bounded, and never the reason for a crash."""

from __future__ import annotations

import errno
import logging
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from park_downtime.collection import spool as spool_module
from park_downtime.collection.spool import Spool
from park_downtime.model import (
    Cycle,
    Land,
    ParkFailure,
    ParkOutcome,
    ParkReadings,
    RideReading,
    State,
    TrackedPark,
)

NOON = datetime(2026, 5, 3, 12, 0, tzinfo=UTC)


def cycle(minutes: int = 0) -> Cycle:
    at = NOON + timedelta(minutes=minutes)
    readings = (
        RideReading(9, "Dumbo\u200b™ é 🎢", Land(70, "Fantasyland"), State.OPEN, 15, False, at),
        RideReading(10, "Peter Pan", Land(None, "Fantasyland"), State.CLOSED, None, True, None),
        RideReading(11, None, None, State.UNKNOWN, None, False, None),
    )
    return Cycle(
        at,
        600,
        (ParkReadings(6, at + timedelta(seconds=3), readings, odd_entries=1, dropped_waits=2),),
        (ParkFailure(7, ParkOutcome.REJECTED, "rides[0].id: is missing"),),
        1.5,
    )


def test_a_kept_cycle_comes_back_as_it_was(tmp_path: Path) -> None:
    spool = Spool(tmp_path / "spool")
    assert spool.keep(cycle())
    assert [spool.read(path) for path in spool.waiting()] == [cycle()]


def test_cycles_wait_oldest_first(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    for minutes in (20, 0, 10):
        spool.keep(cycle(minutes))
    read = [spool.read(path) for path in spool.waiting()]
    assert read == [cycle(0), cycle(10), cycle(20)]


def test_the_oldest_is_dropped_when_there_are_too_many(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    spool = Spool(tmp_path, most_cycles=2)
    for minutes in (0, 10, 20):
        spool.keep(cycle(minutes))
    assert [spool.read(path) for path in spool.waiting()] == [cycle(10), cycle(20)]
    assert [record.getMessage() for record in caplog.records] == [
        "cycle lost: SPOOL_DIR is full, the oldest was dropped"
    ]


def test_the_oldest_is_dropped_when_they_are_too_large(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.keep(cycle(0))
    size = spool.waiting()[0].stat().st_size
    small = Spool(tmp_path, most_bytes=2 * size + 20)
    small.keep(cycle(10))
    small.keep(cycle(20))
    assert [small.read(path) for path in small.waiting()] == [cycle(10), cycle(20)]


def test_a_cycle_too_large_by_itself_drops_no_other(tmp_path: Path) -> None:
    Spool(tmp_path).keep(cycle(0))
    assert not Spool(tmp_path, most_bytes=50).keep(cycle(10))
    assert len(Spool(tmp_path).waiting()) == 1


@pytest.mark.parametrize("content", [b"", b"no gz", b"\x1f\x8b\x08\x00torn"])
def test_an_unreadable_file_is_set_aside_and_told(
    tmp_path: Path, content: bytes, caplog: pytest.LogCaptureFixture
) -> None:
    path = tmp_path / "cycle-20260503T120000Z.jsonl.gz"
    path.write_bytes(content)
    spool = Spool(tmp_path)
    assert spool.read(path) is None
    assert spool.waiting() == []
    assert (tmp_path / "cycle-20260503T120000Z.jsonl.gz.aside").read_bytes() == content
    assert caplog.records[0].levelno == logging.ERROR


def test_a_torn_file_is_set_aside(tmp_path: Path) -> None:
    spool = Spool(tmp_path)
    spool.keep(cycle())
    (path,) = spool.waiting()
    path.write_bytes(path.read_bytes()[:-10])
    assert spool.read(path) is None


def test_a_full_disk_is_one_error_and_not_a_crash(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def full(path: Path, content: bytes) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(spool_module, "write_whole", full)
    assert not Spool(tmp_path).keep(cycle())
    assert [record.getMessage() for record in caplog.records] == [
        "cycle lost: it could not be kept in SPOOL_DIR"
    ]


def test_the_tracked_parks_are_remembered(tmp_path: Path) -> None:
    parks = [TrackedPark(6, "Magic Kingdom™", "America/New_York")]
    Spool(tmp_path / "new").keep_tracked(parks)
    assert Spool(tmp_path / "new").tracked() == parks


def test_without_a_remembered_list_no_park_is_known(tmp_path: Path) -> None:
    assert Spool(tmp_path).tracked() == []


def test_a_torn_list_of_parks_is_as_none(tmp_path: Path) -> None:
    (tmp_path / "tracked-parks.json").write_text('[{"park_id": 6, "na')
    assert Spool(tmp_path).tracked() == []

"""Days that are closed have their stretches in the archive, and runs stay until they are there."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cycles import add_parks, count, park
from recorded import collect, only, recording, rows
from sqlalchemy import Engine

from park_downtime.jobs.aggregate import aggregate_day, aggregate_due
from park_downtime.jobs.corrections import make_correction, withdraw_correction
from park_downtime.jobs.prune import prune
from park_downtime.model import State, ZoneDayStatus
from park_downtime.stretches import archive as archive_module
from park_downtime.stretches.archive import StretchArchive
from park_downtime.stretches.archived_day import ArchivedDay
from park_downtime.timeline.voided import Voided

DAY = date(2026, 7, 1)
NOON = datetime(2026, 7, 1, 16, tzinfo=UTC)  # in New York
NIGHT = datetime(2026, 7, 2, 4, 10, tzinfo=UTC)  # 00:10 there
HOUR, A_DAY = timedelta(hours=1), timedelta(days=1)
RIDES = ("XoXooXXXXXXX", "XooooXXXXXXX", "XooooXXXXXXX")  # 12:00 to 23:00
CYCLES = tuple(recording({6: RIDES, 7: RIDES}, NOON))


@pytest.fixture(autouse=True)
def a_day(engine: Engine) -> None:
    add_parks(engine, park(6), park(7))
    collect(engine, CYCLES)


@pytest.fixture
def archive(tmp_path: Path) -> StretchArchive:
    return StretchArchive(tmp_path / "archive")


def kept(archive: StretchArchive, park_id: int = 6) -> ArchivedDay:
    return archive.days_of(park_id, DAY)[DAY]


def said(day: ArchivedDay, ride_id: int = 61) -> list[tuple[State, int, int]]:
    """State, and the hours after noon of the first and the last reading."""
    return [
        (run.state, (run.started_at - NOON) // HOUR, (run.last_reading_at - NOON) // HOUR)
        for run in day.runs
        if run.ride_id == ride_id
    ]


@pytest.fixture
def full_disk(monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    def write_whole(path: Path, content: bytes) -> None:
        raise OSError(28, "No space left on device")

    with monkeypatch.context() as patched:
        patched.setattr(archive_module, "write_whole", write_whole)
        yield patched


def test_a_closed_day_has_its_stretches_there(engine: Engine, archive: StretchArchive) -> None:
    aggregate_due(engine, NIGHT, archive)
    day = kept(archive)
    assert said(day) == [
        (State.CLOSED, 0, 0),
        (State.OPEN, 1, 1),
        (State.CLOSED, 2, 2),
        (State.OPEN, 3, 4),
        (State.CLOSED, 5, 11),
    ]
    assert day.timezone == "America/New_York"
    assert [(ride.ride_id, ride.first_seen, ride.inactive_since) for ride in day.rides] == [
        (ride_id, NOON, None) for ride_id in (61, 62, 63)
    ]
    assert [(run.is_running, (run.started_at - NOON) // HOUR) for run in day.park_runs] == [
        (False, 0),
        (True, 1),
        (False, 5),
    ]
    assert archive.days_kept(7, DAY) == {DAY}


def test_a_day_whose_session_is_open_is_not_there(engine: Engine, archive: StretchArchive) -> None:
    collect(engine, recording({6: ("o" * 3,) * 3}, NIGHT - 3 * HOUR))
    aggregate_due(engine, NIGHT, archive)
    assert archive.days_kept(6, DAY) == set()
    assert archive.days_kept(7, DAY) == {DAY}


def test_on_a_full_disk_no_day_is_final_and_the_log_says_why(
    engine: Engine, archive: StretchArchive, full_disk: pytest.MonkeyPatch
) -> None:
    report = aggregate_due(engine, NIGHT, archive)
    assert [failed[:2] for failed in report.failed] == [("America/New_York", DAY)]
    assert not any(row["is_final"] for row in rows(engine, "park_daily_stats"))
    (log,) = rows(engine, "aggregation_log")
    assert log["status"] is ZoneDayStatus.FAILED
    assert "ARCHIVE_DIR" in log["error"]
    assert "No space left on device" in log["error"]


def test_when_there_is_room_again_the_next_attempt_closes_it(
    engine: Engine, archive: StretchArchive, full_disk: pytest.MonkeyPatch
) -> None:
    aggregate_due(engine, NIGHT, archive)
    full_disk.undo()
    aggregate_due(engine, NIGHT + HOUR, archive)
    assert all(row["is_final"] for row in rows(engine, "park_daily_stats"))
    assert len(kept(archive).runs) == 11


def test_readings_that_come_late_are_there_after_the_next_attempt(
    engine: Engine, archive: StretchArchive
) -> None:
    collect(engine, recording({6: ("X",) * 3}, NIGHT + HOUR))
    aggregate_due(engine, NIGHT, archive)
    collect(engine, [only(CYCLES[2], 6)])  # once more: nothing new
    late = recording({6: ("o", "o", "o")}, NOON + 2 * HOUR + timedelta(minutes=30))
    collect(engine, late, was_spooled=True)
    aggregate_due(engine, NIGHT + 2 * HOUR, archive)
    assert (State.OPEN, 2, 4) in said(kept(archive))


def test_closing_it_again_changes_no_byte(engine: Engine, archive: StretchArchive) -> None:
    aggregate_due(engine, NIGHT, archive)
    before = archive.file_of(6, DAY).read_bytes()
    aggregate_day(engine, DAY, NIGHT + 5 * HOUR, archive)
    assert archive.file_of(6, DAY).read_bytes() == before


def test_a_correction_leaves_what_the_feed_said_and_when_it_was_read(
    engine: Engine, archive: StretchArchive
) -> None:
    aggregate_due(engine, NIGHT, archive)
    plain = kept(archive)
    voided = Voided(61, NOON + 2 * HOUR, NOON + 3 * HOUR)
    made = make_correction(engine, 6, voided, "it lied", NIGHT + HOUR, archive)
    corrected = kept(archive)
    assert corrected.readings == [cycle.recorded_at for cycle in CYCLES]
    assert said(corrected, 62) == said(plain, 62)
    withdraw_correction(engine, made.correction.correction_id, NIGHT + 2 * HOUR, archive)
    assert kept(archive) == plain


class TestPrune:
    def test_runs_go_once_their_stretches_are_there(self, engine: Engine, archive: StretchArchive) -> None:
        aggregate_due(engine, NIGHT, archive)
        assert prune(engine, NOON + 9 * A_DAY, archive).not_archived == []
        assert [count(engine, name) for name in ("ride_runs", "park_runs")] == [0, 0]

    def test_those_of_days_that_were_closed_without_an_archive_go_there_first(
        self, engine: Engine, archive: StretchArchive, tmp_path: Path
    ) -> None:
        aggregate_due(engine, NIGHT, StretchArchive(tmp_path / "another"))
        prune(engine, NOON + 9 * A_DAY, archive)
        assert count(engine, "ride_runs") == 0
        assert kept(archive) == kept(StretchArchive(tmp_path / "another"))

    def test_on_a_full_disk_they_stay(
        self, engine: Engine, archive: StretchArchive, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        aggregate_due(engine, NIGHT)
        before = rows(engine, "ride_runs")

        def write_whole(path: Path, content: bytes) -> None:
            raise OSError(28, "No space left on device")

        monkeypatch.setattr(archive_module, "write_whole", write_whole)
        report = prune(engine, NOON + 100 * A_DAY, archive)
        assert rows(engine, "ride_runs") == before
        assert ["No space left on device" in reason for reason in report.not_archived] == [True, True]

    def test_of_a_park_whose_file_is_damaged_they_stay_and_others_go(
        self, engine: Engine, archive: StretchArchive
    ) -> None:
        aggregate_due(engine, NIGHT, archive)
        archive.file_of(6, DAY).write_bytes(b"nothing that can be read")
        report = prune(engine, NOON + 9 * A_DAY, archive)
        assert {row["park_id"] for row in rows(engine, "ride_runs")} == {6}
        assert "2026-07.csv.gz is damaged" in report.not_archived[0]

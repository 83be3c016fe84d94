"""Every command that closes days or deletes runs does it with ARCHIVE_DIR."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest
from cycles import add_parks, count, park
from flask import Flask
from recorded import collect, recording
from sqlalchemy import Engine

from park_downtime import clock
from park_downtime.commands.replay import Nights
from park_downtime.config.settings import load
from park_downtime.database.engine import make_engine
from park_downtime.server.embedded import recurring_jobs
from park_downtime.stretches.archive import StretchArchive

Call = Callable[..., tuple[int, str, str]]

DAY = date(2026, 7, 1)
NOON = datetime(2026, 7, 1, 16, tzinfo=UTC)  # in New York
NIGHT = datetime(2026, 7, 2, 4, 10, tzinfo=UTC)  # 00:10 there
LATER = NIGHT + timedelta(days=9)


@pytest.fixture(autouse=True)
def a_day(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> Iterator[Engine]:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("ARCHIVE_DIR", str(tmp_path / "archive"))
    monkeypatch.setattr(clock, "utc_now", lambda: NIGHT)
    engine = make_engine(sqlite_url)
    add_parks(engine, park(6))
    collect(engine, recording({6: ("XoXooXXXXXXX",) * 3}, NOON))
    yield engine
    engine.dispose()


@pytest.fixture
def archive(tmp_path: Path) -> StretchArchive:
    return StretchArchive(tmp_path / "archive")


def test_aggregate_does(call: Call, archive: StretchArchive) -> None:
    assert call("aggregate")[0] == 0
    assert archive.days_kept(6, DAY) == {DAY}


def test_aggregate_of_a_day_does(call: Call, archive: StretchArchive) -> None:
    assert call("aggregate", "--date", DAY.isoformat())[0] == 0
    assert archive.days_kept(6, DAY) == {DAY}


def test_aggregate_says_why_it_cannot(call: Call, tmp_path: Path) -> None:
    (tmp_path / "archive").touch()
    status, _, err = call("aggregate")
    assert status == 1
    assert "ARCHIVE_DIR: " in err
    assert "6/2026-07.csv.gz cannot be written: Not a directory" in err


def test_prune_does_and_keeps_runs_where_it_cannot(
    call: Call, a_day: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    call("aggregate")
    monkeypatch.setattr(clock, "utc_now", lambda: LATER)
    (tmp_path / "file").touch()
    monkeypatch.setenv("ARCHIVE_DIR", str(tmp_path / "file"))
    status, _, err = call("prune")
    assert (status, count(a_day, "ride_runs")) == (1, 15)
    assert "runs of 1 parks stay: " in err
    monkeypatch.setenv("ARCHIVE_DIR", str(tmp_path / "archive"))
    assert (call("prune")[0], count(a_day, "ride_runs")) == (0, 0)


def test_void_does(call: Call, archive: StretchArchive) -> None:
    call("aggregate")
    span = ("--from", "2026-07-01T18:00Z", "--to", "2026-07-01T19:00Z")
    assert call("void", "--park", "6", *span, "--reason", "it lied")[0] == 0
    assert len(archive.days_of(6, DAY)[DAY].readings) == 12


def test_the_nights_of_a_replay_do(a_day: Engine, archive: StretchArchive) -> None:
    Nights(True, archive).run(a_day, NIGHT)
    assert archive.days_kept(6, DAY) == {DAY}


def test_those_of_the_embedded_run_do(a_day: Engine, archive: StretchArchive) -> None:
    jobs = {job.name: job for job in recurring_jobs(load(), a_day, Flask("none"))}
    jobs["aggregate"].work(NIGHT)
    assert archive.days_kept(6, DAY) == {DAY}
    jobs["prune"].work(LATER)
    assert count(a_day, "ride_runs") == 0

"""`publish`: says what it wrote, and refuses in one line."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cycles import add_parks, park
from recorded import collect, recording

from park_downtime import clock
from park_downtime.database.engine import make_engine, writing
from park_downtime.database.version import mark_simulated

Call = Callable[..., tuple[int, str, str]]

NOON = datetime(2026, 7, 1, 16, tzinfo=UTC)  # in New York
NIGHT = datetime(2026, 7, 2, 4, 10, tzinfo=UTC)  # 00:10 there


@pytest.fixture(autouse=True)
def closed(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, call: Call) -> None:
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setattr(clock, "utc_now", lambda: NIGHT)
    engine = make_engine(sqlite_url)
    add_parks(engine, park(6))
    collect(engine, recording({6: ("XoXooXXXXXXX",) * 3}, NOON))
    engine.dispose()
    call("aggregate")


def test_it_says_what_it_wrote(call: Call, tmp_path: Path) -> None:
    status, out, _ = call("publish", "data")
    assert status == 0
    assert out == "1 months, 0.0 MB in data; 1 months made, 9 files written\n"
    assert (tmp_path / "data" / "2026-07" / "ride_days.csv.gz").exists()
    assert call("publish", "data")[1].endswith("; 0 months made, 0 files written\n")


def test_it_gives_the_licence_of_the_settings(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("DATA_LICENSE", "CC-BY-4.0")
    call("publish", "data")
    assert '"license": "CC-BY-4.0"' in (tmp_path / "data" / "datapackage.json").read_text("utf-8")


def test_a_full_disk_is_told_in_one_line(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(_: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    status, _, err = call("publish", "data")
    assert status == 1
    assert "Error: data cannot be written: No space left on device; what is there is whole" in err


def test_simulated_data_want_a_word(call: Call, sqlite_url: str) -> None:
    engine = make_engine(sqlite_url)
    with writing(engine) as connection:
        mark_simulated(connection)
    engine.dispose()
    status, _, err = call("publish", "data")
    assert (status, "holds simulated data; --simulated publishes them" in err) == (1, True)
    assert call("publish", "data", "--simulated")[0] == 0

"""`rejudge`: says what would change, writes when told, and refuses in one line."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest
from cycles import add_parks, park
from recorded import collect, everything, recording, rows
from sqlalchemy import Engine, update

from park_downtime import clock
from park_downtime.database.engine import make_engine, writing
from park_downtime.database.tables import metadata

Call = Callable[..., tuple[int, str, str]]

NOON = datetime(2026, 7, 1, 16, tzinfo=UTC)  # in New York
NIGHT = datetime(2026, 7, 2, 4, 10, tzinfo=UTC)  # 00:10 there
A_DAY = ("--from", "2026-07-01", "--to", "2026-07-01")


@pytest.fixture(autouse=True)
def closed(sqlite_url: str, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, call: Call) -> Iterator[Engine]:
    """A day on which the first of three rides was down for an hour, closed; stored with an hour more."""
    monkeypatch.setenv("DATABASE_URL", sqlite_url)
    monkeypatch.setenv("ARCHIVE_DIR", str(tmp_path / "archive"))
    monkeypatch.setattr(clock, "utc_now", lambda: NIGHT)
    engine = make_engine(sqlite_url)
    add_parks(engine, park(6))
    collect(engine, recording({6: ("XoXooXXXXXXX", "XooooXXXXXXX", "XooooXXXXXXX")}, NOON))
    call("aggregate")
    of_rides = metadata.tables["ride_daily_stats"]
    with writing(engine) as connection:
        connection.execute(
            update(of_rides).where(of_rides.c.ride_id == 61).values(downtime_seconds=7200, outage_count=2)
        )
    yield engine
    engine.dispose()


def test_it_says_what_would_change_and_writes_nothing(call: Call, closed: Engine) -> None:
    before = everything(closed)
    status, out, _ = call("rejudge", *A_DAY)
    assert status == 0
    assert out.splitlines() == [
        "Park 6 (6): 1 day, 1 with other figures",
        "  downtime 2.00 h -> 1.00 h",
        "  interruptions 2 -> 1",
        "  late starts 0.00 h -> 0.00 h",
        "  did not reopen 0.00 h -> 0.00 h",
        "1 of 1 day of a park would have other figures.",
        "Nothing was written; --write stores it.",
    ]
    assert everything(closed) == before


def test_it_writes_when_told(call: Call, closed: Engine) -> None:
    status, out, _ = call("rejudge", *A_DAY, "--park", "6", "--write")
    assert status == 0
    assert out.splitlines()[-1] == "1 of 1 day of a park had other figures."
    (row,) = rows(closed, "ride_daily_stats", ride_id=61)
    assert (row["downtime_seconds"], row["outage_count"]) == (3600, 1)
    assert call("rejudge", *A_DAY)[1].startswith("Park 6 (6): 1 day, 0 with other figures")


def test_a_day_that_the_archive_has_not_is_refused(call: Call) -> None:
    status, _, err = call("rejudge", "--from", "2026-06-01", "--to", "2026-06-30")
    assert status == 1
    assert "Error: no closed day from 2026-06-01 to 2026-06-30 is in the archive" in err


def test_a_park_that_nobody_knows_is_refused(call: Call) -> None:
    status, _, err = call("rejudge", *A_DAY, "--park", "77")
    assert (status, "no park has the id 77" in err) == (1, True)


def test_a_damaged_file_is_named_and_fails(call: Call, tmp_path: Path) -> None:
    (tmp_path / "archive" / "6" / "2026-07.csv.gz").write_bytes(b"gone")
    status, _, err = call("rejudge", *A_DAY)
    assert (status, "6/2026-07.csv.gz is damaged" in err) == (1, True)


@pytest.mark.parametrize(
    "arguments",
    [
        ("--from", "2026-07-02", "--to", "2026-07-01"),
        ("--from", "2026-07-01"),
        ("--from", "July", "--to", "2026-07-01"),
    ],
)
def test_impossible_dates_are_wrong_usage(call: Call, arguments: tuple[str, ...]) -> None:
    assert call("rejudge", *arguments)[0] == 2

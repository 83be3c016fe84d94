"""The thin commands: they call their job and say what it did."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest

Call = Callable[..., tuple[int, str, str]]

HEADER = "recorded_at,park_id,land,ride_id,ride_name,is_open,wait_time,last_updated\n"
PARK_LIST = """[{"id": 1, "name": "Group", "parks": [{"id": 7, "name": "Seven", "country": "United States",
"continent": "North America", "latitude": "1.0", "longitude": "2.0", "timezone": "America/New_York"}]}]"""


@pytest.fixture
def recording(tmp_path: Path) -> list[str]:
    """Two cycles of one park with two rides, and a row without an id."""
    rows = [
        f"2026-07-04T16:{minute}:00,7,Land,{ride},Ride {ride},true,{wait},"
        for minute, wait in (("00", 5), ("10", 10))
        for ride in (1, 2)
    ]
    file = tmp_path / "recording.csv"
    file.write_text(
        HEADER + "\n".join([*rows, "2026-07-04T16:10:00,7,Land,,Nameless,true,5,"]) + "\n", "utf-8"
    )
    parks = tmp_path / "parks.json"
    parks.write_text(PARK_LIST, "utf-8")
    return [str(file), "--parks", str(parks)]


def test_replay_stores_what_was_recorded_and_report_shows_its_time(call: Call, recording: list[str]) -> None:
    status, out, _ = call("replay", *recording)
    assert status == 0
    assert out.splitlines() == [
        "2 cycles of 1 parks, 4 rows, 2026-07-04 16:00 to 2026-07-04 16:10 UTC",
        "0 cycles were there already, 0 payloads were rejected, 1 rows had no ride_id",
    ]
    _, out, _ = call("report", "--live", "--as-of", "2026-07-04T18:05+02:00")
    assert out.startswith("As of 2026-07-04 16:00 UTC\n")
    _, out, _ = call("report", "--live", "--as-of", "2026-07-04T17:00")
    assert out.startswith("As of 2026-07-04 16:10 UTC, stale")


def test_replay_of_what_is_there_already_leaves_it_out(call: Call, recording: list[str]) -> None:
    call("replay", *recording)
    _, out, _ = call("replay", *recording)
    assert out.splitlines()[1].startswith("2 cycles were there already")


def test_replay_names_file_and_line_of_an_unreadable_number(call: Call, tmp_path: Path) -> None:
    file = tmp_path / "bad.csv"
    file.write_text(HEADER + "2026-07-04T16:00:00,7,Land,1,Ride,true,soon,\n", "utf-8")
    status, _, err = call("replay", str(file))
    assert status == 1
    assert f"Error: {file}, line 2: " in err


def test_replay_of_a_missing_file_is_wrong_usage(call: Call) -> None:
    assert call("replay", "missing.csv")[0] == 2


@pytest.fixture
def of_release_0_1(tmp_path: Path) -> Path:
    """A database with rows that 0.1.0 has left behind."""
    return database_at("0038", tmp_path)


@pytest.fixture
def of_another_form(tmp_path: Path) -> Path:
    """A database that a version on the way to 0.2 has left behind."""
    return database_at("0100", tmp_path)


def database_at(revision: str, tmp_path: Path) -> Path:
    file = tmp_path / "data" / "downtime.sqlite"
    file.parent.mkdir()
    with closing(sqlite3.connect(file)) as database, database:
        database.execute("PRAGMA journal_mode = WAL")  # as the program sets it
        database.execute("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)")
        database.execute("INSERT INTO alembic_version VALUES (?)", [revision])
        database.execute("CREATE TABLE parks (park_id INTEGER PRIMARY KEY)")
    return file


@pytest.mark.parametrize(
    "command",
    [
        ["migrate"],
        ["run", "--port", "0"],
        ["serve", "--port", "0"],
        ["collect"],
        ["aggregate"],
        ["prune"],
        ["report"],
        ["report", "--live"],
        ["export", "all.zip"],
        ["import", "all.zip"],
        ["keys", "list"],
        ["classify"],
    ],
    ids=" ".join,
)
@pytest.mark.usefixtures("feed")
def test_every_command_says_how_a_database_of_release_0_1_is_carried_over(
    call: Call, of_release_0_1: Path, command: list[str]
) -> None:
    before = of_release_0_1.read_bytes()
    Path("all.zip" if command[0] == "import" else "other").touch()
    status, _, err = call(*command)
    assert status == 1
    assert "the database is at revision 0038 of release 0.1, and the schema starts anew with 0.2" in err
    assert "`park-downtime export FILE --with-readings`" in err
    assert "`park-downtime migrate` and `park-downtime import FILE`" in err
    assert len([line for line in err.splitlines() if "0038" in line]) == 1
    assert of_release_0_1.read_bytes() == before


@pytest.mark.usefixtures("feed")
def test_doctor_says_the_same(call: Call, of_release_0_1: Path) -> None:
    before = of_release_0_1.read_bytes()
    status, out, _ = call("doctor")
    (line,) = [line for line in out.splitlines() if line.startswith("FAILED  database")]
    assert (status, "`park-downtime export FILE --with-readings`" in line) == (1, True)
    assert of_release_0_1.read_bytes() == before


@pytest.mark.usefixtures("feed")
def test_aggregate_and_prune_have_nothing_to_do_on_the_first_day(call: Call) -> None:
    call("migrate")
    call("collect")
    status, out, _ = call("aggregate")
    assert (status, out.startswith("0 days of zones closed")) == (0, True)
    status, out, _ = call("prune")
    assert (status, out) == (0, "Deleted 0 snapshots, 0 runs, 0 activity rows, 0 cycles\n")


def test_a_day_without_runs_cannot_be_redone_and_says_why(call: Call) -> None:
    call("migrate")
    status, _, err = call("aggregate", "--date", "2020-01-01")
    assert status == 1
    assert "Error: not all runs of 2020-01-01 are kept" in err


@pytest.mark.usefixtures("feed")
def test_classify_counts_what_it_placed(call: Call) -> None:
    call("migrate")
    call("collect")
    status, out, _ = call("classify")
    assert status == 0
    assert "12 entries: 0 new, 0 changed" in out


@pytest.mark.usefixtures("feed")
def test_classify_explains_one_ride(call: Call) -> None:
    call("migrate")
    call("collect")
    status, out, _ = call("classify", "--explain", "5")
    assert (status, out.splitlines()[0].startswith("Ride 5: ride 5 of park 2")) == (0, True)


def test_classify_of_an_unknown_ride_fails(call: Call) -> None:
    call("migrate")
    status, _, err = call("classify", "--explain", "5")
    assert (status, "Error: no ride 5 has been collected" in err) == (1, True)


@pytest.mark.parametrize(
    "arguments", [["--world", "3"], ["--world", "0x5"], ["--quirks", "5:nothing"], ["--speed", "0"]]
)
def test_simulate_refuses_what_it_does_not_know(call: Call, arguments: list[str]) -> None:
    assert call("simulate", *arguments)[0] == 2


def test_simulate_lists_its_quirks(call: Call) -> None:
    status, out, _ = call("simulate", "--list-quirks")
    assert status == 0
    assert "hang=1 (share of requests): never answers" in out.splitlines()


@pytest.mark.parametrize("command", ["migrate", "collect", "report", "doctor"])
@pytest.mark.usefixtures("feed")
def test_so_is_a_database_of_another_form_of_the_schema(
    call: Call, of_another_form: Path, command: str
) -> None:
    before = of_another_form.read_bytes()
    status, out, err = call(command)
    assert status == 1
    (line,) = [line for line in (out + err).splitlines() if "revision 0100," in line]
    assert "another form of the schema than the 0100_" in line
    assert "`park-downtime export FILE --with-readings` with the version that made it" in line
    assert of_another_form.read_bytes() == before

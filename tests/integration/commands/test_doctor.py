"""`doctor` says of each thing ok or what to do."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest
from cycles import NOON

Call = Callable[..., tuple[int, str, str]]


def checks(out: str) -> dict[str, str]:
    """The verdict on each thing."""
    _, _, part = out.partition("\n\n")
    verdicts = [line for line in part.splitlines() if not line.startswith(" ")]
    return {line.split()[1]: line.split()[0] for line in verdicts}


@pytest.mark.usefixtures("feed")
def test_all_is_well_after_a_cycle(call: Call) -> None:
    call("migrate")
    call("collect")
    status, out, _ = call("doctor")
    assert status == 0
    assert checks(out) == {
        "secrets": "ok",
        "database": "ok",
        "feed": "ok",
        "parks": "ok",
        "freshness": "ok",
        "classification": "ok",
        "spool": "ok",
        "archive": "ok",
    }


@pytest.mark.usefixtures("feed")
def test_nothing_collected_yet_is_a_failure_that_says_what_to_run(call: Call) -> None:
    call("migrate")
    status, out, _ = call("doctor")
    assert status == 1
    assert checks(out)["freshness"] == "FAILED"
    assert "run `park-downtime collect`" in out


@pytest.mark.usefixtures("feed")
def test_a_database_that_was_never_migrated_says_what_to_run(call: Call) -> None:
    status, out, _ = call("doctor")
    assert status == 1
    assert checks(out)["database"] == "FAILED"
    assert "run `park-downtime migrate`" in out


def test_a_feed_that_is_away_names_its_address_and_the_demo(call: Call, feed_is_away: str) -> None:
    call("migrate")
    status, out, _ = call("doctor")
    assert status == 1
    (line,) = [line for line in out.splitlines() if line.startswith("FAILED  feed")]
    assert feed_is_away in line
    assert "make demo" in line


@pytest.mark.usefixtures("feed")
def test_a_database_that_is_away_hides_its_password(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", "mysql://park:pa55@127.0.0.1:9/away")
    status, out, err = call("doctor")
    assert status == 1
    assert checks(out)["database"] == "FAILED"
    assert "pa55" not in out + err
    assert "mysql://park:***@127.0.0.1:9/away  (environment)" in out


@pytest.mark.usefixtures("feed")
def test_a_spool_that_cannot_be_written_fails(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("SPOOL_DIR", str(tmp_path / "file" / "spool"))
    _, out, _ = call("doctor")
    assert checks(out)["spool"] == "FAILED"


@pytest.mark.usefixtures("feed")
def test_an_archive_that_cannot_be_written_fails_and_says_what_it_means(
    call: Call, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setenv("ARCHIVE_DIR", str(tmp_path / "file" / "archive"))
    _, out, _ = call("doctor")
    assert checks(out)["archive"] == "FAILED"
    assert "so no day is closed: set ARCHIVE_DIR" in out


@pytest.mark.usefixtures("feed")
def test_settings_come_with_their_source(call: Call, tmp_path: Path) -> None:
    (tmp_path / ".env").write_text("LOG_LEVEL=WARNING\n", encoding="utf-8")
    _, out, _ = call("doctor")
    assert any(line.split() == ["LOG_LEVEL", "WARNING", "(.env)"] for line in out.splitlines())
    assert any(line.split() == ["LOG_FORMAT", "auto", "(default)"] for line in out.splitlines())


@pytest.mark.usefixtures("feed")
def test_the_settings_file_and_the_database_are_named(call: Call, tmp_path: Path) -> None:
    _, out, _ = call("doctor")
    assert out.splitlines()[0] == f"Settings: no .env in {tmp_path}; the environment and defaults"
    (tmp_path / ".env").touch(mode=0o600)
    call("migrate")
    _, out, _ = call("doctor")
    assert out.splitlines()[0] == f"Settings: {tmp_path / '.env'} and the environment"
    (line,) = [line for line in out.splitlines() if line.startswith("ok      database")]
    assert f"sqlite:///{tmp_path / 'data' / 'downtime.sqlite'}, revision " in line


@pytest.mark.usefixtures("feed")
def test_a_database_that_is_not_there_is_not_made(call: Call, tmp_path: Path) -> None:
    _, out, _ = call("doctor")
    assert f"there is no database {tmp_path / 'data' / 'downtime.sqlite'}" in out
    assert not (tmp_path / "data" / "downtime.sqlite").exists()


@pytest.mark.usefixtures("feed")
def test_settings_that_others_can_read_are_told_with_what_mends_it(call: Call, tmp_path: Path) -> None:
    file = tmp_path / ".env"
    file.write_text("LLM_API_KEY=secret\n", encoding="utf-8")
    file.chmod(0o644)
    status, out, _ = call("doctor")
    assert status == 1
    (line,) = [line for line in out.splitlines() if line.startswith("FAILED  secrets")]
    assert f"{file} can be read by everyone on this machine: chmod " in line
    file.chmod(0o600)
    _, out, _ = call("doctor")
    assert checks(out)["secrets"] == "ok"


def test_wrong_settings_are_named_without_going_further(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("RATE_LIMIT", "much")
    status, out, _ = call("doctor")
    assert status == 1
    assert out.startswith("FAILED  settings       RATE_LIMIT")


@pytest.mark.usefixtures("feed")
def test_rides_that_nothing_places_are_counted_by_park(call: Call) -> None:
    call("migrate")
    call("collect")
    _, out, _ = call("doctor")
    (line,) = [line for line in out.splitlines() if line.startswith("ok      classification")]
    assert "12 of 12 counted rides are unclassified and count as standard" in line
    assert "Park 1 4, Park 2 4, Park 3 4" in line


@pytest.mark.usefixtures("feed")
def test_a_doubted_list_of_parks_names_the_command_that_accepts_it(call: Call, tmp_path: Path) -> None:
    call("migrate")
    call("collect")
    file = tmp_path / "spool" / "parks-refresh.json"
    doubted = {"problem": "the list names 200 new parks", "doubted": "ab", "doubted_since": NOON.isoformat()}
    left_out = [{"park_id": 339, "name": "No Zone", "reason": "timezone: Field required"}]
    file.write_text(json.dumps(json.loads(file.read_text()) | doubted | {"not_tracked": left_out}))
    status, out, _ = call("doctor")
    assert (status, checks(out)["parks"]) == (1, "FAILED")
    assert "the list names 200 new parks" in out
    assert "`park-downtime parks --accept`" in out
    assert "not tracked: No Zone (339): timezone: Field required" in out
    assert call("parks", "--accept")[0] == 0
    assert checks(call("doctor")[1])["parks"] == "ok"

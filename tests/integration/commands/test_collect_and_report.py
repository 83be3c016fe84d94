"""From the feed to the terminal: migrate, collect, report."""

from __future__ import annotations

import json
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from park_downtime import clock
from park_downtime.simulator.quirks import parse_quirks
from park_downtime.simulator.server import SimulatedFeedServer

NOON = datetime(2026, 7, 4, 18, tzinfo=UTC)

Call = Callable[..., tuple[int, str, str]]


@pytest.fixture
def migrated(database_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATABASE_URL", database_url)


@pytest.mark.usefixtures("migrated", "feed")
def test_collect_stores_a_cycle_and_report_shows_it(call: Call) -> None:
    status, out, _ = call("collect")
    assert status == 0
    assert "3 parks ok, 0 failed, 0 rejected, 12 rows" in out
    status, out, _ = call("report", "--live")
    assert status == 0
    lines = out.splitlines()
    assert [line.split()[:2] for line in lines[3:6]] == [["Park", "1"], ["Park", "2"], ["Park", "3"]]
    assert lines[-2] == "Simulated data: these figures are made up and say nothing of real parks and rides."
    assert lines[-1] == "Data powered by Queue-Times.com - https://queue-times.com"


@pytest.mark.usefixtures("migrated", "feed")
def test_report_of_one_park_names_its_rides(call: Call) -> None:
    call("collect")
    _, out, _ = call("report", "--live", "--park", "2")
    assert "Park 1" not in out
    assert [line.split()[:2] for line in out.splitlines() if "Ride " in line] == [
        ["Ride", str(number)] for number in (5, 6, 7, 8)
    ]


@pytest.mark.usefixtures("migrated", "feed")
def test_report_of_a_park_that_is_not_tracked_fails(call: Call) -> None:
    call("collect")
    status, _, err = call("report", "--live", "--park", "99")
    assert status == 1
    assert "Error: no tracked park 99" in err


@pytest.mark.usefixtures("migrated", "feed")
def test_report_before_the_first_cycle_says_so(call: Call) -> None:
    call("collect")
    status, _, err = call("report", "--live", "--as-of", "2020-01-01")
    assert status == 1
    assert err.startswith("Error: No data")


@pytest.mark.usefixtures("migrated")
def test_a_cycle_is_one_line_of_json_with_its_counts(call: Call, feed: SimulatedFeedServer) -> None:
    feed.set_quirks(parse_quirks("2:html"))
    status, out, err = call("collect")
    assert status == 0
    assert "2 parks ok, 0 failed, 1 rejected" in out
    events = [json.loads(line) for line in err.splitlines()]
    (cycle,) = [event for event in events if event["event"] == "cycle"]
    assert (cycle["parks_ok"], cycle["parks_failed"], cycle["parks_rejected"]) == (2, 0, 1)


@pytest.mark.usefixtures("migrated")
def test_a_feed_that_is_away_is_one_line_naming_it_and_the_demo(call: Call, feed_is_away: str) -> None:
    status, out, err = call("collect")
    assert (status, out) == (1, "")
    line = err.splitlines()[-1]
    assert line.startswith("Error: ")
    assert feed_is_away in line
    assert "make demo" in line


@pytest.mark.usefixtures("migrated", "feed_is_away")
def test_nothing_is_asked_where_collecting_is_switched_off(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("COLLECT_ENABLED", "false")
    assert call("collect") == (0, "Not asked: COLLECT_ENABLED is false.\n", "")


@pytest.mark.usefixtures("feed")
def test_an_empty_database_is_told_to_be_migrated(call: Call) -> None:
    status, _, err = call("collect")
    assert status == 1
    assert "run `park-downtime migrate`" in err


@pytest.mark.usefixtures("feed")
def test_migrate_prepares_an_empty_database_and_twice_is_once(call: Call) -> None:
    assert call("migrate")[1].startswith("Migrated from an empty database to revision ")
    status, out, _ = call("migrate")
    assert (status, out.endswith("nothing to do.\n")) == (0, True)


@pytest.mark.usefixtures("migrated", "feed")
def test_while_the_database_is_away_the_readings_are_kept_and_stored_by_the_next_cycle(
    call: Call, monkeypatch: pytest.MonkeyPatch, database_url: str, tmp_path: Path
) -> None:
    minutes = iter((0, 10, 20))
    monkeypatch.setattr(clock, "utc_now", lambda: NOON + timedelta(minutes=next(minutes)))
    call("collect")
    monkeypatch.setenv("DATABASE_URL", "mysql://nobody:pa55@127.0.0.1:9/away")
    status, out, err = call("collect")
    assert status == 0
    assert f"kept in {tmp_path / 'spool'}: the database cannot be used" in out
    assert "pa55" not in out + err
    monkeypatch.setenv("DATABASE_URL", database_url)
    _, out, _ = call("collect")
    assert "earlier cycles stored: 1" in out


def test_wrong_settings_are_all_named_at_once(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LOG_LEVEL", "LOUD")
    monkeypatch.setenv("COLLECT_INTERVAL_MINUTES", "0")
    status, _, err = call("collect")
    assert status == 2
    assert "LOG_LEVEL" in err
    assert "COLLECT_INTERVAL_MINUTES" in err

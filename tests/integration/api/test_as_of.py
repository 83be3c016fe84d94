"""What `--as-of` says of the drawn parks, whose rides post ten minutes per number and one more a cycle."""

from __future__ import annotations

import gc
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

import api_world
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine, delete, update

from park_downtime.api.app import create_app
from park_downtime.collection.store import store_cycle
from park_downtime.database.engine import writing
from park_downtime.database.tables import ride_status_snapshots, rides
from park_downtime.judging.as_of import AsOfDatabase
from park_downtime.judging.moment import moment
from park_downtime.model import State

AsOf = Callable[[datetime], FlaskClient]

MORNING = api_world.START + timedelta(minutes=75)  # 11:15 in New York: ride 2 is down, ride 6 not yet


@pytest.fixture
def as_of(filled: Engine, tmp_path: Path) -> AsOf:
    def client(at: datetime) -> FlaskClient:
        return create_app(api_world.settings_for(tmp_path), filled, as_of=at).test_client()

    return client


@pytest.fixture
def without_readings(filled: Engine) -> None:
    with writing(filled) as connection:
        connection.execute(delete(ride_status_snapshots))


def by_ride(client: FlaskClient, address: str) -> dict[int, dict[str, Any]]:
    return {row["ride_id"]: row for row in client.get(address).get_json()["data"]}


def test_a_wait_is_the_one_that_was_posted(as_of: AsOf) -> None:
    rows = by_ride(as_of(MORNING), "/api/rides/waittimes")
    assert {key: rows[key]["current_wait_time"] for key in (1, 2, 6, 14)} == {1: 17, 2: None, 6: 67, 14: 147}
    assert rows[1]["peak_wait_time"] == 17


def test_the_last_wait_before_a_ride_went_down_too(as_of: AsOf) -> None:
    assert by_ride(as_of(MORNING), "/api/now")[2]["last_wait_time"] == 25


@pytest.mark.usefixtures("without_readings")
def test_where_readings_are_gone_a_wait_is_null_and_no_mean(as_of: AsOf) -> None:
    client = as_of(MORNING)
    answer = client.get("/api/rides/waittimes").get_json()
    assert answer["waits_known"] is False
    assert {row["current_wait_time"] for row in answer["data"]} == {None}
    assert {row["peak_wait_time"] for row in answer["data"]} == {None}
    said = client.get("/api/parks/6/details").get_json()["data"]["current_status"]
    assert (said["avg_wait_time"], said["max_wait_time"]) == (None, None)


@pytest.mark.usefixtures("without_readings")
def test_where_readings_are_gone_statuses_and_durations_are_what_they_were(as_of: AsOf) -> None:
    client = as_of(MORNING)
    assert by_ride(client, "/api/now").keys() == {2, 12}
    said = client.get("/api/parks/6/details").get_json()["data"]["current_status"]
    assert (said["is_open_now"], said["rides_open"], said["rides_down"]) == (True, 4, 1)
    assert client.get("/api/rides/4/details").get_json()["data"]["days"][-1]["uptime_minutes"] == 40


def test_with_readings_waits_are_known(as_of: AsOf) -> None:
    assert as_of(MORNING).get("/api/parks").get_json()["waits_known"] is True


def test_details_know_nothing_that_came_later(as_of: AsOf) -> None:
    ride = as_of(MORNING).get("/api/rides/6/details").get_json()["data"]
    assert (ride["outages"], ride["statistics"]["outage_count"]) == ([], 0)
    assert ride["days"][-1]["uptime_minutes"] == 70


def test_an_hour_after_the_last_reading_nothing_is_known_of_now(as_of: AsOf) -> None:
    client = as_of(api_world.AS_OF + timedelta(hours=1))
    answer = client.get("/api/rides/downtime").get_json()
    assert (answer["stale"], answer["last_updated"]) == (True, "2026-07-01T17:50:00Z")
    assert {row["current_status"] for row in answer["data"]} == {"Unknown"}
    said = client.get("/api/parks/6/details").get_json()["data"]["current_status"]
    assert {said[name] for name in ("is_open_now", "rides_open", "rides_down", "avg_wait_time")} == {None}


def test_a_stale_page_without_script_counts_no_ride_as_open(as_of: AsOf) -> None:
    page = as_of(api_world.AS_OF + timedelta(hours=1)).get("/live").get_data(as_text=True)
    assert '<td class="number">0</td>\n<td class="number">0</td>\n<td class="number">6</td>' in page


def test_a_payload_that_says_nothing_closes_no_park(filled: Engine, as_of: AsOf) -> None:
    last = api_world.cycle(api_world.CYCLES - 1)
    at = last.recorded_at + api_world.CYCLE
    unknown = tuple(
        replace(
            park,
            fetched_at=at,
            readings=tuple(replace(r, state=State.UNKNOWN, wait_minutes=None) for r in park.readings),
        )
        for park in last.parks
    )
    store_cycle(filled, replace(last, recorded_at=at, parks=unknown), api_world.Drawn())
    said = as_of(at).get("/api/parks/6/details").get_json()["data"]["current_status"]
    assert (said["is_open_now"], said["rides_open"], said["max_wait_time"]) == (True, 4, 83)


def test_a_ride_that_has_moved_since_stands_where_it_stood(filled: Engine, as_of: AsOf) -> None:
    with writing(filled) as connection:
        moved = {"park_id": api_world.PRAIRIE, "moves_on": api_world.AS_OF.date() + timedelta(days=1)}
        connection.execute(update(rides).where(rides.c.ride_id == 1).values(moved))
    assert by_ride(as_of(MORNING), "/api/rides")[1]["park_id"] == api_world.MAGIC


def test_what_was_not_known_yet_is_not_listed(as_of: AsOf) -> None:
    assert as_of(api_world.START - timedelta(hours=1)).get("/api/rides").get_json()["data"] == []
    assert as_of(api_world.START - timedelta(days=120)).get("/api/parks").get_json()["data"] == []


class TestTheDatabaseOfAMoment:
    def at(self, past: AsOfDatabase) -> datetime | None:
        past.refresh()
        with past.reading() as connection:
            return moment(connection).instant

    def test_a_cycle_that_comes_late_is_taken_in(self, engine: Engine) -> None:
        api_world.fill(engine, last=3)
        past = AsOfDatabase(engine, api_world.START + timedelta(minutes=35))
        assert self.at(past) == api_world.START + timedelta(minutes=20)
        api_world.fill(engine, first=3, last=6)
        assert self.at(past) == api_world.START + timedelta(minutes=30)

    def test_what_comes_after_it_changes_nothing(self, engine: Engine) -> None:
        api_world.fill(engine, last=3)
        past = AsOfDatabase(engine, api_world.START + timedelta(minutes=20))
        assert self.at(past) == api_world.START + timedelta(minutes=20)
        api_world.fill(engine, first=3, last=6)
        assert self.at(past) == api_world.START + timedelta(minutes=20)

    def test_nothing_of_it_is_left_behind(
        self, filled: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        folder = tmp_path / "temporary"
        folder.mkdir()
        monkeypatch.setattr("tempfile.tempdir", str(folder))
        past = AsOfDatabase(filled, MORNING)
        past.refresh()
        assert len(list(folder.iterdir())) == 1
        del past
        gc.collect()
        assert list(folder.iterdir()) == []

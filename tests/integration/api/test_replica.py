"""A read replica that cannot answer, lacks tables or lies behind: 503 says so, and health tells how far."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import api_world
import pytest
from flask import Flask
from sqlalchemy import Engine, text

from park_downtime.api.app import create_app
from park_downtime.api.health import primary_watch
from park_downtime.collection.store import store_cycle
from park_downtime.database.engine import make_engine, writing
from park_downtime.model import Cycle, ParkFailure, ParkOutcome

NOBODY = "mysql+pymysql://nobody@127.0.0.1:9/nothing"


@pytest.fixture
def replica(filled_file: Path, tmp_path: Path) -> Iterator[Engine]:
    """The drawn parks once more, in a file of its own."""
    shutil.copyfile(filled_file, tmp_path / "replica.sqlite")
    engine = make_engine(f"sqlite:///{tmp_path / 'replica.sqlite'}")
    yield engine
    engine.dispose()


@pytest.fixture
def nobody() -> Iterator[Engine]:
    engine = make_engine(NOBODY)
    yield engine
    engine.dispose()


def app_over(primary: Engine, replica: Engine, folder: Path, minutes: int = 0) -> Flask:
    now = api_world.NOW + timedelta(minutes=minutes)
    return create_app(api_world.settings_for(folder), primary, read_engine=replica, clock=lambda: now)


def collected(primary: Engine, minutes: int) -> None:
    """The primary has a later cycle, whatever it heard."""
    at = api_world.AS_OF + timedelta(minutes=minutes)
    failures = (ParkFailure(6, ParkOutcome.FAILED, "timed out"),)
    store_cycle(primary, Cycle(at, 600, (), failures), api_world.Drawn())


def database_check(app: Flask) -> dict[str, Any]:
    check = app.test_client().get("/api/health").get_json()["checks"]["database"]
    assert isinstance(check, dict)
    return check


def refusal(app: Flask, path: str = "/api/rides") -> tuple[int, str, str]:
    answer = app.test_client().get(path)
    error = answer.get_json()["error"]
    return answer.status_code, error["code"], error["message"]


def test_a_replica_in_step_answers(filled: Engine, replica: Engine, tmp_path: Path) -> None:
    app = app_over(filled, replica, tmp_path)
    assert app.test_client().get("/api/rides").status_code == 200
    assert database_check(app)["replica_lag_minutes"] == 0.0


def test_without_a_replica_there_is_no_lag(filled: Engine, tmp_path: Path) -> None:
    app = create_app(api_world.settings_for(tmp_path), filled, clock=lambda: api_world.NOW)
    assert database_check(app)["replica_lag_minutes"] is None


def test_two_cycles_behind_is_answered_and_told(filled: Engine, replica: Engine, tmp_path: Path) -> None:
    collected(filled, minutes=20)
    app = app_over(filled, replica, tmp_path, minutes=20)
    assert app.test_client().get("/api/rides").status_code == 200
    check = database_check(app)
    assert (check["status"], check["replica_lag_minutes"]) == ("healthy", 20.0)


def test_a_replica_that_lags_is_named(filled: Engine, replica: Engine, tmp_path: Path) -> None:
    collected(filled, minutes=30)
    app = app_over(filled, replica, tmp_path, minutes=30)
    told = "The read replica is 30 minutes behind the database"
    assert refusal(app) == (503, "SERVICE_UNAVAILABLE", told)
    check = database_check(app)
    assert (check["status"], check["message"], check["replica_lag_minutes"]) == ("unhealthy", told, 30.0)


def test_an_answer_that_was_kept_goes_out_no_more(
    filled: Engine, replica: Engine, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(primary_watch, "LOOK_SECONDS", 0.0)
    monkeypatch.setattr(primary_watch, "OLD_SECONDS", 0.0)
    client = app_over(filled, replica, tmp_path).test_client()
    assert [client.get("/api/rides").status_code for _ in range(2)] == [200, 200]
    collected(filled, minutes=30)
    assert client.get("/api/rides").status_code == 503


def test_lag_is_no_missing_readings(filled: Engine, replica: Engine, tmp_path: Path) -> None:
    collected(filled, minutes=30)
    app = app_over(filled, replica, tmp_path, minutes=30)
    body = app.test_client().get("/api/health").get_json()
    assert body["minutes_since_last_collection"] == 2.0


def test_missing_readings_are_no_lag(filled: Engine, replica: Engine, tmp_path: Path) -> None:
    app = app_over(filled, replica, tmp_path, minutes=300)
    body = app.test_client().get("/api/health").get_json()
    assert "No readings have arrived" in body["checks"]["data_collection"]["message"]
    assert body["checks"]["database"]["status"] == "healthy"
    assert app.test_client().get("/api/rides").status_code == 200


def test_an_empty_replica_is_named(filled: Engine, sqlite_engine: Engine, tmp_path: Path) -> None:
    app = app_over(filled, sqlite_engine, tmp_path)
    assert refusal(app)[2] == "The read replica has no readings yet"


@pytest.mark.parametrize(
    "change", ["DROP TABLE ride_classifications", "ALTER TABLE rides RENAME COLUMN land_key TO land"]
)
def test_a_replica_behind_a_migration_is_named(
    filled: Engine, replica: Engine, tmp_path: Path, change: str
) -> None:
    with writing(replica) as connection:
        connection.execute(text(change))
    app = app_over(filled, replica, tmp_path)
    told = "The read replica lacks tables or columns that this release reads"
    assert refusal(app) == (503, "SERVICE_UNAVAILABLE", told)
    check = database_check(app)
    assert (check["status"], check["message"]) == ("unhealthy", told)


def test_a_replica_that_is_away_is_named_without_its_address(
    filled: Engine, nobody: Engine, tmp_path: Path
) -> None:
    app = app_over(filled, nobody, tmp_path)
    assert refusal(app)[2] == "The read replica cannot be used at the moment"
    assert database_check(app)["message"] == "The read replica cannot be used at the moment"


def test_while_the_primary_is_away_its_replica_answers(
    nobody: Engine, replica: Engine, tmp_path: Path
) -> None:
    app = app_over(nobody, replica, tmp_path)
    assert app.test_client().get("/api/rides").status_code == 200
    body = app.test_client().get("/api/health").get_json()
    check = body["checks"]["database"]
    assert (check["status"], check["replica_lag_minutes"]) == ("degraded", None)
    assert check["message"] == "The database cannot be reached; the read replica answers"
    assert body["minutes_since_last_collection"] == 2.0


def test_an_unknown_column_of_the_primary_is_a_mistake_of_ours(filled: Engine, tmp_path: Path) -> None:
    with writing(filled) as connection:
        connection.execute(text("ALTER TABLE rides RENAME COLUMN land_key TO land"))
    app = create_app(api_world.settings_for(tmp_path), filled, clock=lambda: api_world.NOW)
    assert refusal(app)[:2] == (500, "INTERNAL_ERROR")

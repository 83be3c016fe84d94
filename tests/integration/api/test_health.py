"""`/api/health` says how the database, collection and the nights are, and what is wrong in words."""

from __future__ import annotations

from datetime import date, timedelta
from pathlib import Path
from typing import Any

import api_world
import pytest
from api_world import MakeApp
from sqlalchemy import Engine, insert

from park_downtime.api.app_context import service_of, tell_feed_trouble
from park_downtime.collection.park_list_state import STATE_FILE, NotTracked, ParkListState, state_as_json
from park_downtime.collection.store import store_cycle
from park_downtime.database.cycles import add_complete_cycles
from park_downtime.database.engine import make_engine, writing
from park_downtime.database.statistics_tables import aggregation_log
from park_downtime.model import Cycle, ParkFailure, ParkOutcome, ZoneDayStatus

NOW = api_world.NOW


def health(engine: Engine, make_app: MakeApp, minutes: int = 0) -> tuple[int, dict[str, Any]]:
    answer = make_app(engine, now=NOW + timedelta(minutes=minutes)).test_client().get("/api/health")
    assert answer.headers["Cache-Control"] == "no-store"
    body = answer.get_json()
    assert isinstance(body, dict)
    return answer.status_code, body


def closed_day(engine: Engine, zone: str, day: date) -> None:
    with writing(engine) as connection:
        connection.execute(
            insert(aggregation_log).values(
                timezone=zone,
                local_date=day,
                period_type="daily",
                status=ZoneDayStatus.SUCCESS,
                attempts=1,
                started_at=NOW,
                method_version=1,
            )
        )


def test_all_is_well(engine: Engine, make_app: MakeApp) -> None:
    api_world.fill(engine)
    status, body = health(engine, make_app)
    assert (status, body["status"], body["stale"]) == (200, "healthy", False)
    collection = body["checks"]["data_collection"]
    assert (collection["age_minutes"], collection["parks_collected_last_cycle"]) == (2.0, 2)
    assert collection["cycles_on_time_percentage"] == {
        "last_24_hours": 100.0,
        "last_7_days": 100.0,
        "last_30_days": 100.0,
    }


def test_a_cycle_that_lands_late_is_counted_by_the_next_question(
    sqlite_engine: Engine, make_app: MakeApp
) -> None:
    api_world.fill(sqlite_engine, last=api_world.CYCLES - 3)
    client = make_app(sqlite_engine, now=NOW).test_client()

    def on_time() -> float:
        collection = client.get("/api/health").get_json()["checks"]["data_collection"]
        share: float = collection["cycles_on_time_percentage"]["last_24_hours"]
        return share

    assert [on_time(), on_time()] == [91.3, 91.3]  # 21 of 23: the last is not missing yet
    api_world.fill(sqlite_engine, first=api_world.CYCLES - 3)
    assert on_time() == 100


@pytest.mark.parametrize(("minutes", "code", "word"), [(30, 200, "degraded"), (125, 503, "unhealthy")])
def test_late_and_missing_cycles(
    sqlite_engine: Engine, make_app: MakeApp, minutes: int, code: int, word: str
) -> None:
    api_world.fill(sqlite_engine)
    status, body = health(sqlite_engine, make_app, minutes)
    assert (status, body["status"], body["stale"]) == (code, word, True)
    assert "No readings have arrived for" in body["checks"]["data_collection"]["message"]


def test_nothing_collected_yet_is_degraded(sqlite_engine: Engine, make_app: MakeApp) -> None:
    status, body = health(sqlite_engine, make_app)
    assert (status, body["status"], body["last_updated"]) == (200, "degraded", None)


def test_a_feed_that_cannot_be_reached_is_said_with_what_helps(
    sqlite_engine: Engine, make_app: MakeApp
) -> None:
    api_world.add_parks(sqlite_engine)
    failures = tuple(ParkFailure(park, ParkOutcome.FAILED, "no route") for park in (6, 50))
    store_cycle(sqlite_engine, Cycle(NOW, 600, (), failures), api_world.Drawn())
    status, body = health(sqlite_engine, make_app)
    collection = body["checks"]["data_collection"]
    assert (status, collection["parks_failed_last_cycle"]) == (503, 2)
    assert "The feed at https://queue-times.com cannot be reached" in collection["message"]
    assert "make demo" in collection["message"]
    assert collection["feed_answers"] is False
    page = make_app(sqlite_engine).test_client().get("/live").text
    assert "cannot be reached" in page


def test_the_embedded_run_tells_why(sqlite_engine: Engine, make_app: MakeApp) -> None:
    app = make_app(sqlite_engine)
    tell_feed_trouble(app, "no address for queue-times.com")
    message = app.test_client().get("/api/health").get_json()["checks"]["data_collection"]["message"]
    assert "no address for queue-times.com" in message


def test_cycles_in_the_spool_are_counted(sqlite_engine: Engine, make_app: MakeApp, tmp_path: Path) -> None:
    api_world.fill(sqlite_engine)
    (tmp_path / "spool").mkdir()
    (tmp_path / "spool" / "cycle-20260701T175000Z.jsonl.gz").write_bytes(b"x" * 7)
    _, body = health(sqlite_engine, make_app)
    collection = body["checks"]["data_collection"]
    assert (body["status"], collection["spool_cycles"], collection["spool_bytes"]) == ("degraded", 1, 7)


def test_the_last_closed_day_of_each_zone(engine: Engine, make_app: MakeApp) -> None:
    api_world.fill(engine)
    closed_day(engine, "America/New_York", date(2026, 7, 3))
    closed_day(engine, "America/Chicago", date(2026, 6, 30))
    _, body = health(engine, make_app, minutes=3 * 24 * 60)
    aggregation = body["checks"]["aggregation"]
    assert aggregation["zones"] == [
        {"timezone": "America/Chicago", "last_success_date": "2026-06-30", "days_behind": 4},
        {"timezone": "America/New_York", "last_success_date": "2026-07-03", "days_behind": 1},
    ]
    assert aggregation["status"] == "degraded"


def test_a_zone_with_new_parks_alone_owes_no_nights_of_the_months_before(
    engine: Engine, make_app: MakeApp
) -> None:
    with writing(engine) as connection:
        add_complete_cycles(connection, [NOW - timedelta(days=90)], 600, 1)
    api_world.fill(engine)
    closed_day(engine, "America/New_York", date(2026, 6, 30))
    code, body = health(engine, make_app)
    assert (code, body["checks"]["aggregation"]["status"]) == (200, "healthy")
    assert body["checks"]["aggregation"]["zones"][0] == {
        "timezone": "America/Chicago",
        "last_success_date": None,
        "days_behind": 1,
    }


def test_a_zone_whose_log_a_night_catches_up_with_is_not_behind(engine: Engine, make_app: MakeApp) -> None:
    """Parks have moved there, and a night logs their days from the oldest on, all of them closed before."""
    api_world.fill(engine)
    closed_day(engine, "America/New_York", date(2026, 6, 30))
    closed_day(engine, "America/Chicago", date(2026, 4, 2))
    code, body = health(engine, make_app)
    assert (code, body["checks"]["aggregation"]["status"]) == (200, "healthy")
    assert body["checks"]["aggregation"]["zones"][0] == {
        "timezone": "America/Chicago",
        "last_success_date": "2026-04-02",
        "days_behind": 1,
    }


def test_nights_that_have_never_run_are_counted_from_the_first_day(engine: Engine, make_app: MakeApp) -> None:
    api_world.fill(engine)
    _, body = health(engine, make_app, minutes=3 * 24 * 60)
    aggregation = body["checks"]["aggregation"]
    assert [zone["days_behind"] for zone in aggregation["zones"]] == [4, 4]
    assert aggregation["status"] == "degraded"


def test_a_database_that_is_away(make_app: MakeApp) -> None:
    engine = make_engine("mysql+pymysql://nobody@127.0.0.1:9/nothing")
    client = make_app(engine).test_client()
    answer = client.get("/api/health")
    body = answer.get_json()
    assert (answer.status_code, body["status"]) == (503, "unhealthy")
    assert body["checks"]["database"]["latency_ms"] is None
    other = client.get("/api/parks")
    assert (other.status_code, other.get_json()["error"]["code"]) == (503, "SERVICE_UNAVAILABLE")
    assert other.headers["Retry-After"] == "5"
    engine.dispose()


def test_health_takes_no_parameters(client: Any) -> None:
    assert client.get("/api/health?verbose=1").status_code == 400


def test_a_doubted_list_of_parks_degrades_with_its_reason(engine: Engine, make_app: MakeApp) -> None:
    api_world.fill(engine)
    app = make_app(engine)
    state = ParkListState(
        problem="the list names 200 new parks", not_tracked=(NotTracked(339, "No Zone", "no zone"),)
    )
    folder = service_of(app).settings.spool_dir
    folder.mkdir(parents=True, exist_ok=True)
    (folder / STATE_FILE).write_bytes(state_as_json(state))
    body = app.test_client().get("/api/health").get_json()
    told = body["checks"]["park_list"]
    assert (body["status"], told["status"], told["message"]) == (
        "degraded", "degraded", "the list names 200 new parks",
    )  # fmt: skip
    assert told["not_tracked"] == [{"park_id": 339, "name": "No Zone", "reason": "no zone"}]


def test_tracked_and_heard_parks_stand_beside_the_plan(engine: Engine, make_app: MakeApp) -> None:
    api_world.fill(engine)
    _, body = health(engine, make_app)
    told = body["checks"]["park_list"]
    assert (told["parks_tracked"], told["parks_heard_last_24_hours"], told["parks_planned"]) == (2, 2, 80)


def test_it_says_when_and_how_fast_it_answered_and_how_old_the_readings_are(
    filled: Engine, make_app: MakeApp
) -> None:
    _, body = health(filled, make_app)
    assert body["timestamp"] == "2026-07-01T17:52:00Z"
    assert (body["last_collection"], body["minutes_since_last_collection"]) == ("2026-07-01T17:50:00Z", 2.0)
    assert body["response_time_ms"] > 0
    assert body["checks"]["api"] == {"status": "healthy", "message": None}

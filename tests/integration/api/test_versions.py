"""Answers are made once per data version; a new cycle is seen by every process."""

from __future__ import annotations

from datetime import timedelta

import api_world
from api_world import MakeApp
from flask.testing import FlaskClient
from sqlalchemy import Engine, event
from waiting import wait_until

from park_downtime.api.app import create_app

URL = "/api/parks/downtime"


def updated(client: FlaskClient) -> str | None:
    said = client.get(URL).get_json()["last_updated"]
    assert said is None or isinstance(said, str)
    return said


def test_two_applications_see_a_new_cycle(engine: Engine, make_app: MakeApp) -> None:
    api_world.fill(engine, last=2)
    clients = [make_app(engine).test_client() for _ in range(2)]
    before = [(updated(client), client.get(URL).headers["ETag"]) for client in clients]
    api_world.fill(engine, first=2, last=3)
    wait_until(
        "the new cycle",
        lambda: [updated(client) for client in clients],
        lambda said: said == ["2026-07-01T14:20:00Z"] * 2,
    )
    after = [client.get(URL).headers["ETag"] for client in clients]
    assert [said for said, _ in before] == ["2026-07-01T14:10:00Z"] * 2
    assert before[0][1] != after[0]


def beside_the_version(statements: list[str]) -> list[str]:
    """What asks for more than the version, which is looked up beside the requests."""
    return [one for one in statements if "data_version" not in one and not one.startswith("BEGIN")]


def test_asking_again_asks_the_database_nothing(filled: Engine, make_app: MakeApp) -> None:
    client = make_app(filled).test_client()
    client.get(URL)
    asked: list[str] = []
    event.listen(filled, "before_cursor_execute", lambda *args: asked.append(args[2]))
    for _ in range(50):
        assert client.get(URL).status_code == 200
    assert beside_the_version(asked) == []


def test_answers_become_stale_by_the_clock_alone(filled: Engine, make_app: MakeApp) -> None:
    client = make_app(filled, now=api_world.AS_OF + timedelta(minutes=26)).test_client()
    answer = client.get(URL).get_json()
    assert answer["stale"] is True
    assert answer["aggregate_stats"]["currently_down_rides"] is None
    assert {row["is_open_now"] for row in answer["data"]} == {None}
    assert client.get("/api/now").get_json()["data"] == []
    statuses = {row["current_status"] for row in client.get("/api/rides/downtime").get_json()["data"]}
    assert statuses == {"Unknown"}


def test_as_it_stood_at_an_earlier_moment(filled: Engine, make_app: MakeApp) -> None:
    settings = make_app(filled).extensions["park_downtime"].settings
    at = api_world.START + timedelta(minutes=75)  # ride 2 is down since 11:00
    app = create_app(settings, filled, as_of=at, clock=lambda: api_world.NOW)
    client = app.test_client()
    assert updated(client) == "2026-07-01T15:10:00Z"
    down = client.get("/api/now").get_json()
    assert {row["ride_id"]: row["down_since"] for row in down["data"]} == {
        2: "2026-07-01T15:00:00Z",
        12: "2026-07-01T15:00:00Z",
    }
    assert down["stale"] is False
    details = client.get("/api/rides/2/details").get_json()["data"]
    assert [outage["ongoing"] for outage in details["outages"]] == [True]


def test_an_earlier_moment_is_named_in_every_answer(filled: Engine, make_app: MakeApp) -> None:
    settings = make_app(filled).extensions["park_downtime"].settings
    app = create_app(settings, filled, as_of=api_world.START, clock=lambda: api_world.NOW)
    client = app.test_client()
    for _ in range(2):  # made, and kept
        assert client.get("/api/now").headers["X-As-Of"] == "2026-07-01T14:00:00Z"
    assert client.get("/api/nothing").headers["X-As-Of"] == "2026-07-01T14:00:00Z"
    assert "X-As-Of" not in make_app(filled).test_client().get("/api/now").headers

"""`/api/corrections`: what the operator made unknown, in force or taken back."""

from __future__ import annotations

from datetime import timedelta

import api_world
import pytest
from api_world import MAGIC, NOW, PRAIRIE, START, MakeApp
from flask.testing import FlaskClient
from sqlalchemy import Engine

from park_downtime.jobs.corrections import make_correction, withdraw_correction
from park_downtime.timeline.voided import Voided

URL = "/api/corrections"
ELEVEN, NOON = START + timedelta(hours=1), START + timedelta(hours=2)


@pytest.fixture
def corrected(filled: Engine) -> Engine:
    make_correction(filled, MAGIC, Voided(4, ELEVEN, NOON), "=The feed lied.", NOW)
    done = make_correction(filled, PRAIRIE, Voided(None, ELEVEN, NOON), "Wrong park.", NOW)
    withdraw_correction(filled, done.correction.correction_id, NOW + timedelta(hours=1))
    return filled


def test_before_the_first_it_is_an_empty_list(client: FlaskClient) -> None:
    answer = client.get(URL).get_json()
    assert (answer["total_count"], answer["data"]) == (0, [])


def test_each_has_its_stretch_reason_and_dates(corrected: Engine, make_app: MakeApp) -> None:
    first, second = make_app(corrected).test_client().get(URL).get_json()["data"]
    assert first == {
        "correction_id": 1,
        "park_id": 6,
        "park_name": "Magic",
        "ride_id": 4,
        "ride_name": api_world.HOSTILE,
        "started_at": "2026-07-01T15:00:00Z",
        "ended_at": "2026-07-01T16:00:00Z",
        "reason": "=The feed lied.",
        "timezone": "America/New_York",
        "made_at": "2026-07-01T17:52:00Z",
        "withdrawn_at": None,
        "queue_times_url": "https://queue-times.com/parks/6/rides/4",
    }
    assert (second["ride_id"], second["ride_name"]) == (None, None)
    assert second["withdrawn_at"] == "2026-07-01T18:52:00Z"


def test_those_of_one_park(corrected: Engine, make_app: MakeApp) -> None:
    client = make_app(corrected).test_client()
    rows = client.get(f"{URL}?park_id={PRAIRIE}").get_json()["data"]
    assert [row["correction_id"] for row in rows] == [2]
    assert client.get(f"{URL}?park_id=7").status_code == 404


def test_newest_first(corrected: Engine, make_app: MakeApp) -> None:
    rows = make_app(corrected).test_client().get(f"{URL}?sort=correction_id&order=desc").get_json()["data"]
    assert [row["correction_id"] for row in rows] == [2, 1]


def test_a_reason_is_no_formula_in_a_sheet(corrected: Engine, make_app: MakeApp) -> None:
    text = make_app(corrected).test_client().get(f"{URL}?format=csv").get_data(as_text=True)
    assert "'=The feed lied." in text


def test_every_answer_changes_its_etag(filled: Engine, make_app: MakeApp) -> None:
    before = make_app(filled).test_client().get("/api/rides/downtime").headers["ETag"]
    make_correction(filled, MAGIC, Voided(2, ELEVEN, NOON), "The feed lied.", NOW)
    answer = make_app(filled).test_client().get("/api/rides/downtime")
    assert answer.headers["ETag"] != before
    assert next(row for row in answer.get_json()["data"] if row["ride_id"] == 2)["downtime_hours"] == 0


def test_the_day_shows_the_stretch_as_unknown(filled: Engine, make_app: MakeApp) -> None:
    make_correction(filled, MAGIC, Voided(2, ELEVEN, NOON), "The feed lied.", NOW)
    answer = make_app(filled).test_client().get(f"/api/parks/{MAGIC}/timeline?date=2026-07-01").get_json()
    ride = next(row for row in answer["data"]["rides"] if row["ride_id"] == 2)
    assert [one["kind"] for one in ride["stretches"]] == ["open", "unknown", "open"]


def test_the_days_that_one_in_force_touches_are_marked(corrected: Engine, make_app: MakeApp) -> None:
    client = make_app(corrected).test_client()
    marked = {
        ride_id: [
            day["date"]
            for day in client.get(f"/api/rides/{ride_id}/details").get_json()["data"]["days"]
            if day["corrected"]
        ]
        for ride_id in (3, 4)
    }
    assert marked == {3: [], 4: ["2026-07-01"]}

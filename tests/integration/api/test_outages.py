"""`/api/outages`: the log of closures, and each of them for ever."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from urllib.parse import urljoin

import api_world
import pytest
from api_world import MAGIC, NOW, PRAIRIE, START, MakeApp
from flask.testing import FlaskClient
from sqlalchemy import Engine, insert
from werkzeug.test import TestResponse

from park_downtime.api.app import create_app
from park_downtime.api.resources import outages
from park_downtime.database import outage_log
from park_downtime.database.engine import writing
from park_downtime.database.statistics_tables import former_closure_ids
from park_downtime.jobs.corrections import make_correction
from park_downtime.model import GoneReason
from park_downtime.timeline.voided import Voided

URL = "/api/outages"
ELEVEN = START + timedelta(hours=1)
DOWN, SHORT, HOUR, HALF = "3-1782927000", "6-1782919800", "12-1782918000", "2-1782918000"


def ids(client: FlaskClient, query: str = "") -> list[str]:
    return [row["outage_id"] for row in client.get(f"{URL}{query}").get_json()["data"]]


class TestLog:
    def test_before_the_first_cycle_it_is_empty(self, empty_client: FlaskClient) -> None:
        answer = empty_client.get(URL).get_json()
        assert (answer["total_count"], answer["data"]) == (0, [])

    def test_the_newest_stand_first(self, client: FlaskClient) -> None:
        assert ids(client) == [DOWN, SHORT, HOUR, HALF]

    def test_a_closure_has_its_ride_its_day_and_its_length(self, client: FlaskClient) -> None:
        assert client.get(URL).get_json()["data"][2] == {
            "outage_id": HOUR,
            "ride_id": 12,
            "ride_name": "Ride 12",
            "park_id": 50,
            "park_name": "=Prairie",
            "timezone": "America/Chicago",
            "tier": 2,
            "tier_label": "Tier 2 (Standard)",
            "kind": "outage",
            "date": "2026-07-01",
            "started_at": "2026-07-01T15:00:00Z",
            "ended_at": "2026-07-01T16:00:00Z",
            "due_at": None,
            "minutes": 60.0,
            "park_wide": False,
            "is_incident": True,
            "known_at": "2026-07-01T15:00:00Z",
            "queue_times_url": "https://queue-times.com/parks/50/rides/12",
        }

    def test_one_that_is_ongoing_has_no_end(self, client: FlaskClient) -> None:
        row = client.get(URL).get_json()["data"][0]
        assert (row["kind"], row["ended_at"], row["minutes"]) == ("ongoing", None, 20.0)

    def test_what_is_down_now_is_in_it_since_then(self, client: FlaskClient) -> None:
        now = client.get("/api/now").get_json()["data"]
        row = client.get(f"{URL}?kind=ongoing").get_json()["data"]
        assert [(one["ride_id"], one["down_since"]) for one in now] == [
            (one["ride_id"], one["started_at"]) for one in row
        ]

    def test_of_a_park_a_ride_and_a_kind(self, client: FlaskClient) -> None:
        assert ids(client, f"?park_id={PRAIRIE}") == [HOUR]
        assert ids(client, "?ride_id=2") == [HALF]
        assert ids(client, f"?ride_id=2&park_id={PRAIRIE}") == []
        assert ids(client, "?kind=outage") == [SHORT, HOUR, HALF]
        assert ids(client, "?kind=late_start") == []

    def test_of_a_range_where_it_is_of_one_ride(self, client: FlaskClient) -> None:
        days = "2026-06-01..2026-07-31"
        assert ids(client, f"?ride_id=2&period={days}") == [HALF]
        assert client.get(f"{URL}?period={days}").status_code == 400

    def test_of_days_without_any_data(self, client: FlaskClient) -> None:
        answer = client.get(f"{URL}?period=2025")
        assert (answer.status_code, answer.get_json()["error"]["details"]["first_date"]) == (
            404,
            "2026-07-01",
        )

    def test_of_strangers(self, client: FlaskClient) -> None:
        assert client.get(f"{URL}?ride_id=99").status_code == 404
        assert client.get(f"{URL}?park_id=99").status_code == 404

    def test_page_by_page(self, client: FlaskClient) -> None:
        answer = client.get(f"{URL}?limit=2&offset=1").get_json()
        assert [row["outage_id"] for row in answer["data"]] == [SHORT, HOUR]
        assert answer["total_count"] == 4

    def test_of_more_than_can_be_reached_nobody_knows_the_number(
        self, client: FlaskClient, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(outages, "REACHABLE", 3)
        monkeypatch.setattr(outage_log, "REACHABLE", 3)
        answer = client.get(URL).get_json()
        assert ([row["outage_id"] for row in answer["data"]], answer["total_count"]) == (
            [DOWN, SHORT, HOUR],
            None,
        )

    def test_as_a_file(self, client: FlaskClient) -> None:
        answer = client.get(f"{URL}?format=csv&period=7days")
        lines = answer.text.split("\r\n")
        assert lines[0].startswith("outage_id,ride_id,ride_name,park_id,park_name,timezone,tier")
        assert [line.split(",")[0] for line in lines[1:-1]] == [DOWN, SHORT, HOUR, HALF]
        assert 'filename="outages-7days.csv"' in answer.headers["Content-Disposition"]

    def test_it_is_put_in_no_other_order(self, client: FlaskClient) -> None:
        assert client.get(f"{URL}?sort=minutes").status_code == 400


class TestOne:
    def test_it_is_answered_as_the_log_has_it(self, client: FlaskClient) -> None:
        for row in client.get(URL).get_json()["data"]:
            assert client.get(f"{URL}/{row['outage_id']}").get_json()["data"] == row

    def test_the_answer_is_confirmed_by_its_etag(self, client: FlaskClient) -> None:
        etag = client.get(f"{URL}/{HALF}").headers["ETag"]
        assert client.get(f"{URL}/{HALF}", headers={"If-None-Match": etag}).status_code == 304

    @pytest.mark.parametrize(
        "stranger", ["2-1782918001", "1-1782918000", "9-1782918000", "9999999999-9999999999"]
    )
    def test_what_was_never_told_is_not_found(self, client: FlaskClient, stranger: str) -> None:
        answer = client.get(f"{URL}/{stranger}")
        assert answer.status_code == 404
        assert answer.get_json()["error"]["details"] == {"resource_type": "outage", "resource_id": stranger}

    @pytest.mark.parametrize(
        "impossible",
        [
            "2",
            "2-",
            "x-1",
            "02-1782918000",
            "2-01",
            "0-5",
            "2-1782918000-1",
            "12345678901-5",
            "2-12345678901",
        ],
    )
    def test_what_is_no_id_is_an_error(self, client: FlaskClient, impossible: str) -> None:
        answer = client.get(f"{URL}/{impossible}")
        assert answer.status_code == 400
        assert answer.get_json()["error"]["details"]["parameter"] == "outage_id"


class TestMoved:
    @pytest.fixture
    def corrected(self, filled: Engine) -> Engine:
        make_correction(filled, MAGIC, Voided(2, ELEVEN, ELEVEN + timedelta(minutes=10)), "Lies.", NOW)
        return filled

    def asked(self, engine: Engine, make_app: MakeApp, outage_id: str) -> TestResponse:
        return make_app(engine).test_client().get(f"{URL}/{outage_id}")

    def test_it_leads_to_the_closure_that_lies_there_now(self, corrected: Engine, make_app: MakeApp) -> None:
        answer = self.asked(corrected, make_app, HALF)
        assert (answer.status_code, answer.headers["Location"]) == (301, "2-1782918600")
        assert answer.get_json()["error"]["details"] == {"moved_to": "2-1782918600"}

    @pytest.mark.parametrize("under", ["https://here.example", "https://here.example/parks"])
    def test_under_whatever_address_the_service_stands(
        self, corrected: Engine, make_app: MakeApp, under: str
    ) -> None:
        to = self.asked(corrected, make_app, HALF).headers["Location"]
        assert urljoin(f"{under}{URL}/{HALF}", to) == f"{under}{URL}/2-1782918600"
        row = self.asked(corrected, make_app, to).get_json()["data"]
        assert row["started_at"] == "2026-07-01T15:10:00Z"

    def test_it_may_have_moved_more_than_once(self, corrected: Engine, make_app: MakeApp) -> None:
        until = ELEVEN + timedelta(minutes=20)
        make_correction(corrected, MAGIC, Voided(2, ELEVEN, until), "More lies.", NOW)
        assert self.asked(corrected, make_app, HALF).headers["Location"] == "2-1782919200"
        assert self.asked(corrected, make_app, "2-1782918600").headers["Location"] == "2-1782919200"

    def test_one_that_went_round_in_a_circle_is_not_found(self, filled: Engine, make_app: MakeApp) -> None:
        """Which nothing makes."""
        times = [ELEVEN + timedelta(days=1), ELEVEN + timedelta(days=2)]
        with writing(filled) as connection:
            for began, to in (times, times[::-1]):
                connection.execute(
                    insert(former_closure_ids).values(
                        ride_id=2, started_at=began, park_id=MAGIC, known_at=None, gone_at=NOW,
                        reason=GoneReason.JUDGED_ANEW, moved_to=to,
                    )
                )  # fmt: skip
        assert self.asked(filled, make_app, f"2-{int(times[0].timestamp())}").status_code == 404


class TestGone:
    def test_it_is_said_why(self, filled: Engine, make_app: MakeApp) -> None:
        until = ELEVEN + timedelta(minutes=40)
        make_correction(filled, MAGIC, Voided(2, ELEVEN, until), "The feed lied.", NOW)
        answer = make_app(filled).test_client().get(f"{URL}/{HALF}")
        assert answer.status_code == 410
        assert answer.headers["Cache-Control"] == "no-store"
        assert answer.get_json()["error"] == {
            "code": "RESOURCE_GONE",
            "message": f"Outage {HALF} is none any more: "
            "the operator made a stretch unknown in which the feed lied",
            "details": {
                "resource_type": "outage",
                "resource_id": HALF,
                "reason": "corrected",
                "ride_id": 2,
                "park_id": 6,
                "known_at": "2026-07-01T15:00:00Z",
                "gone_at": "2026-07-01T17:52:00Z",
                "correction": {"correction_id": 1, "reason": "The feed lied."},
            },
        }

    @pytest.mark.parametrize("reason", GoneReason)
    def test_each_reason_has_its_words(self, filled: Engine, make_app: MakeApp, reason: GoneReason) -> None:
        with writing(filled) as connection:
            connection.execute(
                insert(former_closure_ids).values(
                    ride_id=1, started_at=ELEVEN, park_id=MAGIC, gone_at=NOW, reason=reason
                )
            )
        error = make_app(filled).test_client().get(f"{URL}/1-1782918000").get_json()["error"]
        assert error["details"]["reason"] == reason
        assert len(error["message"]) > len("Outage 1-1782918000 is none any more: ") + 20


def test_at_an_earlier_moment_only_what_had_been_told_by_then(filled: Engine, tmp_path: Path) -> None:
    """At 11:35 the short outage was still going on, and the newest had not begun; corrections came later."""
    make_correction(filled, MAGIC, Voided(2, ELEVEN, ELEVEN + timedelta(minutes=40)), "Lies.", NOW)
    as_of = START + timedelta(minutes=95)
    client = create_app(api_world.settings_for(tmp_path), filled, as_of=as_of).test_client()
    assert ids(client) == [SHORT, HOUR, HALF]
    rows = {row["outage_id"]: row for row in client.get(URL).get_json()["data"]}
    assert {key: row["kind"] for key, row in rows.items()} == {
        SHORT: "ongoing",
        HOUR: "ongoing",
        HALF: "outage",
    }
    assert rows[HALF]["known_at"] == "2026-07-01T15:00:00Z"
    assert client.get(f"{URL}/{DOWN}").status_code == 404

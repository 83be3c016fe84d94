"""Periods by their names, asked of the drawn parks: it is Wednesday, July 1st, 2026, their first day."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import api_world
import pytest
from flask.testing import FlaskClient
from sqlalchemy import Engine

from park_downtime.api.app import create_app
from park_downtime.database.engine import make_engine

OF_TODAY = ("2026-07-01", "2026-W27", "2026-07", "2026")
RANKING, RIDES = "/api/parks/downtime", "/api/rides/downtime"


@pytest.fixture(scope="module")
def drawn(filled_file: Any, tmp_path_factory: pytest.TempPathFactory) -> Iterator[FlaskClient]:
    engine = make_engine(f"sqlite:///{filled_file}")
    settings = api_world.settings_for(tmp_path_factory.mktemp("periods"))
    yield create_app(settings, engine, clock=lambda: api_world.NOW).test_client()
    engine.dispose()


def asked(client: FlaskClient, address: str) -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def refused(client: FlaskClient, address: str, status: int) -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == status, answer.text
    found: dict[str, Any] = answer.get_json()["error"]
    return found


class TestWhatIsInIt:
    @pytest.mark.parametrize("period", OF_TODAY)
    @pytest.mark.parametrize("address", [RANKING, RIDES])
    def test_a_period_of_one_day_has_the_figures_of_the_day(
        self, drawn: FlaskClient, address: str, period: str
    ) -> None:
        own = ("downtime_hours", "total_downtime_hours", "uptime_percentage", "outage_count", "rank")
        today, named = (asked(drawn, f"{address}?period={name}")["data"] for name in ("today", period))
        assert [{key: row.get(key) for key in own} for row in named] == [
            {key: row.get(key) for key in own} for row in today
        ]

    @pytest.mark.parametrize(
        ("period", "first", "last", "days"),
        [
            ("today", "2026-07-01", "2026-07-01", 1),
            ("7days", "2026-06-25", "2026-07-01", 7),
            ("2026-07-01", "2026-07-01", "2026-07-01", 1),
            ("2026-W27", "2026-06-29", "2026-07-05", 7),
            ("2026-07", "2026-07-01", "2026-07-31", 31),
            ("2026", "2026-01-01", "2026-12-31", 365),
        ],
    )
    def test_an_answer_says_of_which_days_it_is(
        self, drawn: FlaskClient, period: str, first: str, last: str, days: int
    ) -> None:
        answer = asked(drawn, f"{RANKING}?period={period}")
        assert (answer["first_date"], answer["last_date"], answer["period_days"]) == (first, last, days)
        assert (answer["days_with_data"], answer["is_final"]) == (1, False)
        assert answer["methods"] == {"lowest": 2, "highest": 2}

    def test_a_range_of_one_park(self, drawn: FlaskClient) -> None:
        answer = asked(drawn, f"{RIDES}?period=2026-06-20..2026-07-03&park_id=6")
        assert (answer["first_date"], answer["last_date"]) == ("2026-06-20", "2026-07-03")
        assert {row["ride_id"]: row["downtime_hours"] for row in answer["data"]}[2] == 0.5

    def test_a_range_of_one_ride(self, drawn: FlaskClient) -> None:
        answer = asked(drawn, "/api/rides/2/details?period=2026-06-20..2026-07-03")
        assert [outage["minutes"] for outage in answer["data"]["outages"]] == [30]
        assert answer["data"]["statistics"]["outage_count"] == 1

    def test_a_parks_details_of_a_month(self, drawn: FlaskClient) -> None:
        statistics = asked(drawn, "/api/parks/6/details?period=2026-07")["data"]["statistics"]
        assert (statistics["period"], statistics["period_days"]) == ("2026-07", 31)
        assert statistics["total_downtime_hours"] == 0.67

    def test_trends_name_what_is_compared(self, drawn: FlaskClient) -> None:
        address = "/api/trends?category=rides-declining&period=2026-07"
        compared = {
            how: asked(drawn, f"{address}&compare={how}")["comparison"]["previous_period"]
            for how in ("previous", "year-before")
        }
        assert compared == {
            "previous": {"first_date": "2026-06-01", "last_date": "2026-06-30"},
            "year-before": {"first_date": "2025-07-01", "last_date": "2025-07-31"},
        }

    def test_a_file_has_the_period_in_its_name(self, drawn: FlaskClient) -> None:
        answer = drawn.get(f"{RIDES}?period=2026-W27&format=csv")
        assert "ridesDowntime-2026-W27.csv" in answer.headers["Content-Disposition"]


class TestWhatHasNoAnswer:
    @pytest.mark.parametrize("period", ["yesterday", "2025-12-31", "2026-W20", "2026-06", "2025", "2027-01"])
    @pytest.mark.parametrize(
        "address",
        [
            RANKING,
            RIDES,
            "/api/parks/6/details",
            "/api/rides/2/details",
            "/api/trends?category=rides-improving",
        ],
    )
    def test_a_period_without_data_says_when_there_are_some(
        self, drawn: FlaskClient, address: str, period: str
    ) -> None:
        beside = "&" if "?" in address else "?"
        error = refused(drawn, f"{address}{beside}period={period}", 404)
        assert error["details"] == {
            "resource_type": "period",
            "resource_id": period,
            "first_date": "2026-07-01",
            "last_date": "2026-07-01",
        }

    def test_before_any_data_there_is_nothing_to_name(self, engine: Engine, tmp_path: Any) -> None:
        client = create_app(api_world.settings_for(tmp_path), engine, clock=lambda: api_world.NOW)
        details = refused(client.test_client(), f"{RANKING}?period=2026", 404)["details"]
        assert (details["first_date"], details["last_date"]) == (None, None)

    @pytest.mark.parametrize(
        ("period", "why"),
        [
            ("week", "must be one of today"),
            ("2026-13", "is in no calendar"),
            ("2026-02-30", "is in no calendar"),
            ("2026-W54", "is in no calendar"),
            ("0000", "is of no year from 1900 to 2999"),
            ("2026-07-02..2026-07-01", "ends before it begins"),
            ("2025-01-01..2026-07-01", "has 547 days, at most 366"),
            ("2026-07..2026-08", "must be two dates"),
            ("2026-07-01..", "must be two dates"),
        ],
    )
    def test_a_name_that_no_period_has(self, drawn: FlaskClient, period: str, why: str) -> None:
        error = refused(drawn, f"{RIDES}?period={period}&park_id=6", 400)
        assert why in error["message"]
        assert error["details"]["provided_value"] == period

    @pytest.mark.parametrize("address", [RANKING, RIDES])
    def test_a_range_of_everything(self, drawn: FlaskClient, address: str) -> None:
        error = refused(drawn, f"{address}?period=2026-06-20..2026-07-03", 400)
        assert error["message"] == "period can be a range of one park or ride only"

    @pytest.mark.parametrize("period", ["7days", "30days"])
    def test_moving_days_a_year_before_of_everything(self, drawn: FlaskClient, period: str) -> None:
        error = refused(drawn, f"{RANKING}?period={period}&compare=year-before", 400)
        assert (error["details"]["parameter"], error["details"]["allowed"]) == ("compare", ["previous"])

    def test_moving_days_a_year_before_of_one_park(self, drawn: FlaskClient) -> None:
        assert asked(drawn, f"{RIDES}?period=7days&compare=year-before&park_id=6")["compare"] == "year-before"

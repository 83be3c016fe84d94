"""Days, weeks, months and years of a park and of a ride: each row is what its period says elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from typing import Any

import api_world
import pytest
import random_days
from cycles import RIDES, add_parks, cycle, park, said
from flask.testing import FlaskClient
from sqlalchemy import Engine, update

from park_downtime.api.app import create_app
from park_downtime.collection.store import store_cycle
from park_downtime.database.engine import writing
from park_downtime.database.statistics_tables import park_daily_stats
from park_downtime.database.totals import rebuild_totals
from park_downtime.judging.roll_up import each_period, roll_up_one

NOW = datetime(2026, 3, 6, 18, tzinfo=UTC)
TODAY, FIRST = date(2026, 3, 6), date(2025, 11, 20)
RIDES_OF = {6: (1, 2), 7: (4,)}
SHARED = ("downtime_hours", "lost_hours", "uptime_percentage", "outage_count", "coverage_percentage")


@pytest.fixture
def client(engine: Engine, tmp_path: Any) -> FlaskClient:
    """Three months and a half; what has not been closed is today and the day before."""
    add_parks(engine, park(6), park(7))
    store_cycle(engine, cycle(NOW, {6: (said(1), said(2)), 7: (said(4),)}), RIDES)
    final = dict.fromkeys(RIDES_OF, TODAY - timedelta(days=2))
    random_days.store(engine, RIDES_OF, FIRST, TODAY, {2: date(2026, 2, 10)}, final)
    for level, day in each_period(FIRST, TODAY):
        with writing(engine) as connection:
            roll_up_one(connection, level, [6, 7], day)
    with writing(engine) as connection:
        rebuild_totals(connection, [6, 7], TODAY)
    return create_app(api_world.settings_for(tmp_path), engine, clock=lambda: NOW).test_client()


@pytest.fixture
def drawn(filled: Engine, tmp_path: Any) -> Iterator[FlaskClient]:
    yield create_app(api_world.settings_for(tmp_path), filled, clock=lambda: api_world.NOW).test_client()


def asked(client: FlaskClient, address: str) -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


class TestHistory:
    @pytest.mark.parametrize("by", ["week", "month", "year"])
    def test_of_a_ride_says_what_its_details_say_of_each_period(self, client: FlaskClient, by: str) -> None:
        rows = asked(client, f"/api/rides/1/history?by={by}")["data"]
        for row in rows:
            named = asked(client, f"/api/rides/1/details?period={row['period']}")
            figures = named["data"]["statistics"]
            assert {name: row[name] for name in SHARED} == {name: figures[name] for name in SHARED}
            beside = ("first_date", "last_date", "days_with_data", "is_final", "methods")
            assert {name: row[name] for name in beside} == {name: named[name] for name in beside}

    @pytest.mark.parametrize("by", ["week", "month", "year"])
    def test_of_a_park_says_what_its_details_say_of_each_period(self, client: FlaskClient, by: str) -> None:
        for row in asked(client, f"/api/parks/6/history?by={by}")["data"]:
            figures = asked(client, f"/api/parks/6/details?period={row['period']}")["data"]["statistics"]
            assert (row["downtime_hours"], row["outage_count"], row["lost_hours"]) == (
                figures["total_downtime_hours"],
                figures["outage_count"],
                figures["lost_hours"],
            )

    def test_has_every_period_since_the_first_day_with_data(self, client: FlaskClient) -> None:
        months = [row["period"] for row in asked(client, "/api/parks/7/history")["data"]]
        assert months == ["2025-11", "2025-12", "2026-01", "2026-02", "2026-03"]

    def test_compares_each_with_the_one_before(self, client: FlaskClient) -> None:
        rows = asked(client, "/api/rides/1/history?by=month")["data"]
        details = asked(client, f"/api/rides/1/details?period={rows[1]['period']}")["data"]["statistics"]
        assert rows[0]["trend_percentage"] is None
        assert rows[1]["trend_percentage"] == details["trend_percentage"]

    def test_only_what_is_over_and_closed_is_final(self, client: FlaskClient) -> None:
        finals = [row["is_final"] for row in asked(client, "/api/parks/6/history?by=month")["data"]]
        assert finals == [True, True, True, True, False]

    def test_what_no_row_counts_yet_is_added_from_its_days(self, client: FlaskClient, engine: Engine) -> None:
        before = asked(client, "/api/rides/1/history?by=year")["data"]
        with writing(engine) as connection:
            for table in ("park_weekly_stats", "park_monthly_stats", "park_yearly_stats"):
                connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608 - names from the line above
        assert asked(client, "/api/rides/1/history?by=year&limit=999")["data"] == before


class TestCalendar:
    def test_has_each_day_from_the_first_with_data_to_today(self, client: FlaskClient) -> None:
        days = [row["date"] for row in asked(client, "/api/parks/6/calendar?year=2026")["data"]]
        assert (days[0], days[-1], len(days)) == ("2026-01-01", "2026-03-06", 65)
        assert asked(client, "/api/parks/6/calendar?year=2025")["data"][0]["date"] >= "2025-11-20"

    def test_without_a_year_it_is_this_one(self, client: FlaskClient) -> None:
        assert asked(client, "/api/rides/1/calendar")["year"] == 2026

    @pytest.mark.parametrize("ride_id", [1, 2])
    def test_of_a_ride_says_what_its_day_says(self, client: FlaskClient, ride_id: int) -> None:
        rows = asked(client, f"/api/rides/{ride_id}/calendar?year=2026")["data"]
        for row in rows[-30::7]:
            figures = asked(client, f"/api/rides/{ride_id}/details?period={row['date']}")["data"][
                "statistics"
            ]
            assert row["outage_count"] == figures["outage_count"]
            assert row["coverage_percentage"] == figures["coverage_percentage"]

    def test_a_day_that_was_not_stored_is_not_known(self, client: FlaskClient) -> None:
        rows = asked(client, "/api/parks/6/calendar?year=2026")["data"]
        missing = [row for row in rows if row["is_final"] is None]
        assert missing
        for row in missing:
            assert {value for name, value in row.items() if name != "date"} == {None}

    def test_of_the_first_method_nothing_lost_is_said(self, client: FlaskClient, engine: Engine) -> None:
        with writing(engine) as connection:
            c = park_daily_stats.c
            connection.execute(update(park_daily_stats).where(c.park_id == 6).values(method_version=1))
        rows = asked(client, "/api/rides/1/calendar?year=2026")["data"]
        assert {row["lost_minutes"] for row in rows} == {None}
        assert any(row["downtime_minutes"] for row in rows)

    def test_of_the_drawn_day(self, drawn: FlaskClient) -> None:
        [row] = asked(drawn, "/api/rides/2/calendar")["data"]
        assert row == {
            "date": "2026-07-01",
            "operated": True,
            "open_minutes": 200,
            "downtime_minutes": 30,
            "lost_minutes": 30,
            "unknown_minutes": 0,
            "outage_count": 1,
            "coverage_percentage": 100,
            "is_final": False,
        }

    def test_a_ride_that_did_not_open_did_not_operate(self, drawn: FlaskClient) -> None:
        [row] = asked(drawn, "/api/rides/5/calendar")["data"]
        assert (row["operated"], row["open_minutes"]) == (False, 0)

    @pytest.mark.parametrize("year", [2025, 2027])
    def test_a_year_without_data_says_when_there_are_some(self, drawn: FlaskClient, year: int) -> None:
        answer = drawn.get(f"/api/parks/6/calendar?year={year}")
        details = answer.get_json()["error"]["details"]
        assert (answer.status_code, details["first_date"]) == (404, "2026-07-01")


@pytest.mark.parametrize("what", ["calendar", "history"])
def test_of_what_is_not_tracked_there_is_none(drawn: FlaskClient, what: str) -> None:
    for address in (f"/api/parks/999/{what}", f"/api/rides/999/{what}"):
        assert drawn.get(address).status_code == 404


def test_a_file_says_whose_it_is(drawn: FlaskClient) -> None:
    named = {
        address: drawn.get(address).headers["Content-Disposition"].split('"')[1]
        for address in (
            "/api/rides/2/calendar?year=2026&format=csv",
            "/api/parks/6/history?by=week&format=csv",
        )
    }
    assert list(named.values()) == ["rideCalendar-2-2026.csv", "parkHistory-6-week.csv"]


def test_before_the_first_cycle_there_is_no_history(engine: Engine, tmp_path: Any) -> None:
    api_world.add_parks(engine)
    client = create_app(api_world.settings_for(tmp_path), engine, clock=lambda: api_world.NOW).test_client()
    assert asked(client, "/api/parks/6/history")["data"] == []
    assert client.get("/api/parks/6/calendar").status_code == 404

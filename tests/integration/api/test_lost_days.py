"""Lost time is null of days that the first method judged, and a sum says of how many days it is."""

from __future__ import annotations

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
from park_downtime.database.statistics_tables import park_daily_stats, ride_daily_stats
from park_downtime.database.totals import rebuild_totals
from park_downtime.judging.roll_up import each_period, roll_up_one

NOW = datetime(2026, 3, 6, 18, tzinfo=UTC)
TODAY, FIRST = date(2026, 3, 6), date(2026, 1, 10)
SECOND_METHOD = date(2026, 3, 2)
"""Since when park 6 is judged by the second method; park 7 never is."""
RIDES_OF = {6: (1, 2), 7: (4,)}
LOST = ("lost_hours", "late_start_hours", "did_not_reopen_hours")


@pytest.fixture
def client(engine: Engine, tmp_path: Any) -> FlaskClient:
    add_parks(engine, park(6), park(7))
    store_cycle(engine, cycle(NOW, {6: (said(1), said(2)), 7: (said(4),)}), RIDES)
    final = dict.fromkeys(RIDES_OF, TODAY - timedelta(days=1))
    random_days.store(engine, RIDES_OF, FIRST, TODAY, final_until=final)
    c = park_daily_stats.c
    with writing(engine) as connection:
        connection.execute(update(park_daily_stats).values(days_with_data=1, method_version=1))
        for table in (park_daily_stats, ride_daily_stats):  # observed, whatever was drawn
            connection.execute(update(table).values(expected_seconds=80_000, unknown_seconds=0))
        since = (c.park_id == 6, c.stat_date >= SECOND_METHOD)
        connection.execute(update(park_daily_stats).where(*since).values(method_version=2))
    for level, day in each_period(FIRST, TODAY):
        with writing(engine) as connection:
            roll_up_one(connection, level, [6, 7], day)
    with writing(engine) as connection:
        rebuild_totals(connection, [6, 7], TODAY)
    return create_app(api_world.settings_for(tmp_path), engine, clock=lambda: NOW).test_client()


def asked(client: FlaskClient, address: str) -> dict[str, Any]:
    answer = client.get(address)
    assert answer.status_code == 200, answer.text
    found: dict[str, Any] = answer.get_json()
    return found


def known(row: dict[str, Any]) -> tuple[int, set[bool]]:
    """Of how many days the lost time is, and whether its figures are there."""
    return row["days_lost_known"], {row[name] is not None for name in LOST}


@pytest.mark.parametrize(
    ("period", "days"), [("7days", 5), ("30days", 5), ("2026-03", 5), ("2026", 5), ("2026-03-04", 1)]
)
def test_rankings_say_it_of_each_park_and_ride(client: FlaskClient, period: str, days: int) -> None:
    for what in ("parks", "rides"):
        answer = asked(client, f"/api/{what}/downtime?period={period}")
        assert answer["days_lost_known"] == days
        said_of = {row["park_id"]: known(row) for row in answer["data"]}
        assert said_of == {6: (days, {True}), 7: (0, {False})}


def test_what_was_down_is_known_of_every_day(client: FlaskClient) -> None:
    for row in asked(client, "/api/rides/downtime?period=2026-02")["data"]:
        assert known(row) == (0, {False})
        assert row["downtime_hours"] > 0
        assert row["outages_per_100_hours"] is not None


def test_rides_of_which_it_is_not_known_come_last_in_its_order(client: FlaskClient) -> None:
    for order in ("asc", "desc"):
        rows = asked(client, f"/api/rides/downtime?period=2026&sort=lost_hours&order={order}")["data"]
        assert [row["park_id"] for row in rows] == [6, 6, 7]
    rows = asked(client, "/api/rides/downtime?period=2026&sort=days_lost_known&order=desc")["data"]
    assert [row["days_lost_known"] for row in rows] == [5, 5, 0]


def test_trends_say_it_beside_their_rows(client: FlaskClient) -> None:
    answer = asked(client, "/api/trends?category=rides-improving&period=2026-03")
    assert (answer["days_with_data"], answer["days_lost_known"]) == (6, 5)


def test_the_history_of_a_park_and_of_a_ride_says_it_of_each_period(client: FlaskClient) -> None:
    for whose in ("parks/6", "rides/1"):
        rows = asked(client, f"/api/{whose}/history?by=month")["data"]
        assert {row["period"]: known(row) for row in rows} == {
            "2026-01": (0, {False}),
            "2026-02": (0, {False}),
            "2026-03": (5, {True}),
        }


@pytest.mark.parametrize(("period", "days"), [("2026-02", 0), ("2026-02-20..2026-03-03", 2), ("2026", 5)])
def test_a_park_says_it_beside_its_figures(client: FlaskClient, period: str, days: int) -> None:
    answer = asked(client, f"/api/parks/6/details?period={period}")
    assert known(answer["data"]["statistics"]) == (days, {days > 0})
    assert answer["days_lost_known"] == days


@pytest.mark.parametrize(("period", "days"), [("2026-02", 0), ("2026-02-20..2026-03-03", 2), ("2026", 5)])
def test_a_ride_says_it_too_on_its_own_page_and_on_its_parks(
    client: FlaskClient, period: str, days: int
) -> None:
    own = asked(client, f"/api/rides/1/details?period={period}")["data"]["statistics"]
    of_park = asked(client, f"/api/parks/6/details?period={period}")["data"]["rides"]
    assert known(own) == known(of_park[0]) == (days, {days > 0})


def test_a_day_of_the_first_method_has_no_minutes_of_it(client: FlaskClient) -> None:
    days = {day["date"]: day for day in asked(client, "/api/rides/1/details")["data"]["days"]}
    for name in ("late_start_minutes", "did_not_reopen_minutes"):
        assert [days[f"2026-03-0{number}"][name] is None for number in (1, 2)] == [True, False]
    assert days["2026-03-01"]["downtime_minutes"] is not None

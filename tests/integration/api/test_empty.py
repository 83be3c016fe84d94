"""Before any data there are empty lists, not errors."""

from __future__ import annotations

import pytest
from api_world import MakeApp
from flask.testing import FlaskClient
from sqlalchemy import Engine, delete

from park_downtime.database.engine import writing
from park_downtime.database.tables import (
    collection_cycles,
    park_activity_snapshots,
    ride_status_snapshots,
)


@pytest.mark.parametrize(
    "url",
    [
        "/api/parks/downtime?period=30days",
        "/api/rides/downtime",
        "/api/rides/waittimes?mode=peak",
        "/api/trends?category=parks-improving",
        "/api/now",
        "/api/parks",
        "/api/rides",
    ],
)
def test_lists_are_empty(empty_client: FlaskClient, url: str) -> None:
    answer = empty_client.get(url)
    body = answer.get_json()
    assert (answer.status_code, body["data"], body["last_updated"], body["stale"]) == (200, [], None, False)
    assert body["total_count"] == 0


def test_nothing_is_known_beside_the_ranking(empty_client: FlaskClient) -> None:
    body = empty_client.get("/api/parks/downtime").get_json()
    assert body["aggregate_stats"] == {
        "total_parks_tracked": 0,
        "peak_downtime_hours": None,
        "currently_down_rides": None,
    }


def test_csv_is_a_header(empty_client: FlaskClient) -> None:
    assert empty_client.get("/api/now?format=csv").text.count("\r\n") == 1


@pytest.mark.parametrize("url", ["/live", "/api/docs"])
def test_pages_are_there(empty_client: FlaskClient, url: str) -> None:
    assert empty_client.get(url).status_code == 200


def test_the_live_page_says_that_nothing_was_collected(empty_client: FlaskClient) -> None:
    assert "Nothing has been collected yet" in empty_client.get("/live").text


@pytest.mark.parametrize(
    "url",
    [
        *("/api/rides/2/details", "/api/parks/6/details", "/api/rides", "/api/now", "/api/parks/downtime"),
        *("/api/rides/2/breakdowns", "/api/parks/6/breakdowns", "/api/rides/2/calendar", "/api/outages"),
        *("/badges/rides/2.svg", "/badges/parks/6.svg", "/badges/rides/2.svg?metric=status"),
        *("/feeds/rides/2.atom", "/sitemap.xml", "/api/health"),
    ],
)
def test_rides_that_are_there_before_any_cycle_are_no_fault(
    filled: Engine, make_app: MakeApp, url: str
) -> None:
    """As after an import that carries no readings."""
    with writing(filled) as connection:
        for table in (ride_status_snapshots, park_activity_snapshots, collection_cycles):
            connection.execute(delete(table))
    assert make_app(filled).test_client().get(url).status_code in (200, 404)

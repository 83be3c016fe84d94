"""Before any data there are empty lists, not errors."""

from __future__ import annotations

import pytest
from flask.testing import FlaskClient


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

"""The pages that the server makes itself: plain, escaped, credited, without script or other hosts."""

from __future__ import annotations

import re

import api_world
import pytest
from api_world import MakeApp
from flask.testing import FlaskClient
from sqlalchemy import Engine

from park_downtime.api.app_context import tell_feed_trouble

CREDIT = '<a href="https://queue-times.com/en-US" rel="noopener">Data powered by Queue-Times.com</a>'


@pytest.fixture
def plain_client(without_dashboard: None, filled: Engine, make_app: MakeApp) -> FlaskClient:
    return make_app(filled).test_client()


@pytest.mark.parametrize("url", ["/", "/live", "/api/docs"])
def test_each_is_credited_and_loads_nothing(plain_client: FlaskClient, url: str) -> None:
    page = plain_client.get(url).text
    assert CREDIT in page
    assert not re.search(r"<(script|link|img|iframe|object)|@import|url\(", page)


@pytest.mark.parametrize("url", ["/live"])
def test_a_name_with_markup_is_text(plain_client: FlaskClient, url: str) -> None:
    page = plain_client.get(url).text
    assert "&lt;img src=x onerror=alert(1)&gt;" in page
    assert api_world.HOSTILE not in page


def test_the_live_page_tells_open_from_closed(plain_client: FlaskClient) -> None:
    page = plain_client.get("/live").text
    assert 'href="https://queue-times.com/parks/6/rides/3"' in page
    row = re.sub(r"\s+", " ", page.split("Ride 3</a></th>")[1].split("</tr>")[0])
    assert "<td>Closed, down for 20 min</td>" in row
    assert "The park is running" in page


def test_the_ranking_without_dashboard(plain_client: FlaskClient) -> None:
    page = plain_client.get("/").text
    assert "Parks by downtime: today" in page
    assert page.index("=Prairie") < page.index("Magic")
    assert 'href="https://queue-times.com/parks/6"' in page


def test_the_ranking_tells_what_is_not_over_yet(plain_client: FlaskClient) -> None:
    page = plain_client.get("/").text
    row = re.sub(r"\s+", " ", page.split("Magic</a></th>")[1].split("</tr>")[0])
    assert "<br>+ 0.33 so far</td>" in row
    assert "<br>so far</td>" in row


def test_the_ranking_of_another_period_and_filter(plain_client: FlaskClient) -> None:
    page = plain_client.get("/?period=7days&filter=disney-universal").text
    assert "Parks by downtime: 7 days" in page
    assert "Prairie" not in page
    assert "Of these 7 days, 1 have data" in page


def test_caches_in_front_keep_the_ranking_under_canonical_addresses(plain_client: FlaskClient) -> None:
    kept = {
        url: plain_client.get(url).headers["Cache-Control"].split(",")[0]
        for url in ("/", "/?period=7days", "/?filter=all-parks&period=7days", "/?utm_source=mail")
    }
    assert kept == {
        "/": "public",
        "/?period=7days": "public",
        "/?filter=all-parks&period=7days": "private",
        "/?utm_source=mail": "private",
    }


def test_a_link_to_the_dashboard_still_opens_the_plain_ranking(plain_client: FlaskClient) -> None:
    assert plain_client.get("/?view=rides&period=nonsense").status_code == 200


def test_the_docs_name_every_endpoint(plain_client: FlaskClient) -> None:
    page = plain_client.get("/api/docs").text
    for path in plain_client.get("/api/openapi.json").get_json()["paths"]:
        assert f"GET {path}" in page


@pytest.mark.parametrize("accept", ["text/html,application/xhtml+xml,*/*;q=0.8", "*/*", None])
def test_an_unknown_path_is_a_page(client: FlaskClient, accept: str | None) -> None:
    answer = client.get("/nothing", headers={"Accept": accept} if accept else {})
    assert (answer.status_code, answer.mimetype) == (404, "text/html")
    assert "There is no such page" in answer.text
    assert 'href="/live"' in answer.text
    assert CREDIT in answer.text


def test_an_unknown_path_is_json_for_a_program(client: FlaskClient) -> None:
    for url, headers in (
        ("/nothing", {"Accept": "application/json"}),
        ("/api/nothing", {"Accept": "text/html"}),
    ):
        answer = client.get(url, headers=headers)
        assert (answer.status_code, answer.mimetype) == (404, "application/json")


def test_a_path_of_markup_is_not_repeated(client: FlaskClient) -> None:
    assert "<script>" not in client.get("/<script>alert(1)</script>").text


def test_too_many_questions_for_a_page_are_told_on_a_page(filled: Engine, make_app: MakeApp) -> None:
    client = make_app(filled, RATE_LIMIT="1 per minute").test_client()
    client.get("/live")
    answer = client.get("/live")
    assert (answer.status_code, answer.mimetype) == (429, "text/html")
    assert f"Please try again in {answer.headers['Retry-After']} seconds." in answer.text


def test_the_live_page_tells_visitors_nothing_for_developers(
    sqlite_engine: Engine, make_app: MakeApp
) -> None:
    app = make_app(sqlite_engine)
    tell_feed_trouble(app, "ConnectTimeout: https://queue-times.com/parks.json")
    page = app.test_client().get("/live").text
    assert "Queue-Times.com cannot be reached at the moment." in page
    assert "ConnectTimeout" not in page
    assert "make demo" not in page

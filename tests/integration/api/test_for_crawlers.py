"""`/robots.txt` and `/sitemap.xml`: where search engines may look, and what there is to find."""

from __future__ import annotations

from urllib.robotparser import RobotFileParser

import api_world
import pytest
from api_world import MakeApp
from flask.testing import FlaskClient
from rfc4287 import parsed
from sqlalchemy import Engine

from park_downtime.database.engine import writing
from park_downtime.database.version import mark_simulated

LOC = "{http://www.sitemaps.org/schemas/sitemap/0.9}loc"
SITE = "https://parks.example"


def robots(client: FlaskClient) -> RobotFileParser:
    answer = client.get("/robots.txt")
    assert (answer.status_code, answer.mimetype) == (200, "text/plain")
    found = RobotFileParser()
    found.parse(answer.text.splitlines())
    return found


def pages(client: FlaskClient, base_url: str = "http://localhost") -> list[str | None]:
    answer = client.get("/sitemap.xml", base_url=base_url)
    assert (answer.status_code, answer.mimetype) == (200, "application/xml")
    return [loc.text for loc in parsed(answer.data).iter(LOC)]


@pytest.fixture
def public(filled: Engine, make_app: MakeApp) -> FlaskClient:
    return make_app(filled, PUBLIC_URL=SITE).test_client()


@pytest.mark.parametrize(
    ("path", "may"),
    [
        ("/", True),
        ("/?view=park&park=6", True),
        ("/method.html", True),
        ("/badges/parks/6.svg", True),
        ("/api/parks", False),
        ("/api/rides/downtime?period=7days", False),
        ("/feeds/parks/6.atom", False),
    ],
)
def test_bots_stay_off_the_api_and_the_feeds(client: FlaskClient, path: str, may: bool) -> None:
    assert robots(client).can_fetch("a bot", path) is may


def test_robots_name_the_sitemap(public: FlaskClient) -> None:
    assert robots(public).site_maps() == [f"{SITE}/sitemap.xml"]


def test_what_is_made_up_is_not_to_be_found(filled: Engine, make_app: MakeApp) -> None:
    with writing(filled) as connection:
        mark_simulated(connection)
    found = robots(make_app(filled).test_client())
    assert (found.can_fetch("a bot", "/"), found.site_maps()) == (False, None)


def test_the_sitemap_has_parks_and_months(public: FlaskClient) -> None:
    assert pages(public, "http://127.0.0.1:8000") == [
        f"{SITE}/",
        f"{SITE}/method.html",
        f"{SITE}/live",
        f"{SITE}/?view=park&park=6",
        f"{SITE}/?view=park&park=50",
        f"{SITE}/?period=2026-07",
        f"{SITE}/?view=rides&period=2026-07",
    ]


def test_before_the_first_cycle_there_is_no_month(sqlite_engine: Engine, make_app: MakeApp) -> None:
    api_world.add_parks(sqlite_engine)
    found = pages(make_app(sqlite_engine).test_client())
    assert [page for page in found if "period" in str(page)] == []
    assert "http://localhost/?view=park&park=6" in found


@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml"])
def test_a_cache_in_front_keeps_them_where_the_address_is_told(
    client: FlaskClient, public: FlaskClient, path: str
) -> None:
    """Else they depend on the name that was asked."""
    kept = [one.get(path).headers["Cache-Control"].split(",")[0] for one in (public, client)]
    assert kept == ["public", "private"]


@pytest.mark.parametrize("path", ["/robots.txt", "/sitemap.xml"])
def test_they_are_confirmed_and_want_no_key(filled: Engine, make_app: MakeApp, path: str) -> None:
    client = make_app(filled, API_KEYS_REQUIRED="true").test_client()
    tag = client.get(path).headers["ETag"]
    assert client.get(path, headers={"If-None-Match": tag}).status_code == 304


def test_a_host_that_is_none_stands_nowhere(client: FlaskClient) -> None:
    odd = {"Host": 'a"><script>'}
    assert "script" not in client.get("/robots.txt", headers=odd).text
    assert client.get("/sitemap.xml", headers=odd).status_code == 404

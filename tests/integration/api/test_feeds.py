"""`/feeds`: what happened to the rides of a park, or to one, as Atom."""

from __future__ import annotations

from datetime import timedelta
from urllib.parse import urljoin
from xml.etree.ElementTree import Element

import api_world
import pytest
import rfc4287
from api_world import CYCLE, CYCLES, MAGIC, NOW, MakeApp
from flask.testing import FlaskClient
from sqlalchemy import Engine

from park_downtime.database.engine import writing
from park_downtime.database.keys import create_key
from park_downtime.database.version import mark_simulated

URL = f"/feeds/parks/{MAGIC}.atom"
ATOM = rfc4287.ATOM
HERE = "http://localhost"


def feed(client: FlaskClient, url: str = URL) -> Element:
    answer = client.get(url)
    assert answer.status_code == 200
    assert answer.mimetype == "application/atom+xml"
    assert rfc4287.faults(answer.data) == []
    return rfc4287.parsed(answer.data)


def texts(root: Element, name: str) -> list[str | None]:
    return [entry.findtext(f"{ATOM}{name}") for entry in root.findall(f"{ATOM}entry")]


def test_a_park_tells_of_its_rides_the_newest_first(client: FlaskClient) -> None:
    """Not of the ride that was read closed once, nor of those that opened late or not at all."""
    root = feed(client)
    assert texts(root, "title") == ["Ride 3 went down", "Ride 2 runs again", "Ride 2 went down"]
    assert texts(root, "updated") == ["2026-07-01T17:30:00Z", "2026-07-01T15:30:00Z", "2026-07-01T15:00:00Z"]
    assert root.findtext(f"{ATOM}updated") == "2026-07-01T17:30:00Z"


def test_a_ride_tells_of_itself(client: FlaskClient) -> None:
    assert texts(feed(client, "/feeds/rides/2.atom"), "title") == ["Ride 2 runs again", "Ride 2 went down"]


def test_an_entry_says_when_by_the_clock_of_the_park_and_whose_data_it_is(client: FlaskClient) -> None:
    assert texts(feed(client), "content")[1] == (
        "Ride 2 in Magic opened again at 2026-07-01 11:30 EDT; it had closed at 2026-07-01 11:00 EDT: "
        "30 minutes. Data powered by Queue-Times.com - https://queue-times.com"
    )


def test_ids_stay_as_the_day_goes_on(sqlite_engine: Engine, make_app: MakeApp) -> None:
    api_world.fill(sqlite_engine, last=CYCLES - 1)
    before = texts(feed(make_app(sqlite_engine, NOW - CYCLE).test_client()), "id")
    api_world.fill(sqlite_engine, first=CYCLES - 1)
    after = texts(feed(make_app(sqlite_engine).test_client()), "id")
    assert before == after[-len(before) :] != []


def test_a_ride_is_no_news_before_its_second_closed_reading(sqlite_engine: Engine, make_app: MakeApp) -> None:
    seen = []
    for place in range(1, CYCLES + 1):
        api_world.fill(sqlite_engine, place - 1, place)
        app = make_app(sqlite_engine, api_world.START + place * CYCLE)
        titles = texts(feed(app.test_client(), "/feeds/rides/3.atom"), "title")
        seen.append(len(titles))
    assert seen == [0] * 22 + [1] * 2  # closed in the last three


def test_an_entry_leads_to_its_closure_for_ever(client: FlaskClient) -> None:
    for entry in feed(client).findall(f"{ATOM}entry"):
        [link] = [one for one in entry.findall(f"{ATOM}link") if one.get("rel") == "alternate"]
        address = urljoin(f"{HERE}{URL}", link.get("href", ""))
        assert client.get(address).get_json()["data"]["ride_name"] in str(entry.findtext(f"{ATOM}title"))


def test_it_leads_to_itself_and_to_the_dashboard(client: FlaskClient) -> None:
    links = {link.get("rel"): link.get("href", "") for link in feed(client).findall(f"{ATOM}link")}
    assert urljoin(f"{HERE}/under{URL}", links["self"]) == f"{HERE}/under{URL}"
    assert urljoin(f"{HERE}/under{URL}", links["alternate"]) == f"{HERE}/under/"


def test_it_is_confirmed_by_its_etag(client: FlaskClient) -> None:
    answer = client.get(URL)
    assert answer.headers["Cache-Control"] == "public, max-age=10, must-revalidate"
    again = client.get(URL, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_before_the_first_cycle_it_is_empty(sqlite_engine: Engine, make_app: MakeApp) -> None:
    api_world.add_parks(sqlite_engine)
    assert texts(feed(make_app(sqlite_engine).test_client()), "id") == []


@pytest.mark.parametrize("url", ["/feeds/parks/99.atom", "/feeds/rides/99.atom", "/feeds/rides/x.atom",
                                 "/feeds/parks/06.atom", "/feeds/parks/6", "/feeds/", "/feeds"])  # fmt: skip
def test_of_what_is_not_tracked_there_is_none(client: FlaskClient, url: str) -> None:
    assert client.get(url).status_code == 404


def test_it_says_that_it_is_made_up(filled: Engine, make_app: MakeApp) -> None:
    with writing(filled) as connection:
        mark_simulated(connection)
    assert texts(feed(make_app(filled).test_client()), "title")[0] == "[simulated] Ride 3 went down"


def test_where_keys_are_required_it_wants_one(filled: Engine, make_app: MakeApp) -> None:
    client = make_app(filled, API_KEYS_REQUIRED="true").test_client()
    assert client.get(URL).status_code == 401
    with writing(filled) as connection:
        _, key = create_key(connection, "a reader", NOW - timedelta(days=1))
    answer = client.get(URL, headers={"X-API-Key": key})
    assert (answer.status_code, answer.headers["Cache-Control"].split(",")[0]) == (200, "private")

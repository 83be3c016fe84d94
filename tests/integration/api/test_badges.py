"""`/badges`: one figure of a park or ride as a picture for pages of others."""

from __future__ import annotations

from datetime import timedelta

import api_world
import pytest
from api_world import MAGIC, NOW, SHOW, MakeApp
from flask.testing import FlaskClient
from rfc4287 import parsed
from sqlalchemy import Engine

from park_downtime.database.engine import writing
from park_downtime.database.keys import create_key
from park_downtime.database.version import mark_simulated

PARK, RIDE = f"/badges/parks/{MAGIC}.svg", "/badges/rides/2.svg"
SVG = "{http://www.w3.org/2000/svg}"
AT = "2026-07-01 13:50 EDT"
CREDIT = ", data by Queue-Times.com"


def said(client: FlaskClient, url: str) -> str:
    """What it says to those who listen, without the credit that each ends with."""
    answer = client.get(url)
    assert (answer.status_code, answer.mimetype) == (200, "image/svg+xml")
    words = parsed(answer.data).findtext(f"{SVG}title") or ""
    assert words.endswith(CREDIT)
    return words.removesuffix(CREDIT)


def shown(client: FlaskClient, url: str) -> list[str | None]:
    return [line.text for line in parsed(client.get(url).data).iter(f"{SVG}text")]


def test_a_ride_tells_its_uptime_of_seven_days(client: FlaskClient) -> None:
    """Until the last reading it was open for 200 minutes and down for 30."""
    assert said(client, RIDE) == "Ride 2: 87.0 % uptime, last 7 days, 100 % of the time observed"
    assert shown(client, RIDE) == ["Ride 2", "data by Queue-Times.com", "87.0 %", "uptime, last 7 days"]


def test_a_ride_tells_its_downtime(client: FlaskClient) -> None:
    url = f"{RIDE}?period=today&metric=downtime"
    assert said(client, url) == "Ride 2: 30 minutes of downtime, today, 100 % of the time observed"
    assert shown(client, url)[2:] == ["30 m", "downtime, today"]


@pytest.mark.parametrize(("ride", "status"), [(1, "running"), (3, "down"), (5, "closed")])
def test_a_ride_tells_its_status(client: FlaskClient, ride: int, status: str) -> None:
    url = f"/badges/rides/{ride}.svg?metric=status"
    assert said(client, url) == f"Ride {ride}: {status} at {AT}"


def test_a_park_tells_the_same_as_its_details(client: FlaskClient) -> None:
    figures = client.get(f"/api/parks/{MAGIC}/details?period=7days").get_json()["data"]["statistics"]
    assert said(client, PARK).startswith(f"Magic: {figures['avg_uptime_percentage']:.1f} % uptime, ")


def test_a_park_tells_its_status(client: FlaskClient) -> None:
    assert said(client, f"{PARK}?metric=status") == f"Magic: open, 1 ride down at {AT}"


@pytest.mark.parametrize(
    ("url", "words"),
    [
        (f"/badges/rides/{SHOW}.svg", "Ride 9: no data on uptime, last 7 days"),
        ("/badges/rides/5.svg?metric=downtime", "Ride 5: no data on downtime, last 7 days"),
        (f"{RIDE}?period=2025-07", "Ride 2: no data on uptime, 2025-07"),
        (f"{PARK}?period=2025-07-01..2025-07-03", "Magic: no data on uptime, 2025-07-01 to 2025-07-03"),
    ],
)
def test_what_was_not_observed_is_no_zero(client: FlaskClient, url: str, words: str) -> None:
    assert said(client, url) == words
    assert shown(client, url)[2] == "no data"


def test_what_is_no_longer_known_is_unknown(filled: Engine, make_app: MakeApp) -> None:
    later = make_app(filled, NOW + timedelta(hours=2)).test_client()
    assert said(later, f"{RIDE}?metric=status") == "Ride 2: status unknown, no reading holds"
    assert said(later, f"{PARK}?metric=status") == "Magic: status unknown, no reading holds"


def test_before_the_first_cycle_there_are_no_data(sqlite_engine: Engine, make_app: MakeApp) -> None:
    api_world.add_parks(sqlite_engine)
    client = make_app(sqlite_engine).test_client()
    assert said(client, PARK) == "Magic: no data on uptime, last 7 days"
    assert said(client, f"{PARK}?metric=status") == "Magic: status unknown, no reading holds"


def test_a_name_cannot_become_markup(client: FlaskClient) -> None:
    root = parsed(client.get("/badges/rides/4.svg").data)
    assert str(root.findtext(f"{SVG}title")).startswith(api_world.HOSTILE)
    assert root.find(f".//{SVG}image") is None


def test_it_is_confirmed_by_its_etag(client: FlaskClient) -> None:
    answer = client.get(RIDE)
    assert answer.headers["Cache-Control"] == "public, max-age=10, must-revalidate"
    assert answer.headers["X-Attribution"].startswith("Data powered by Queue-Times.com")
    again = client.get(RIDE, headers={"If-None-Match": answer.headers["ETag"]})
    assert (again.status_code, again.data) == (304, b"")


def test_another_site_may_show_it(client: FlaskClient) -> None:
    """Nothing keeps it to pages of ours, and our policy lets its own attributes colour it."""
    answer = client.get(RIDE, headers={"Sec-Fetch-Site": "cross-site", "Sec-Fetch-Dest": "image"})
    assert answer.status_code == 200
    assert "Cross-Origin-Resource-Policy" not in answer.headers
    assert b"style" not in answer.data


@pytest.mark.parametrize(
    ("url", "status"),
    [
        ("/badges/parks/99.svg", 404),
        ("/badges/rides/99.svg", 404),
        ("/badges/rides/x.svg", 400),
        ("/badges/rides/2", 404),
        (f"{RIDE}?metric=wait", 400),
        (f"{RIDE}?period=never", 400),
        (f"{RIDE}?style=flat", 400),
    ],
)
def test_errors_are_those_of_the_api(client: FlaskClient, url: str, status: int) -> None:
    answer = client.get(url)
    assert (answer.status_code, answer.get_json()["success"]) == (status, False)


def test_it_says_that_it_is_made_up(filled: Engine, make_app: MakeApp) -> None:
    with writing(filled) as connection:
        mark_simulated(connection)
    client = make_app(filled).test_client()
    assert said(client, RIDE).startswith("[simulated] Ride 2: ")
    assert shown(client, RIDE)[1] == "simulated, data by Queue-Times.com"


def test_where_keys_are_required_it_wants_one(filled: Engine, make_app: MakeApp) -> None:
    client = make_app(filled, API_KEYS_REQUIRED="true").test_client()
    assert client.get(RIDE).status_code == 401
    with writing(filled) as connection:
        _, key = create_key(connection, "a page", NOW - timedelta(days=1))
    answer = client.get(RIDE, headers={"X-API-Key": key})
    assert (answer.status_code, answer.headers["Cache-Control"].split(",")[0]) == (200, "private")

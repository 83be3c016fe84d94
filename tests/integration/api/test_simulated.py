"""Every answer, page and file of a database with made-up data says so; others say that theirs are not."""

from __future__ import annotations

from pathlib import Path

import api_world
import pytest
from api_world import MakeApp
from flask.testing import FlaskClient
from sqlalchemy import Engine

from park_downtime.api.app import create_app
from park_downtime.database.engine import make_engine, writing
from park_downtime.database.version import mark_simulated

ANSWERS = [
    "/api/parks/downtime",
    "/api/rides/downtime",
    "/api/rides/waittimes",
    "/api/trends?category=rides-declining",
    "/api/now",
    "/api/parks",
    "/api/rides",
    "/api/parks/6/details",
    "/api/parks/6/timeline",
    "/api/rides/2/details",
    "/api/health",
]
WORDS = "<strong>Simulated data.</strong> All figures of parks and rides on this site are made up"


@pytest.fixture(params=[False, True], ids=["real", "simulated"])
def is_marked(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.fixture
def world(engine: Engine, is_marked: bool) -> Engine:
    api_world.fill(engine, last=3)
    if is_marked:
        with writing(engine) as connection:
            mark_simulated(connection)
    return engine


def test_every_answer_says_it(world: Engine, is_marked: bool, make_app: MakeApp) -> None:
    client = make_app(world).test_client()
    assert {url: client.get(url).get_json()["simulated"] for url in ANSWERS} == dict.fromkeys(
        ANSWERS, is_marked
    )


def test_an_earlier_moment_says_it_too(world: Engine, is_marked: bool, tmp_path: Path) -> None:
    settings = api_world.settings_for(tmp_path)
    client = create_app(settings, world, as_of=api_world.START + api_world.CYCLE).test_client()
    assert {url: client.get(url).get_json()["simulated"] for url in ANSWERS} == dict.fromkeys(
        ANSWERS, is_marked
    )


def test_the_attribution_stays(world: Engine, is_marked: bool, make_app: MakeApp) -> None:
    said = make_app(world).test_client().get("/api/now").get_json()
    assert said["attribution"] == "Data powered by Queue-Times.com - https://queue-times.com"


def test_pages_that_the_server_makes_have_a_banner(
    without_dashboard: None, world: Engine, is_marked: bool, make_app: MakeApp
) -> None:
    client = make_app(world).test_client()
    pages = ["/", "/live", "/api/docs"]
    assert {url: WORDS in client.get(url).text for url in pages} == dict.fromkeys(pages, is_marked)


def test_a_file_says_it_in_its_name(world: Engine, is_marked: bool, make_app: MakeApp) -> None:
    answer = make_app(world).test_client().get("/api/rides/downtime?period=7days&format=csv")
    name = "ridesDowntime-7days-simulated.csv" if is_marked else "ridesDowntime-7days.csv"
    assert answer.headers["Content-Disposition"] == f'attachment; filename="{name}"'


def test_what_was_answered_before_the_mark_is_answered_anew(engine: Engine, make_app: MakeApp) -> None:
    api_world.fill(engine, last=2)
    client: FlaskClient = make_app(engine).test_client()
    before = client.get("/api/now").headers["ETag"]
    with writing(engine) as connection:
        mark_simulated(connection)
    fresh = make_app(engine).test_client().get("/api/now", headers={"If-None-Match": before})
    assert (fresh.status_code, fresh.get_json()["simulated"]) == (200, True)


def test_docs_are_shown_while_the_database_is_away(make_app: MakeApp) -> None:
    away = make_engine("mysql://nobody@127.0.0.1:1/nothing")
    page = make_app(away).test_client().get("/api/docs")
    away.dispose()
    assert page.status_code == 200
    assert WORDS not in page.text


def test_health_does_not_know_while_the_database_is_away(make_app: MakeApp) -> None:
    away = make_engine("mysql://nobody@127.0.0.1:1/nothing")
    said = make_app(away).test_client().get("/api/health").get_json()
    away.dispose()
    assert said["simulated"] is None

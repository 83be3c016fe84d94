"""An outage has one park-wide mark, and every stretch of it is drawn with that one."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from api_world import MakeApp
from cycles import NOON, RIDES, add_parks, cycle, park, said
from flask.testing import FlaskClient
from sqlalchemy import Engine

from park_downtime.collection.store import store_cycle
from park_downtime.model import State

STATES = {"o": State.OPEN, "X": State.CLOSED, ".": State.UNKNOWN}
PARK, FIRST = 6, 1
EVERY = timedelta(minutes=10)


@pytest.fixture
def ask(sqlite_engine: Engine, make_app: MakeApp) -> Any:
    """Draw a park's rides, ten minutes a letter, and ask as of the last."""

    def ask(*pictures: str) -> FlaskClient:
        add_parks(sqlite_engine, park(PARK))
        for place in range(len(pictures[0])):
            readings = (said(FIRST + n, STATES[picture[place]]) for n, picture in enumerate(pictures))
            store_cycle(sqlite_engine, cycle(NOON + place * EVERY, {PARK: tuple(readings)}), RIDES)
        last = NOON + (len(pictures[0]) - 1) * EVERY
        return make_app(sqlite_engine, last).test_client()

    return ask


def marks(client: FlaskClient) -> tuple[list[bool], list[bool]]:
    """Of the first ride: those of its outages in the details, and of their stretches in the day's picture."""
    details = client.get(f"/api/rides/{FIRST}/details?period=today").get_json()
    rides = client.get(f"/api/parks/{PARK}/timeline").get_json()["data"]["rides"]
    drawn = next(ride for ride in rides if ride["ride_id"] == FIRST)["stretches"]
    return (
        [outage["park_wide"] for outage in details["data"]["outages"]],
        [stretch["park_wide"] for stretch in drawn if stretch["kind"] == "outage"],
    )


def test_an_outage_of_which_less_than_half_is_the_parks_is_marked_nowhere(ask: Any) -> None:
    """Its second stretch alone lies within park-wide time, behind a time of which nothing is known."""
    alone_then_together = "ooXXXXXX......XXoooo"
    storm = "oooooooooooooooXoooo".replace("oXo", "XXo")
    client = ask(alone_then_together, storm, storm, storm, *["o" * 20] * 4)
    assert marks(client) == ([False], [False, False])


def test_an_outage_of_which_most_is_the_parks_is_marked_throughout(ask: Any) -> None:
    mostly = "oooooooX......XXoooo"
    storm = "oooooooooooooooXoooo".replace("oXo", "XXo")
    client = ask(mostly, storm, storm, storm, *["o" * 20] * 4)
    assert marks(client) == ([True], [True, True])

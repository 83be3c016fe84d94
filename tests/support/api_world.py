"""Two parks drawn by hand and stored cycle by cycle, for tests of the API.

Park 6 is Disney's, in New York; park 50 is in Chicago. It is Wednesday, July 1st, 2026; both parks open
at 10:00 in New York and the last cycle is at 13:50. Each letter is a cycle of ten minutes.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import cycles
from flask import Flask
from sqlalchemy import Engine

from park_downtime.collection.store import store_cycle
from park_downtime.config import settings
from park_downtime.config.settings import Settings
from park_downtime.database.engine import writing
from park_downtime.database.parks import save_groups, save_parks
from park_downtime.model import Category, Classification, Cycle, Land, ParkReadings, RideReading, State

START = datetime(2026, 7, 1, 14, tzinfo=UTC)  # 10:00 in New York
CYCLE = timedelta(minutes=10)
MAGIC, PRAIRIE = 6, 50
HOSTILE = "<img src=x onerror=alert(1)>"

MakeApp = Callable[..., Flask]
"""What the fixture `make_app` is: an engine and settings as words."""

STATES = {"o": State.OPEN, "X": State.CLOSED}
PICTURES = {
    MAGIC: {
        #     10    11    12    13
        1: "oooooo oooooo oooooo oooooo",
        2: "oooooo XXXooo oooooo oooooo",  # an outage of 30 minutes
        3: "oooooo oooooo oooooo oooXXX",  # down since 13:30
        4: "XXXooo oooooo oooooo oooooo",  # opened late
        5: "XXXXXX XXXXXX XXXXXX XXXXXX",  # did not operate
        6: "oooooo oooXoo oooooo oooooo",  # an outage of 10 minutes
        9: "XXXXXX ooXXXX XXXXXX ooXXXX",  # a show
    },
    PRAIRIE: {
        11: "oooooo oooooo oooooo oooooo",
        12: "oooooo XXXXXX oooooo oooooo",  # an outage of an hour
        13: "oooooo oooooo oooooo oooooo",
        14: "oooooo oooooo oooooo oooooo",
    },
}
TIERS: dict[int, int | None] = {1: 1, 2: 1, 3: 2, 4: 3, 5: 3, 6: None, 11: 1, 12: 2, 13: 3, 14: 3}
CYCLES = 24
AS_OF = START + (CYCLES - 1) * CYCLE
NOW = AS_OF + timedelta(minutes=2)
SHOW = 9


class Drawn:
    """Says of each drawn ride what it is."""

    def classify(self, park_id: int, ride_id: int, name: str, land: str | None) -> Classification:
        if ride_id == SHOW:
            return Classification(Category.SHOW, None, 1.0, "a show", "test")
        return Classification(Category.RIDE, TIERS.get(ride_id, 2), 0.9, f"{name} is drawn so", "test")


def name_of(ride_id: int) -> str:
    return HOSTILE if ride_id == 4 else f"Ride {ride_id}"


def add_parks(engine: Engine) -> None:
    magic = replace(
        cycles.park(MAGIC), name="Magic", operator="Walt Disney Attractions", group_id=2,
        city="Orlando", state_province="Florida", latitude=28.4, longitude=-81.58,
    )  # fmt: skip
    prairie = replace(cycles.park(PRAIRIE, "America/Chicago"), name="=Prairie", group_id=3)
    with writing(engine) as connection:
        save_groups(connection, {2: "Walt Disney Attractions", 3: "Prairie Parks"})
        save_parks(connection, [magic, prairie])


def cycle(place: int) -> Cycle:
    at = START + place * CYCLE
    parks = tuple(
        ParkReadings(park_id, at, tuple(_reading(key, picture, place) for key, picture in rides.items()))
        for park_id, rides in PICTURES.items()
    )
    return Cycle(at, 600, parks)


def _reading(ride_id: int, picture: str, place: int) -> RideReading:
    state = STATES[picture.replace(" ", "")[place]]
    wait = 10 * ride_id + place if state is State.OPEN else None
    return RideReading(ride_id, name_of(ride_id), Land(ride_id % 2, "Old Town"), state, wait, False, None)


def fill(engine: Engine, first: int = 0, last: int = CYCLES) -> None:
    """Store the cycles from `first` up to `last`, the parks before them."""
    if first == 0:
        add_parks(engine)
    for place in range(first, last):
        store_cycle(engine, cycle(place), Drawn())


def settings_for(tmp_path: Path, **given: str) -> Settings:
    values = {
        "DATABASE_URL": "sqlite://",
        "SPOOL_DIR": str(tmp_path / "spool"),
        "RATE_LIMIT": "100000 per minute",
    }
    return settings.load(values | given, env_file=tmp_path / "no.env")

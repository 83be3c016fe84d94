"""Two days of one park drawn by hand, stored and closed, for tests that need days which are final.

Park 6, Magic, in New York; each letter is a cycle of ten minutes from 10:00 on. The first day of
observation is partial, the second, Wednesday, July 1st, 2026, is not.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import api_world
from sqlalchemy import Engine

from park_downtime.collection.store import store_cycle
from park_downtime.jobs.aggregate import aggregate_due
from park_downtime.model import Cycle, ParkReadings, RideReading, State

MAGIC = api_world.MAGIC
TUESDAY, WEDNESDAY = date(2026, 6, 30), date(2026, 7, 1)
OPENING = datetime(2026, 6, 30, 14, tzinfo=UTC)  # 10:00 in New York
CYCLE = timedelta(minutes=10)
STATES = {"o": State.OPEN, "X": State.CLOSED, ".": State.UNKNOWN}


def fill(engine: Engine, pictures: Mapping[int, str], names: Mapping[int, str]) -> None:
    """The same pictures on both days; everything closed for an hour before and after."""
    api_world.add_parks(engine)
    for day in range(2):
        for place in range(-6, max(map(len, pictures.values())) + 6):
            at = OPENING + timedelta(days=day) + place * CYCLE
            readings = tuple(
                _reading(ride_id, picture, names[ride_id], place) for ride_id, picture in pictures.items()
            )
            store_cycle(engine, Cycle(at, 600, (ParkReadings(MAGIC, at, readings),)), api_world.Drawn())
    aggregate_due(engine, OPENING + timedelta(days=2))


def _reading(ride_id: int, picture: str, name: str, place: int) -> RideReading:
    state = STATES[picture[place]] if 0 <= place < len(picture) else State.CLOSED
    return RideReading(ride_id, name, None, state, 10 + place if state is State.OPEN else None, False, None)

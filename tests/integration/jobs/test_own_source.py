"""Whatever lists parks and says what their rides do can be collected from, in a format of its own."""

from __future__ import annotations

from datetime import UTC, datetime
from pathlib import Path

import pytest
from cycles import RIDES
from sqlalchemy import Engine, select

from park_downtime.config.settings import load
from park_downtime.database.engine import reading
from park_downtime.database.parks import all_parks
from park_downtime.database.tables import ride_status_snapshots
from park_downtime.database.version import is_simulated
from park_downtime.feed.errors import FeedRejected
from park_downtime.feed.source import ParkListAnswer, Source
from park_downtime.jobs.collect import collect
from park_downtime.model import FeedPark, ParkReadings, RideReading, State

NOW = datetime(2026, 5, 3, 19, 0, tzinfo=UTC)


def park(park_id: int) -> FeedPark:
    return FeedPark(park_id, f"Park {park_id}", "France", "Europe", 48.9, 2.8, "Europe/Paris", 1, "Fairs")


class Waits:
    """Answers "ride=minutes" for each ride; without minutes it is closed."""

    is_simulated = True

    def __init__(self, says: dict[int, bytes]) -> None:
        self._says = says

    def park_list(self, etag: str | None, deadline: float) -> ParkListAnswer:
        return ParkListAnswer(tuple(map(park, self._says)), None)

    def payload(self, park_id: int, deadline: float) -> bytes:
        return self._says[park_id]

    def readings(self, park_id: int, payload: bytes, fetched_at: datetime) -> ParkReadings:
        try:
            pairs = [pair.split("=") for pair in payload.decode().split()]
            rides = tuple(ride(int(ride_id), minutes) for ride_id, minutes in pairs)
        except ValueError as error:
            raise FeedRejected(park_id, "$", "no pair") from error
        return ParkReadings(park_id, fetched_at, rides)


def ride(ride_id: int, minutes: str) -> RideReading:
    state = State.OPEN if minutes else State.CLOSED
    wait_minutes = int(minutes) if minutes else None
    return RideReading(ride_id, f"Ride {ride_id}", None, state, wait_minutes, False, NOW)


@pytest.fixture
def source() -> Source:
    return Waits({4: b"1=15 2=", 5: b"?", 6: b"3=0"})


def test_a_source_in_memory_is_collected_from(engine: Engine, source: Source, tmp_path: Path) -> None:
    settings = load({"SPOOL_DIR": str(tmp_path), "TRACKED_PARKS": "4,5,6"})
    report = collect(engine, settings, NOW, source, RIDES)
    assert (report.parks_ok, report.parks_failed, report.parks_rejected) == (2, 0, 1)
    s = ride_status_snapshots.c
    with reading(engine) as connection:
        assert sorted(all_parks(connection)) == [4, 5, 6]
        assert is_simulated(connection)
        rows = connection.execute(select(s.park_id, s.ride_id, s.state, s.wait_minutes).order_by(s.ride_id))
        assert [tuple(row) for row in rows] == [
            (4, 1, State.OPEN, 15),
            (4, 2, State.CLOSED, None),
            (6, 3, State.OPEN, 0),
        ]

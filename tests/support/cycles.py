"""Parks and cycles for tests of storing: a park or a cycle in one line."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, func, select

from park_downtime.database.engine import reading, writing
from park_downtime.database.parks import ParkRow, save_groups, save_parks
from park_downtime.database.tables import metadata
from park_downtime.model import Category, Classification, Cycle, Land, ParkReadings, RideReading, State

NOON = datetime(2026, 5, 3, 16, 0, tzinfo=UTC)  # noon in New York
GROUP = 2


class EverythingIsARide:
    """A classifier that needs no reference data."""

    def classify(self, park_id: int, ride_id: int, name: str, land: str | None) -> Classification:
        return Classification(Category.RIDE, 2, 1.0, f"{name} in {land}", "test")


RIDES = EverythingIsARide()


def after(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


def park(park_id: int, zone: str = "America/New_York", is_tracked: bool = True) -> ParkRow:
    return ParkRow(
        park_id, GROUP, f"Park {park_id}", "United States", "North America", None, None, None, None,
        zone, None, is_tracked, NOON - timedelta(days=30), None,
    )  # fmt: skip


def add_parks(engine: Engine, *rows: ParkRow) -> None:
    with writing(engine) as connection:
        save_groups(connection, {GROUP: "A group"})
        save_parks(connection, rows)


def said(
    ride_id: int, state: State = State.OPEN, name: str | None = None, land: Land | None = None
) -> RideReading:
    wait = 10 if state is State.OPEN else None
    return RideReading(ride_id, name or f"Ride {ride_id}", land, state, wait, False, None)


def cycle(at: datetime, parks: Mapping[int, tuple[RideReading, ...]]) -> Cycle:
    return Cycle(at, 600, tuple(ParkReadings(key, at, readings) for key, readings in parks.items()))


def count(engine: Engine, table: str) -> int:
    with reading(engine) as connection:
        return connection.scalar(select(func.count()).select_from(metadata.tables[table])) or 0

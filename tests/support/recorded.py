"""Drawn parks collected into a database: one character a cycle, through the code of every collection."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from cycles import RIDES
from sqlalchemy import Engine, select

from park_downtime.collection.store import store_cycle
from park_downtime.database.engine import reading
from park_downtime.database.tables import metadata
from park_downtime.model import Cycle, ParkFailure, ParkOutcome, ParkReadings, RideReading, State

STATES = {"o": State.OPEN, "X": State.CLOSED, ".": State.UNKNOWN}
EVERY = timedelta(hours=1)
Pictures = Mapping[int, tuple[str, ...]]
"""The rides of each park; rides 61, 62... are those of park 6."""


def recording(pictures: Pictures, start: datetime, every: timedelta = EVERY) -> Iterator[Cycle]:
    """One cycle a column: `!` in a park's first ride is a park that failed, `-` one not asked."""
    seconds = int(every.total_seconds())
    length = max(len(rides[0]) for rides in pictures.values())
    for place in range(length):
        at = start + place * every
        said, failures = [], []
        for park_id, rides in pictures.items():
            if place >= len(rides[0]) or rides[0][place] == "-":
                continue
            if rides[0][place] == "!":
                failures.append(ParkFailure(park_id, ParkOutcome.FAILED, "timed out"))
                continue
            said.append(ParkReadings(park_id, at, tuple(_readings(park_id, rides, place))))
        if said or failures:
            yield Cycle(at, seconds, tuple(said), tuple(failures))


def _readings(park_id: int, rides: tuple[str, ...], place: int) -> Iterator[RideReading]:
    for number, picture in enumerate(rides, start=1):
        letter = picture[place]
        if letter == " ":
            continue  # the payload does not name it
        state = STATES[letter]
        wait = place % 50 if state is State.OPEN else None
        ride_id = park_id * 10 + number
        yield RideReading(ride_id, f"Ride {ride_id}", None, state, wait, False, None)


def collect(engine: Engine, cycles: Iterable[Cycle], was_spooled: bool = False) -> None:
    for cycle in cycles:
        store_cycle(engine, cycle, RIDES, was_spooled)


def only(cycle: Cycle, *park_ids: int) -> Cycle:
    """The cycle as far as it is about some parks."""
    return Cycle(
        cycle.recorded_at,
        cycle.interval_seconds,
        tuple(readings for readings in cycle.parks if readings.park_id in park_ids),
        tuple(failure for failure in cycle.failures if failure.park_id in park_ids),
    )


def rows(engine: Engine, table: str, without: Collection[str] = (), **where: object) -> list[dict[str, Any]]:
    """All rows of a table in the order of its key."""
    with reading(engine) as connection:
        return rows_in(connection, table, without, **where)


def rows_in(
    connection: Any, table: str, without: Collection[str] = (), **where: object
) -> list[dict[str, Any]]:
    found = metadata.tables[table]
    query = select(*(column for column in found.c if column.name not in without))
    for name, value in where.items():
        query = query.where(found.c[name] == value)
    return [dict(row._mapping) for row in connection.execute(query.order_by(*found.primary_key))]


DAILY = (
    "ride_runs",
    "park_runs",
    "park_operating_sessions",
    "ride_closures",
    "ride_daily_stats",
    "park_daily_stats",
)
ROLLED_UP = tuple(
    f"{of}_{period}_stats" for of in ("ride", "park") for period in ("weekly", "monthly", "yearly")
)
TOTALS = ("ride_period_totals", "park_period_totals")


def everything(engine: Engine, *tables: str) -> dict[str, list[dict[str, Any]]]:
    return {table: rows(engine, table) for table in tables or (*DAILY, *ROLLED_UP, *TOTALS)}


def as_park(park_id: int, found: Iterable[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """Rows of a park and its rides with their ids as if they were those of park 0: to compare twins. Since
    when a closure is known is another matter: of readings that come late it is later.
    """
    twins = []
    for row in found:
        twin = dict(row)
        if twin.get("park_id") == park_id:
            twin["park_id"] = 0
            twin.pop("known_at", None)
            if "ride_id" in twin:
                twin["ride_id"] -= park_id * 10
            twins.append(twin)
    return twins

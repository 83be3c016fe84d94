"""Raw rows of a cycle: snapshots of rides, activity of parks."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, func, insert, select

from park_downtime.database.tables import collection_cycles, park_activity_snapshots, ride_status_snapshots
from park_downtime.database.upsert import upsert
from park_downtime.model import ParkFailure, ParkOutcome, RideReading, State
from park_downtime.timeline.running import ParkActivity
from park_downtime.timeline.runs import KnownReading

_activity = park_activity_snapshots.c
_snapshot = ride_status_snapshots.c


def add_snapshots(
    connection: Connection,
    park_id: int,
    recorded_at: datetime,
    cycle_id: int,
    readings: Sequence[RideReading],
) -> int:
    """Store one row per reading; answers how many."""
    rows = [
        {
            "park_id": park_id,
            "recorded_at": recorded_at,
            "ride_id": reading.ride_id,
            "cycle_id": cycle_id,
            "state": reading.state,
            "wait_minutes": reading.wait_minutes,
            "is_stale": reading.is_stale,
            "last_updated": reading.last_updated,
        }
        for reading in readings
    ]
    if rows:
        connection.execute(insert(ride_status_snapshots), rows)
    return len(rows)


def add_activity(
    connection: Connection, park_id: int, recorded_at: datetime, cycle_id: int, activity: ParkActivity
) -> None:
    key = {"park_id": park_id, "recorded_at": recorded_at, "cycle_id": cycle_id, "outcome": ParkOutcome.OK}
    upsert(connection, park_activity_snapshots, [{**key, **asdict(activity)}])


def add_failures(
    connection: Connection, recorded_at: datetime, cycle_id: int, failures: Sequence[ParkFailure]
) -> None:
    """Remember which parks the cycle did not hear of: their runs must not grow across it."""
    upsert(
        connection,
        park_activity_snapshots,
        [
            {
                "park_id": failure.park_id,
                "recorded_at": recorded_at,
                "cycle_id": cycle_id,
                "outcome": failure.outcome,
            }
            for failure in failures
        ],
    )


def parks_heard(connection: Connection, recorded_at: datetime) -> set[int]:
    """Parks whose readings of that cycle are stored."""
    query = select(_activity.park_id).where(
        _activity.recorded_at == recorded_at, _activity.outcome == ParkOutcome.OK
    )
    return set(connection.scalars(query))


def unheard_cycles(connection: Connection, park_id: int, start: datetime, end: datetime) -> list[datetime]:
    """Cycles in `(start, end)` that asked the park and got nothing usable."""
    query = select(_activity.recorded_at).where(
        _activity.park_id == park_id,
        _activity.recorded_at > start,
        _activity.recorded_at < end,
        _activity.outcome != ParkOutcome.OK,
    )
    return list(connection.scalars(query))


def latest_heard(connection: Connection, park_id: int) -> datetime | None:
    """The newest cycle whose readings of the park are stored."""
    query = select(func.max(_activity.recorded_at)).where(
        _activity.park_id == park_id, _activity.outcome == ParkOutcome.OK
    )
    latest: datetime | None = connection.scalar(query)
    return latest


def largest_running_count(connection: Connection, park_id: int, at: datetime, lookback: timedelta) -> int:
    """The largest running count in `[at - lookback, at)`; 0 if the park was not heard then."""
    query = select(func.max(_activity.running_count)).where(
        _activity.park_id == park_id, _activity.recorded_at >= at - lookback, _activity.recorded_at < at
    )
    return connection.scalar(query) or 0


def known_readings(
    connection: Connection, park_id: int, day: date, start: datetime, end: datetime
) -> list[KnownReading]:
    """Known readings of a park in its local day, which is `[start, end)`."""
    query = (
        select(
            _snapshot.ride_id,
            _snapshot.recorded_at,
            collection_cycles.c.interval_seconds,
            _snapshot.state,
            _snapshot.wait_minutes,
        )
        .join(collection_cycles, collection_cycles.c.cycle_id == _snapshot.cycle_id)
        .where(
            _snapshot.park_id == park_id,
            _snapshot.recorded_at >= start,
            _snapshot.recorded_at < end,
            _snapshot.state != State.UNKNOWN,
        )
    )
    return [
        KnownReading(row.ride_id, row.recorded_at, day, row.interval_seconds, row.state, row.wait_minutes)
        for row in connection.execute(query)
    ]

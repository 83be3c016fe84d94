"""The wait that rides posted when they were last open, from the raw readings while they are kept."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime, timedelta

from sqlalchemy import Connection, select, tuple_

from park_downtime.database.tables import ride_runs, ride_status_snapshots
from park_downtime.model import State

_run = ride_runs.c
_snapshot = ride_status_snapshots.c

LONGEST_RUN = timedelta(hours=24)  # runs are cut at local midnight
AT_ONCE = 300


def last_waits(
    connection: Connection, ride_ids: Collection[int], since: datetime, at: datetime
) -> dict[int, int]:
    """Minutes at the last open reading of each ride that ended after `since`, up to `at`."""
    last = last_open_readings(connection, ride_ids, since, at)
    found: dict[int, int] = {}
    keys = sorted(last)
    for start in range(0, len(keys), AT_ONCE):
        query = select(_snapshot.ride_id, _snapshot.wait_minutes).where(
            tuple_(_snapshot.park_id, _snapshot.recorded_at, _snapshot.ride_id).in_(
                keys[start : start + AT_ONCE]
            ),
            _snapshot.wait_minutes.is_not(None),
        )
        found |= {row.ride_id: row.wait_minutes for row in connection.execute(query)}
    return found


def last_open_readings(
    connection: Connection, ride_ids: Collection[int], since: datetime, at: datetime
) -> list[tuple[int, datetime, int]]:
    """Park, instant and ride of the last open reading of each."""
    if not ride_ids:
        return []
    query = (
        select(_run.park_id, _run.ride_id, _run.last_reading_at)
        .where(
            _run.ride_id.in_(sorted(ride_ids)),
            _run.started_at >= since - LONGEST_RUN,
            _run.started_at <= at,
            _run.state == State.OPEN,
        )
        .order_by(_run.started_at)
    )
    last = {row.ride_id: (row.park_id, row.last_reading_at, row.ride_id) for row in connection.execute(query)}
    return list(last.values())

"""What parks add up to at one moment: rides open and closed, waits, and whether they run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection, select

from park_downtime.database.cycles import holding_cycles
from park_downtime.database.tables import park_activity_snapshots, park_runs
from park_downtime.model import ParkOutcome
from park_downtime.timeline.runs import hold_limit

_c = park_activity_snapshots.c
_run = park_runs.c

LONGEST_RUN = timedelta(hours=25)  # runs are cut at local midnight


@dataclass(frozen=True, slots=True)
class ActivityRow:
    park_id: int
    recorded_at: datetime
    rides_open: int
    rides_closed: int
    is_running: bool
    average_wait_minutes: float | None
    max_wait_minutes: int | None


_COLUMNS = [_c[name] for name in ActivityRow.__dataclass_fields__]


def activity_at(connection: Connection, at: datetime) -> dict[int, ActivityRow]:
    """The newest activity of each park among the cycles whose readings still hold at `at`."""
    cycles = holding_cycles(connection, at)
    if not cycles:
        return {}
    query = (
        select(*_COLUMNS)
        .where(_c.recorded_at.in_(cycles), _c.outcome == ParkOutcome.OK)
        .order_by(_c.recorded_at)
    )
    return {row.park_id: ActivityRow(*row) for row in connection.execute(query)}


def running_at(connection: Connection, at: datetime) -> dict[int, bool]:
    """Whether each park ran at an earlier moment whose runs are kept; parks not heard then are missing."""
    query = (
        select(_run.park_id, _run.is_running, _run.last_reading_at, _run.interval_seconds)
        .where(_run.started_at <= at, _run.started_at > at - LONGEST_RUN)
        .order_by(_run.started_at)
    )
    last = {row.park_id: row for row in connection.execute(query)}
    return {
        park_id: bool(row.is_running)
        for park_id, row in last.items()
        if at - row.last_reading_at <= hold_limit(row.interval_seconds)
    }

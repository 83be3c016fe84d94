"""What parks add up to at one moment: rides open and closed, waits, and whether they run."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from park_downtime.database.cycles import holding_cycles
from park_downtime.database.readings import SAID_SOMETHING
from park_downtime.database.tables import park_activity_snapshots
from park_downtime.model import ParkOutcome

_c = park_activity_snapshots.c


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
        .where(_c.recorded_at.in_(cycles), _c.outcome == ParkOutcome.OK, SAID_SOMETHING)
        .order_by(_c.recorded_at)
    )
    return {row.park_id: ActivityRow(*row) for row in connection.execute(query)}

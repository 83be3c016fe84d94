"""Runs: the fold of the snapshots, by park and local day."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from datetime import date

from sqlalchemy import Connection, delete, select

from park_downtime.database.tables import ride_runs
from park_downtime.database.upsert import upsert
from park_downtime.timeline.runs import Run

_COLUMNS = [ride_runs.c[name] for name in Run.__dataclass_fields__]


def runs_since(connection: Connection, park_id: int, first_day: date) -> dict[int, list[Run]]:
    """The park's runs from a local day on, by ride, in time order."""
    query = (
        select(*_COLUMNS)
        .where(ride_runs.c.park_id == park_id, ride_runs.c.local_date >= first_day)
        .order_by(ride_runs.c.started_at)
    )
    found: dict[int, list[Run]] = {}
    for row in connection.execute(query):
        found.setdefault(row.ride_id, []).append(Run(*row))
    return found


def save_runs(connection: Connection, park_id: int, runs: Sequence[Run]) -> None:
    upsert(connection, ride_runs, [{"park_id": park_id, **asdict(run)} for run in runs])


def replace_day(connection: Connection, park_id: int, day: date, runs: Sequence[Run]) -> None:
    """The given runs become the day's only ones."""
    connection.execute(delete(ride_runs).where(ride_runs.c.park_id == park_id, ride_runs.c.local_date == day))
    save_runs(connection, park_id, runs)

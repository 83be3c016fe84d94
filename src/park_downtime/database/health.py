"""What an operator wants to know of the database: how far collection and the nights have come."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, func, select

from park_downtime.database.packed import read_columns
from park_downtime.database.statistics_tables import aggregation_log
from park_downtime.database.tables import collection_cycles, parks
from park_downtime.model import CycleOutcome, ZoneDayStatus

_cycle = collection_cycles.c


@dataclass(frozen=True, slots=True)
class LandedCycle:
    """A complete cycle, with the cadence in force then."""

    recorded_at: datetime
    interval_seconds: int


def complete_cycles(connection: Connection, start: datetime, end: datetime) -> list[LandedCycle]:
    """Complete cycles in `[start, end]`, oldest first."""
    found = read_columns(connection, _COMPLETE, {"start": start, "end": end})
    return [LandedCycle(*row) for row in sorted(zip(*found, strict=True))]


_COMPLETE = select(_cycle.recorded_at, _cycle.interval_seconds).where(
    _cycle.recorded_at >= bindparam("start", type_=_cycle.recorded_at.type),
    _cycle.recorded_at <= bindparam("end", type_=_cycle.recorded_at.type),
    _cycle.outcome == CycleOutcome.COMPLETE,
)


def first_cycle_at(connection: Connection) -> datetime | None:
    """When the oldest cycle that is kept was recorded."""
    first: datetime | None = connection.scalar(select(func.min(_cycle.recorded_at)))
    return first


def tracked_parks(connection: Connection) -> dict[str, set[int]]:
    """Their ids, by the zone in which they keep their days."""
    by_zone: dict[str, set[int]] = {}
    query = select(parks.c.timezone, parks.c.park_id).where(parks.c.is_tracked)
    for zone, park_id in connection.execute(query):
        by_zone.setdefault(zone, set()).add(park_id)
    return by_zone


def last_successful_days(connection: Connection) -> dict[str, date]:
    """The newest local day that was closed successfully, by the zones in which parks lie.

    Looked for from the end, zone by zone: the log of the nights is never shortened.
    """
    zones = select(parks.c.timezone).distinct().subquery()
    log = aggregation_log.c
    newest = (
        select(log.local_date)
        .where(log.timezone == zones.c.timezone)
        .where(log.status == ZoneDayStatus.SUCCESS, log.period_type == "daily")
        .order_by(log.local_date.desc())
        .limit(1)
        .scalar_subquery()
    )
    query = select(zones.c.timezone, newest.label("day"))
    return {row.timezone: row.day for row in connection.execute(query) if row.day is not None}


def answers(connection: Connection) -> bool:
    """The smallest question there is, to time the database with."""
    return connection.scalar(select(1)) == 1

"""What is asked of the database that an earlier moment is made from."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import Connection, func, select

from park_downtime.database.readings import SAID_SOMETHING
from park_downtime.database.tables import (
    ANSWERED,
    collection_cycles,
    corrections,
    park_activity_snapshots,
    park_runs,
    ride_classifications,
)
from park_downtime.model import CycleOutcome, ParkOutcome

_cycle = collection_cycles.c
_activity = park_activity_snapshots.c
_LANDED = _cycle.outcome != CycleOutcome.RUNNING


class Mark(NamedTuple):
    """What lies before a moment, in so far as it may still change: late cycles, new tiers, corrections."""

    cycles: int
    rows_written: int
    classified_at: datetime | None
    corrections_made: int
    corrections_withdrawn: int


@dataclass(frozen=True, slots=True)
class LastReached:
    """The last cycle by then that heard of a park. `said_at`: the last of which anything was known;
    `of_park_at`, `interval_seconds`: the last that said whether the park runs.
    `is_made_up`: history of the demo, which has runs and no readings.
    """

    at: datetime
    said_at: datetime
    of_park_at: datetime
    interval_seconds: int
    is_made_up: bool = False


def mark_of(connection: Connection, as_of: datetime) -> Mark:
    landed = select(func.count(), func.sum(_cycle.rows_written)).where(_cycle.recorded_at <= as_of, _LANDED)
    cycles, rows_written = connection.execute(landed).one()
    classified_at = connection.scalar(select(func.max(ride_classifications.c.classified_at)))
    made, withdrawn = (
        connection.scalar(select(func.count()).where(when <= as_of)) or 0
        for when in (corrections.c.made_at, corrections.c.withdrawn_at)
    )
    return Mark(cycles, int(rows_written or 0), classified_at, made, withdrawn)


def first_landed(connection: Connection, start: datetime, end: datetime) -> datetime | None:
    """The first cycle of `[start, end]` that landed."""
    query = select(_cycle.recorded_at).where(_cycle.recorded_at >= start, _cycle.recorded_at <= end, _LANDED)
    found: datetime | None = connection.scalar(query.order_by(_cycle.recorded_at).limit(1))
    return found


def last_reached(source: Connection, park_id: int, at: datetime) -> LastReached | None:
    """None: the park had not been heard."""
    reached = (
        select(_activity.recorded_at, _cycle.interval_seconds)
        .join(collection_cycles, _cycle.cycle_id == _activity.cycle_id)
        .where(
            _activity.park_id == park_id,
            _activity.recorded_at <= at,
            _activity.outcome.in_(ANSWERED),
        )
        .order_by(_activity.recorded_at.desc())
        .limit(1)
    )
    last = source.execute(reached).one_or_none()
    if last is None:
        return _by_runs(source, park_id, at)
    said = source.execute(reached.where(SAID_SOMETHING)).one_or_none() or last
    of_park = reached.where(SAID_SOMETHING, _activity.outcome == ParkOutcome.OK)
    told = source.execute(of_park).one_or_none() or said
    return LastReached(last.recorded_at, said.recorded_at, told.recorded_at, told.interval_seconds)


def _by_runs(source: Connection, park_id: int, at: datetime) -> LastReached | None:
    c = park_runs.c
    query = select(c.last_reading_at, c.interval_seconds).where(c.park_id == park_id, c.started_at <= at)
    last = source.execute(query.order_by(c.started_at.desc()).limit(1)).one_or_none()
    if last is None:
        return None
    reached_at = min(last.last_reading_at, at)
    return LastReached(reached_at, reached_at, reached_at, last.interval_seconds, is_made_up=True)

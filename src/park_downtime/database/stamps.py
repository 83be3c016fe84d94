"""The newest stamps that parks had shown by each cycle, and how many of their readings moved theirs."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, func, select

from park_downtime.database.cycles import holding_cycles
from park_downtime.database.tables import ANSWERED, park_activity_snapshots
from park_downtime.model import ParkOutcome
from park_downtime.timeline.stamps import Stamp

_c = park_activity_snapshots.c
_OFFSET_UNIT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class LastAnswer:
    """The newest answer of a park that holds. `says_nothing`: every reading was unknown."""

    park_id: int
    outcome: ParkOutcome
    stamp_offset: timedelta | None
    rides_listed: int
    says_nothing: bool


def last_answers(
    connection: Connection, at: datetime, among: Collection[int] | None = None
) -> list[LastAnswer]:
    """Of each park, by its id, what its feed last answered; one that did not answer is left out."""
    query = select(
        _c.park_id,
        _c.outcome,
        _c.stamp_offset_seconds,
        _c.rides_open,
        _c.rides_closed,
        _c.rides_unknown,
    ).where(
        _c.recorded_at.in_(holding_cycles(connection, at)),
        _c.outcome.in_((*ANSWERED, ParkOutcome.EMPTY)),
    )
    if among is not None:
        query = query.where(_c.park_id.in_(among))
    newest = {row.park_id: row for row in connection.execute(query.order_by(_c.recorded_at))}
    return [_answer(newest[park_id]) for park_id in sorted(newest)]


def _answer(row: Any) -> LastAnswer:
    known, unknown = (row.rides_open or 0) + (row.rides_closed or 0), row.rides_unknown or 0
    offset = row.stamp_offset_seconds
    return LastAnswer(
        row.park_id,
        row.outcome,
        None if offset is None else offset * _OFFSET_UNIT,
        known + unknown,
        unknown > 0 and not known,
    )


_STAMP = select(_c.recorded_at, _c.stamp_offset_seconds)


def stamps_between(connection: Connection, park_id: int, start: datetime, end: datetime) -> list[Stamp]:
    """Of the cycles of `[start, end)`, in time order."""
    query = _STAMP.where(
        _c.park_id == park_id,
        _c.recorded_at >= start,
        _c.recorded_at < end,
        _c.stamp_offset_seconds.is_not(None),
    )
    return [stamp_of(*row) for row in connection.execute(query.order_by(_c.recorded_at))]


def unchanged_and_moved(
    connection: Connection, park_id: int, start: datetime, end: datetime
) -> tuple[int, int]:
    """Readings of the cycles of `[start, end)` that changed nothing, and those of them with a new stamp."""
    query = select(func.sum(_c.rides_unchanged), func.sum(_c.stamps_moved)).where(
        _c.park_id == park_id, _c.recorded_at >= start, _c.recorded_at < end
    )
    unchanged, moved = connection.execute(query).one()
    return int(unchanged or 0), int(moved or 0)


def stamp_of(recorded_at: datetime, offset_seconds: int) -> Stamp:
    return Stamp(recorded_at, recorded_at + offset_seconds * _OFFSET_UNIT)

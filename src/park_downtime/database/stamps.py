"""The newest stamps that parks had shown by each cycle, and how many of their readings moved theirs."""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection, func, select

from park_downtime.database.tables import park_activity_snapshots
from park_downtime.timeline.stamps import LOOKS_BACK, Stamp

_c = park_activity_snapshots.c
_STAMP = select(_c.recorded_at, _c.stamp_offset_seconds)


def last_stamp(connection: Connection, park_id: int, before: datetime) -> Stamp | None:
    """None: it has shown none for longer than anything looks back."""
    query = _STAMP.where(
        _c.park_id == park_id,
        _c.recorded_at >= before - LOOKS_BACK,
        _c.recorded_at < before,
        _c.stamp_offset_seconds.is_not(None),
    )
    row = connection.execute(query.order_by(_c.recorded_at.desc()).limit(1)).one_or_none()
    return None if row is None else _stamp(*row)


def stamps_between(connection: Connection, park_id: int, start: datetime, end: datetime) -> list[Stamp]:
    """Of the cycles of `[start, end)`, in time order."""
    query = _STAMP.where(
        _c.park_id == park_id,
        _c.recorded_at >= start,
        _c.recorded_at < end,
        _c.stamp_offset_seconds.is_not(None),
    )
    return [_stamp(*row) for row in connection.execute(query.order_by(_c.recorded_at))]


def unchanged_and_moved(
    connection: Connection, park_id: int, start: datetime, end: datetime
) -> tuple[int, int]:
    """Readings of the cycles of `[start, end)` that changed nothing, and those of them with a new stamp."""
    query = select(func.sum(_c.rides_unchanged), func.sum(_c.stamps_moved)).where(
        _c.park_id == park_id, _c.recorded_at >= start, _c.recorded_at < end
    )
    unchanged, moved = connection.execute(query).one()
    return int(unchanged or 0), int(moved or 0)


def _stamp(recorded_at: datetime, offset_seconds: int) -> Stamp:
    return Stamp(recorded_at, recorded_at + timedelta(seconds=offset_seconds))

"""When parks were open: operating sessions, stored as they stand and settled when they cannot change."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, or_, select

from park_downtime.database.packed import read_columns
from park_downtime.database.row_shape import RowShape
from park_downtime.database.statistics_tables import park_operating_sessions, reopening_votes, ride_edges
from park_downtime.database.tables import parks
from park_downtime.database.upsert import upsert
from park_downtime.periods import Zone, local_date
from park_downtime.timeline.sessions import Session
from park_downtime.timeline.spans import seconds

_c = park_operating_sessions.c


@dataclass(frozen=True, slots=True)
class SessionRow:
    """`ended_at` is None while the session may still change."""

    park_id: int
    started_at: datetime
    last_running_at: datetime
    ended_at: datetime | None
    park_stop_seconds: int
    unknown_seconds: int


_SESSION = RowShape(SessionRow, _c)
_COLUMNS = _SESSION.columns
NEWEST = 3
"""That of now, and most often the one before today."""


def latest_session(connection: Connection, park_id: int, before: datetime | None = None) -> SessionRow | None:
    """The park's newest session, or the newest that began before an instant."""
    query, bound = (_NEWEST, {}) if before is None else (_NEWEST_BEFORE, {"before": before})
    found = _SESSION.of(connection.execute(query.limit(1), {"of_park": park_id, **bound}))
    return found[0] if found else None


# Built once: all parks are asked them one after the other.
_NEWEST = select(*_COLUMNS).where(_c.park_id == bindparam("of_park")).order_by(_c.started_at.desc())
_NEWEST_BEFORE = _NEWEST.where(_c.started_at < bindparam("before"))
_SOME_NEWEST = _NEWEST.limit(NEWEST)


def newest_sessions(connection: Connection, park_id: int) -> list[SessionRow]:
    """The newest first, NEWEST of them at most."""
    return _SESSION.of(connection.execute(_SOME_NEWEST, {"of_park": park_id}))


def session_across(
    connection: Connection, park_id: int, instant: datetime, newest: Sequence[SessionRow] | None = None
) -> SessionRow | None:
    """The session that began before an instant and reaches beyond it, or may still do; asked for only where
    it is not among the `newest`.
    """
    earlier = next((session for session in newest or () if session.started_at < instant), None)
    if earlier is None and (newest is None or len(newest) == NEWEST):
        earlier = latest_session(connection, park_id, before=instant)
    if earlier is None or (earlier.ended_at is not None and earlier.ended_at <= instant):
        return None
    return earlier


def sessions_between(
    connection: Connection, park_id: int, start: datetime, end: datetime
) -> list[SessionRow]:
    """Sessions that touch `[start, end)`, oldest first."""
    query = select(*_COLUMNS).where(
        _c.park_id == park_id, _c.started_at < end, or_(_c.ended_at.is_(None), _c.ended_at > start)
    )
    return [SessionRow(**row._mapping) for row in connection.execute(query.order_by(_c.started_at))]


def save_sessions(connection: Connection, park_id: int, zone: Zone, changed: Sequence[Session]) -> None:
    upsert(
        connection,
        park_operating_sessions,
        [
            {
                "park_id": park_id,
                "started_at": session.started_at,
                "local_date": local_date(session.started_at, zone),
                "last_running_at": session.last_running_at,
                "ended_at": session.ends_at if session.is_settled else None,
                "park_stop_seconds": seconds(session.stops),
                "unknown_seconds": session.unknown_seconds,
            }
            for session in changed
        ],
    )


def forget_sessions(connection: Connection, park_id: int, start: datetime, end: datetime) -> None:
    """Sessions that began in `[start, end)`, before they are stored anew, when their rides opened, and how
    their closures ended.
    """
    for forget in _FORGET:
        connection.execute(forget, {"of_park": park_id, "span_start": start, "span_end": end})


_FORGET = [
    delete(table).where(
        table.c.park_id == bindparam("of_park"),
        table.c.started_at >= bindparam("span_start"),
        table.c.started_at < bindparam("span_end"),
    )
    for table in (ride_edges, reopening_votes, park_operating_sessions)
]


def last_active(connection: Connection, at: datetime, park_id: int | None = None) -> dict[int, datetime]:
    """The last running reading of each tracked park up to `at`, or of one; parks without any are missing."""
    query = _LAST_RUNNING if park_id is None else _LAST_RUNNING_OF_ONE
    found = read_columns(connection, query, {"at": at, "of_park": park_id})
    return {park_id: min(last, at) for park_id, last in zip(*found, strict=True) if last is not None}


_LAST_RUNNING = select(
    parks.c.park_id,
    select(_c.last_running_at)
    .where(_c.park_id == parks.c.park_id, _c.started_at <= bindparam("at", type_=_c.started_at.type))
    .order_by(_c.started_at.desc())
    .limit(1)
    .scalar_subquery(),
).where(parks.c.is_tracked)
_LAST_RUNNING_OF_ONE = _LAST_RUNNING.where(parks.c.park_id == bindparam("of_park"))

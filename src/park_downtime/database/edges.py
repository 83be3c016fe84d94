"""When rides first opened and last closed in settled sessions: what their habits are made of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime
from operator import itemgetter

from sqlalchemy import Connection, and_, bindparam, exists, select

from park_downtime.database.lists import as_list, of_list
from park_downtime.database.packed import read_columns
from park_downtime.database.statistics_tables import park_operating_sessions, ride_edges
from park_downtime.database.upsert import upsert
from park_downtime.timeline.edges import SessionEdges

_edge = ride_edges.c
_session = park_operating_sessions.c


def save_edges(connection: Connection, park_id: int, edges: Iterable[SessionEdges]) -> None:
    """Of sessions whose earlier edges, if there were any, are forgotten (`sessions.forget_sessions`)."""
    upsert(
        connection,
        ride_edges,
        [
            {
                "park_id": park_id,
                "started_at": session.started_at,
                "edges": as_list(
                    (ride_id, session.opened.get(ride_id), session.closed.get(ride_id))
                    for ride_id in sorted({*session.opened, *session.closed})
                ),
            }
            for session in edges
            if session.opened or session.closed
        ],
    )


def edges_between(
    connection: Connection, park_id: int, start: datetime, end: datetime, ride_id: int | None = None
) -> list[SessionEdges]:
    """Of the park's settled sessions that began in `[start, end)`, oldest first; those of all its rides or
    of one.
    """
    rows = read_columns(connection, _BETWEEN, {"of_park": park_id, "span_start": start, "span_end": end})
    found = []
    for started_at, ended_at, edges in sorted(zip(*rows, strict=True), key=itemgetter(0)):
        session = SessionEdges(started_at, ended_at, opened={}, closed={})
        _add(session, edges, ride_id)
        found.append(session)
    return found


_BETWEEN = (
    select(_session.started_at, _session.ended_at, _edge.edges)
    .outerjoin_from(
        park_operating_sessions,
        ride_edges,
        and_(_edge.park_id == _session.park_id, _edge.started_at == _session.started_at),
    )
    .where(
        _session.park_id == bindparam("of_park"),
        _session.started_at >= bindparam("span_start"),
        _session.started_at < bindparam("span_end"),
        _session.ended_at.is_not(None),
    )
)


def _add(session: SessionEdges, text: str | None, only: int | None) -> None:
    for ride_id, opened, closed in of_list(text):
        if only not in (None, ride_id):
            continue
        if opened is not None:
            session.opened[ride_id] = opened
        if closed is not None:
            session.closed[ride_id] = closed


def days_without_edges(connection: Connection, park_id: int) -> set[date]:
    """The local days on which settled sessions began of which no edge is known."""
    known = exists().where(_edge.park_id == _session.park_id, _edge.started_at == _session.started_at)
    query = select(_session.local_date).where(
        _session.park_id == park_id, _session.ended_at.is_not(None), ~known
    )
    return set(connection.scalars(query))

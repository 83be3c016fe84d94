"""When rides first opened and last closed in settled sessions: what their habits are made of."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Connection, exists, select

from park_downtime.database.packed import Packed
from park_downtime.database.statistics_tables import park_operating_sessions, ride_edges
from park_downtime.database.upsert import upsert
from park_downtime.timeline.edges import SessionEdges

_edge = ride_edges.c
_session = park_operating_sessions.c
_OF_RIDES = Packed(_edge.ride_id, _edge.opened_seconds, _edge.closed_seconds)


def save_edges(connection: Connection, park_id: int, edges: Iterable[SessionEdges]) -> None:
    """Of sessions whose earlier edges, if there were any, are forgotten (`sessions.forget_sessions`)."""
    upsert(
        connection,
        ride_edges,
        [
            {
                "park_id": park_id,
                "started_at": session.started_at,
                "ride_id": ride_id,
                "opened_seconds": session.opened.get(ride_id),
                "closed_seconds": session.closed.get(ride_id),
            }
            for session in edges
            for ride_id in sorted({*session.opened, *session.closed})
        ],
    )


def edges_between(
    connection: Connection, park_id: int, start: datetime, end: datetime, ride_id: int | None = None
) -> list[SessionEdges]:
    """Of the park's settled sessions that began in `[start, end)`, oldest first; those of all its rides or
    of one.
    """
    of_park = (_session.park_id == park_id, _session.started_at >= start, _session.started_at < end)
    sessions = select(_session.started_at, _session.ended_at).where(*of_park, _session.ended_at.is_not(None))
    found = {
        started_at: SessionEdges(started_at, ended_at, opened={}, closed={})
        for started_at, ended_at in connection.execute(sessions.order_by(_session.started_at))
    }
    edges = (
        select(_edge.started_at, *_OF_RIDES.columns)
        .where(_edge.park_id == park_id, _edge.started_at >= start, _edge.started_at < end)
        .group_by(_edge.started_at)
    )
    if ride_id is not None:
        edges = edges.where(_edge.ride_id == ride_id)
    for started_at, *packed in connection.execute(edges):
        session = found.get(started_at)
        if session is None:
            continue
        for row in _OF_RIDES.rows(*packed):
            of_ride, opened, closed = _OF_RIDES.values(row)
            if opened is not None:
                session.opened[of_ride] = opened
            if closed is not None:
                session.closed[of_ride] = closed
    return list(found.values())


def days_without_edges(connection: Connection, park_id: int) -> set[date]:
    """The local days on which settled sessions began of which no edge is known."""
    known = exists().where(_edge.park_id == _session.park_id, _edge.started_at == _session.started_at)
    query = select(_session.local_date).where(
        _session.park_id == park_id, _session.ended_at.is_not(None), ~known
    )
    return set(connection.scalars(query))

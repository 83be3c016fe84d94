"""The night's part of judging: what lies beyond each ride's own habit is told apart (DESIGN, Habit)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from sqlalchemy import Connection

from park_downtime.database.closures import called_closures
from park_downtime.database.edges import edges_between
from park_downtime.judging.park_history import ParkHistory
from park_downtime.periods import DAY
from park_downtime.timeline.edge_calls import CalledSessions, Due, called_sessions, told_apart
from park_downtime.timeline.habits import LOOKS_BACK
from park_downtime.timeline.judge import JudgedSession


def call_edges(
    connection: Connection, history: ParkHistory, judged: Sequence[JudgedSession]
) -> CalledSessions:
    """`judged`: in time order, without calls."""
    if not judged:
        return CalledSessions([], [])
    first = judged[0].session.started_at
    past = edges_between(connection, history.park_id, first - LOOKS_BACK, first)
    return called_sessions(judged, history.believed, past, history.zone, history.observed_since)


def with_stored_calls(
    connection: Connection, park_id: int, day: date, judged: Sequence[JudgedSession]
) -> list[JudgedSession]:
    """The sessions of a day with what the night said of their edges; nothing is worked out again."""
    called = called_closures(connection, park_id, day - DAY, day + DAY)
    return [
        told_apart(
            each,
            [
                Due(row.ride_id, row.kind, row.due_at)
                for row in called
                if each.session.started_at <= row.started_at < each.session.ends_at
            ],
        )
        for each in judged
    ]

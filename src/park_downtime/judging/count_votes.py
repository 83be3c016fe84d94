"""The nights' part in the chances to reopen: how closures ended, and the table made of it (DESIGN, Now)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from park_downtime.database.reopening import save_odds, votes_since
from park_downtime.judging.park_history import ParkHistory
from park_downtime.model import State
from park_downtime.timeline.edges import SessionEdges
from park_downtime.timeline.known import known_in
from park_downtime.timeline.reopening import (
    Look,
    SessionVotes,
    closings_before,
    learned,
    looks,
    usual_closing,
    votes_of,
)
from park_downtime.timeline.sessions import Session
from park_downtime.timeline.voided import unknown_spans

LEARNS_FROM = timedelta(days=60)
"""Older votes no longer count: habits change with the season, and votes are kept as long as edges are."""


def count_votes(
    history: ParkHistory, sessions: Sequence[Session], edges: Sequence[SessionEdges], now: datetime
) -> list[SessionVotes]:
    """Of those that are settled. `edges`: of the park's sessions, as far as they are known."""
    found = []
    for session in sessions:
        if session.is_settled:
            votes = votes_of(looks_of(history, session, edges, now))
            found.append(SessionVotes(session.started_at, votes))
    return found


def looks_of(
    history: ParkHistory, session: Session, edges: Iterable[SessionEdges], now: datetime
) -> Iterator[Look]:
    """At the counted rides of a settled session that had a habit of closing."""
    believed, voided = history.believed, history.voided
    known = {
        ride_id: known_in(session, believed.get(ride_id, ()), now, unknown_spans(voided, ride_id))
        for ride_id in history.lives
    }
    closed = {ride_id for ride_id, own in known.items() if any(each.state is State.CLOSED for each in own)}
    usual = {
        ride_id: closing
        for ride_id, own in closings_before(edges, session.started_at).items()
        if ride_id in closed and (closing := usual_closing(own, session.started_at, history.zone)) is not None
    }
    return looks(session, known, usual)


def learn_odds(connection: Connection, now: datetime) -> None:
    """The table that the cycles after `now` read."""
    votes = votes_since(connection, now - LEARNS_FROM)
    save_odds(connection, now, learned(votes), votes)

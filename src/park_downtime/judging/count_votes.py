"""The nights' part in the chances to reopen: how closures ended, and the table made of it (DESIGN, Now)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection

from park_downtime.database.reopening import save_odds, votes_since
from park_downtime.model import State
from park_downtime.periods import Zone
from park_downtime.timeline.edges import SessionEdges
from park_downtime.timeline.judge import JudgedSession
from park_downtime.timeline.reopening import (
    Look,
    SessionVotes,
    closings_before,
    learned,
    looks,
    usual_closing,
    votes_of,
)

LEARNS_FROM = timedelta(days=60)
"""Older votes no longer count: habits change with the season, and votes are kept as long as edges are."""


def count_votes(
    judged: Iterable[JudgedSession], edges: Sequence[SessionEdges], zone: Zone
) -> list[SessionVotes]:
    """Of those that are settled. `edges`: of the park's sessions, as far as they are known."""
    return [
        SessionVotes(one.session.started_at, votes_of(looks_of(one, edges, zone)))
        for one in judged
        if one.session.is_settled
    ]


def looks_of(judged: JudgedSession, edges: Iterable[SessionEdges], zone: Zone) -> Iterator[Look]:
    """At the counted rides of a settled session that had a habit of closing."""
    started_at = judged.session.started_at
    closings = closings_before(edges, started_at)
    usual = {
        ride_id: closing
        for ride_id, known in judged.known.items()
        if any(each.state is State.CLOSED for each in known)
        and (closing := usual_closing(closings.get(ride_id, ()), started_at, zone)) is not None
    }
    return looks(judged.session, judged.known, usual)


def learn_odds(connection: Connection, now: datetime) -> None:
    """The table that the cycles after `now` read."""
    votes = votes_since(connection, now - LEARNS_FROM)
    save_odds(connection, now, learned(votes), votes)

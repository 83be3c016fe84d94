"""How closures ended, and the tables of chances made of it: one for each run of the nights."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from datetime import datetime

from sqlalchemy import Connection, delete, func, select

from park_downtime.database.lists import of_list
from park_downtime.database.statistics_tables import reopening_odds, reopening_votes, ride_edges
from park_downtime.database.upsert import upsert
from park_downtime.timeline.reopening import SHIPPED, Cell, Closing, Odds, SessionVotes, Votes

_vote = reopening_votes.c
_odds = reopening_odds.c
_edge = ride_edges.c


def save_votes(connection: Connection, park_id: int, votes: Iterable[SessionVotes]) -> None:
    """Of sessions whose earlier votes, if there were any, are forgotten (`sessions.forget_sessions`)."""
    upsert(
        connection,
        reopening_votes,
        [
            {"park_id": park_id, "started_at": session.started_at, **cell._asdict(), **own._asdict()}
            for session in votes
            for cell, own in sorted(session.by_cell.items())
        ],
    )


def votes_since(connection: Connection, since: datetime) -> dict[Cell, Votes]:
    """Of every park's sessions that began since then."""
    cell = (_vote.closed_for_minutes, _vote.to_closing_minutes, _vote.are_few_open)
    query = (
        select(*cell, func.sum(_vote.closures), func.sum(_vote.back))
        .where(_vote.started_at >= since)
        .group_by(*cell)
    )
    return {
        Cell(closed_for, to_closing, bool(are_few_open)): Votes(int(closures), int(back))
        for closed_for, to_closing, are_few_open, closures, back in connection.execute(query)
    }


def save_odds(connection: Connection, made_at: datetime, odds: Odds, votes: Mapping[Cell, Votes]) -> None:
    upsert(
        connection,
        reopening_odds,
        [
            {"made_at": made_at, **cell._asdict(), **votes.get(cell, Votes())._asdict(), "chance": chance}
            for cell, chance in odds.items()
        ],
    )


def odds_before(connection: Connection, at: datetime) -> Odds:
    """The newest table that was made before then; the shipped one where there is none."""
    newest = select(func.max(_odds.made_at)).where(_odds.made_at < at).scalar_subquery()
    query = select(
        _odds.closed_for_minutes, _odds.to_closing_minutes, _odds.are_few_open, _odds.chance
    ).where(_odds.made_at == newest)
    found = {
        Cell(row.closed_for_minutes, row.to_closing_minutes, bool(row.are_few_open)): row.chance
        for row in connection.execute(query)
    }
    return {**SHIPPED, **found}


def forget_odds(connection: Connection, nights: int) -> int:
    """Tables older than those of the newest days on which any were made; answers how many rows."""
    made = connection.scalars(select(_odds.made_at).distinct().order_by(_odds.made_at.desc())).all()
    days = sorted({each.date() for each in made}, reverse=True)
    if len(days) <= nights:
        return 0
    kept = min(each for each in made if each.date() >= days[nights - 1])
    return connection.execute(delete(reopening_odds).where(_odds.made_at < kept)).rowcount


def closings_of(
    connection: Connection, park_id: int, ride_ids: Collection[int], start: datetime, end: datetime, most: int
) -> dict[int, list[Closing]]:
    """When rides closed in the settled sessions that began in `[start, end)`: newest first, `most` each."""
    query = select(_edge.started_at, _edge.edges).where(
        _edge.park_id == park_id, _edge.started_at >= start, _edge.started_at < end
    )
    wanted, found = set(ride_ids), dict[int, list[Closing]]()
    for started_at, text in connection.execute(query.order_by(_edge.started_at.desc())):
        for ride_id, _, closed_seconds in of_list(text):
            if ride_id in wanted and closed_seconds is not None:
                found.setdefault(ride_id, []).append(Closing(started_at, closed_seconds))
        wanted -= {ride_id for ride_id, own in found.items() if len(own) == most}
        if not wanted:
            break
    return found

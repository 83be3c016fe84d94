"""How likely a ride that closed is to be back today: a small table, and what it learns (DESIGN, Now)."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from itertools import product
from statistics import median
from typing import NamedTuple

from park_downtime.model import State
from park_downtime.periods import Zone, instant_on, local_date, seconds_into_day
from park_downtime.timeline.edges import SessionEdges
from park_downtime.timeline.habits import LOOKS_BACK
from park_downtime.timeline.known import Known, closed_stretches
from park_downtime.timeline.sessions import Session

HABIT_SESSIONS = 3
REMEMBERED_SESSIONS = 7
LEAST_OTHERS = 3
SHIPPED_WEIGHT = 20
"""The shipped table counts as so many votes in each cell."""
STEP = 5
LEAST, MOST = 5, 95
"""Percent: nobody is certain."""

CLOSED_FOR_MINUTES = (0, 10, 30, 60, 120, 180)
LONG_AFTER = -999
TO_CLOSING_MINUTES = (LONG_AFTER, -20, 20, 60, 180)
"""Where bins begin; each ends where the next begins, the last of them never."""


class Cell(NamedTuple):
    """Closed for so long, so long to its usual closing, in whole minutes from which on the cell counts, and
    whether fewer than half of the other rides that had opened were open.
    """

    closed_for_minutes: int
    to_closing_minutes: int
    are_few_open: bool


Odds = Mapping[Cell, float]
"""The chance of each cell, 0 to 1."""

_SHIPPED_ROWS: Mapping[tuple[int, bool], tuple[float, ...]] = {
    (0, False): (0.136, 0.058, 0.226, 0.671, 0.974),
    (0, True): (0.088, 0.071, 0.339, 0.640, 0.950),
    (10, False): (0.205, 0.095, 0.545, 0.716, 0.973),
    (10, True): (0.167, 0.128, 0.558, 0.408, 0.988),
    (30, False): (0.150, 0.291, 0.237, 0.756, 0.979),
    (30, True): (0.107, 0.275, 0.260, 0.445, 0.967),
    (60, False): (0.064, 0.172, 0.267, 0.736, 0.955),
    (60, True): (0.062, 0.106, 0.209, 0.275, 0.970),
    (120, False): (0.038, 0.308, 0.234, 0.626, 0.938),
    (120, True): (0.021, 0.290, 0.118, 0.606, 0.915),
    (180, False): (0.024, 0.258, 0.089, 0.478, 0.794),
    (180, True): (0.003, 0.348, 0.205, 0.448, 0.785),
}
SHIPPED: Odds = {
    Cell(closed_for, to_closing, are_few_open): chance
    for (closed_for, are_few_open), chances in _SHIPPED_ROWS.items()
    for to_closing, chance in zip(TO_CLOSING_MINUTES, chances, strict=True)
}
"""Fitted on recordings of several parks and on public waits: what a new database starts from."""
CELLS = tuple(Cell(*each) for each in product(CLOSED_FOR_MINUTES, TO_CLOSING_MINUTES, (False, True)))


class Votes(NamedTuple):
    """Closures that passed through a cell, and those of them after which the ride was back."""

    closures: int = 0
    back: int = 0


class Look(NamedTuple):
    """A closed ride at a reading, and whether it opened again in its session."""

    ride_id: int
    began: datetime
    at: datetime
    cell: Cell
    is_back: bool


class SessionVotes(NamedTuple):
    started_at: datetime
    by_cell: Mapping[Cell, Votes]


class Closing(NamedTuple):
    """A session in which a ride was seen to close: seconds from its start to the end of the last opening."""

    started_at: datetime
    seconds: int


def cell_at(closed_for: timedelta, to_closing: timedelta, others_opened: int, others_open: int) -> Cell:
    return Cell(
        _bin(CLOSED_FOR_MINUTES, closed_for),
        _bin(TO_CLOSING_MINUTES, to_closing),
        others_opened >= LEAST_OTHERS and 2 * others_open < others_opened,
    )


def back_today_percentage(odds: Odds, cell: Cell) -> int:
    """In steps of 5 %, which is as much as the table knows."""
    return min(MOST, max(LEAST, STEP * int(100 * odds[cell] / STEP + 0.5)))


def learned(votes: Mapping[Cell, Votes]) -> dict[Cell, float]:
    """The table after a night."""
    return {
        cell: (own.back + SHIPPED_WEIGHT * SHIPPED[cell]) / (own.closures + SHIPPED_WEIGHT)
        for cell in CELLS
        for own in (votes.get(cell, Votes()),)
    }


def closings_before(sessions: Iterable[SessionEdges], started_at: datetime) -> dict[int, list[Closing]]:
    """By ride, newest first, of the last sessions that began before another."""
    found: dict[int, list[Closing]] = {}
    for session in sorted(sessions, key=lambda each: each.started_at, reverse=True):
        if timedelta(0) < started_at - session.started_at <= LOOKS_BACK:
            for ride_id, seconds in session.closed.items():
                own = found.setdefault(ride_id, [])
                if len(own) < REMEMBERED_SESSIONS:
                    own.append(Closing(session.started_at, seconds))
    return found


def usual_closing(closings: Sequence[Closing], started_at: datetime, zone: Zone) -> datetime | None:
    """When a ride usually closes in a session that began at `started_at`: the median by the clock on the
    wall of its last closings, newest first. None before it has a habit.
    """
    if len(closings) < HABIT_SESSIONS:
        return None
    clocks = [
        seconds_into_day(start + timedelta(seconds=seconds), local_date(start, zone), zone)
        for start, seconds in closings[:REMEMBERED_SESSIONS]
    ]
    return instant_on(local_date(started_at, zone), median(clocks), zone)


def votes_of(looks: Iterable[Look]) -> dict[Cell, Votes]:
    """One vote of each closure in every cell in which a reading found it."""
    passed = {(look.ride_id, look.began, look.cell): look.is_back for look in looks}
    found: dict[Cell, Votes] = {}
    for (_, _, cell), is_back in passed.items():
        before = found.get(cell, Votes())
        found[cell] = Votes(before.closures + 1, before.back + is_back)
    return found


def looks(
    session: Session, known: Mapping[int, Sequence[Known]], usual: Mapping[int, datetime]
) -> Iterator[Look]:
    """Every reading of a settled session at which the live view asked for a chance, with what came of it.

    `usual`: when rides usually close. A ride of which the end of the session is not known says nothing of
    its last closure.
    """
    others = _Others(known)
    for ride_id, closing in usual.items():
        for stretch in closed_stretches(known.get(ride_id, ())):
            began, is_back = stretch.started_at, stretch.reopened is not None
            if not is_back and stretch.pieces[-1].end < session.ends_at:
                continue
            for at in (at for piece in stretch.pieces for at in _readings(piece)):
                if any(start <= at < end for start, end in session.running):
                    cell = cell_at(at - began, closing - at, others.opened_by(at), others.open_at(at))
                    yield Look(ride_id, began, at, cell, is_back)


class _Others:
    """How many rides of a session had opened, and how many were open. A closed ride is none of these."""

    def __init__(self, known: Mapping[int, Sequence[Known]]) -> None:
        opens = [[piece for piece in own if piece.state is State.OPEN] for own in known.values()]
        self._opened = sorted(own[0].start for own in opens if own)
        self._starts = sorted(piece.start for own in opens for piece in own)
        self._ends = sorted(piece.end for own in opens for piece in own)

    def opened_by(self, at: datetime) -> int:
        """Without the closed ride itself, which had opened too."""
        return bisect_right(self._opened, at) - 1

    def open_at(self, at: datetime) -> int:
        return bisect_right(self._starts, at) - bisect_right(self._ends, at)


def _readings(piece: Known) -> Iterator[datetime]:
    """When the ride was read, as far as a run remembers it: from its first reading to its last."""
    at, step = piece.start, timedelta(seconds=piece.interval_seconds)
    last = min(piece.last_reading_at, piece.end)
    while at < last:
        yield at
        at += step
    if last >= piece.start:
        yield last


def _bin(edges: Sequence[int], span: timedelta) -> int:
    place = bisect_right(edges, span.total_seconds() / 60) - 1
    return edges[max(0, place)]

"""When a ride usually opens and closes, out of its own past (DESIGN, Habit).

Opening and closing are one thing seen from either end of the session. Here time runs from the session's
start in seconds, and backwards where closing is judged: an edge is late when it is further on than is due.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import Enum
from functools import lru_cache
from itertools import islice
from statistics import median
from typing import NamedTuple

from park_downtime.periods import Zone, instant_on, local_date, seconds_into_day
from park_downtime.timeline.edges import SessionEdges

LOOKS_BACK = timedelta(days=60)
MOST_SESSIONS = 21
FEWEST_SESSIONS = 5
SIMILAR_SECONDS = 20 * 60
DUE_QUANTILE = 0.75
WIDEST_SECONDS = 60 * 60


class Edge(Enum):
    """An end of a ride's day; the value is the direction in which it is late."""

    OPENING = 1
    CLOSING = -1


@dataclass(frozen=True, slots=True)
class Habit:
    """When one edge is due at the latest, and when it usually lies, on the axis of its edge.

    `is_steady`: narrow enough to judge by.
    """

    due: float
    usual: float
    is_steady: bool


class _Past(NamedTuple):
    """One edge of one session: its distance from the session's own, and its clock on the wall."""

    offset: float
    clock: float


class _PastSession(NamedTuple):
    """A session as one of its edges sees it. `edges`: by ride, in seconds from its start."""

    edge: Edge
    direction: int
    session: SessionEdges
    anchor: float
    clock: float
    edges: Mapping[int, int]
    keeps_the_clock: bool
    zone: Zone

    def of(self, ride_id: int) -> _Past | None:
        seconds = self.edges.get(ride_id)
        if seconds is None:
            return None
        offset = self.direction * seconds - self.anchor
        if self.keeps_the_clock:
            return _Past(offset, self.clock + offset)
        return _Past(offset, on_axis(self.edge, _clock(self.session, seconds, self.zone)))


def habits(edge: Edge, today: SessionEdges, past: Sequence[SessionEdges], zone: Zone) -> dict[int, Habit]:
    """By ride; those that were seen in too few sessions have none. `past`: settled sessions of the park."""
    anchor, own_clock = _anchor(edge, today, zone)
    before = [
        _past_session(edge, session, zone)
        for session in sorted(past, key=lambda session: session.started_at, reverse=True)
        if timedelta(0) < today.started_at - session.started_at <= LOOKS_BACK
    ]
    similar = [session for session in before if abs(session.clock - own_clock) <= SIMILAR_SECONDS]
    axis = _Axis(edge, today.started_at, local_date(today.started_at, zone), zone, {})
    found = {}
    for ride_id in {ride_id for session in before for ride_id in session.edges}:
        chosen = _newest(similar, ride_id)
        if len(chosen) < FEWEST_SESSIONS:
            chosen = _newest(before, ride_id)
        if len(chosen) >= FEWEST_SESSIONS:
            found[ride_id] = _habit(anchor, chosen, axis)
    return found


def usual_clock(edge: Edge, past: Sequence[SessionEdges], ride_id: int, zone: Zone) -> float | None:
    """The median of when the ride opened, or closed, by the clock on the wall: seconds since the midnight
    before, of the newest sessions in which that was seen. None: in too few.
    """
    newest_first = sorted(past, key=lambda session: session.started_at, reverse=True)
    edges = _newest((_past_session(edge, session, zone) for session in newest_first), ride_id)
    if len(edges) < FEWEST_SESSIONS:
        return None
    return on_axis(edge, median(one.clock for one in edges))


def on_axis(edge: Edge, seconds: float) -> float:
    """From seconds after the session's start, or back to them."""
    return edge.value * seconds


def higher_quantile(ordered: Sequence[float], share: float) -> float:
    """The value below which `share` of the others lie; between two the higher one."""
    return ordered[math.ceil(share * (len(ordered) - 1))]


def _middle(ordered: Sequence[float]) -> float:
    """The median of values that are in order already."""
    half = len(ordered) // 2
    return ordered[half] if len(ordered) % 2 else (ordered[half - 1] + ordered[half]) / 2


class _Axis(NamedTuple):
    """`known`: what was asked before, for readings of many rides lie at the same few minutes."""

    edge: Edge
    started_at: datetime
    day: date
    zone: Zone
    known: dict[float, float]

    def at_clock(self, clock: float) -> float:
        """Where on the axis it is so late by the clock on the wall."""
        if clock not in self.known:
            instant = instant_on(self.day, on_axis(self.edge, clock), self.zone)
            self.known[clock] = on_axis(self.edge, (instant - self.started_at).total_seconds())
        return self.known[clock]


def _habit(anchor: float, past: Sequence[_Past], axis: _Axis) -> Habit:
    offsets, clocks = (sorted(values) for values in zip(*past, strict=True))
    widths = (
        higher_quantile(values, DUE_QUANTILE) - higher_quantile(values, 1 - DUE_QUANTILE)
        for values in (offsets, clocks)
    )
    return Habit(
        due=max(
            anchor + higher_quantile(offsets, DUE_QUANTILE),
            axis.at_clock(higher_quantile(clocks, DUE_QUANTILE)),
        ),
        usual=max(anchor + _middle(offsets), axis.at_clock(_middle(clocks))),
        is_steady=min(widths) <= WIDEST_SECONDS,
    )


def _newest(sessions: Iterable[_PastSession], ride_id: int) -> list[_Past]:
    """The ride's edges in the newest sessions in which they were seen."""
    seen = (past for session in sessions if (past := session.of(ride_id)) is not None)
    return list(islice(seen, MOST_SESSIONS))


def _anchor(edge: Edge, session: SessionEdges, zone: Zone) -> tuple[float, float]:
    """The session's own edge on the axis, and its clock on the wall."""
    seconds = 0 if edge is Edge.OPENING else session.seconds
    return on_axis(edge, seconds), on_axis(edge, _clock(session, seconds, zone))


def _past_session(edge: Edge, session: SessionEdges, zone: Zone) -> _PastSession:
    anchor, clock = _anchor(edge, session, zone)
    keeps_the_clock = _clock(session, session.seconds, zone) - _clock(session, 0, zone) == session.seconds
    edges = session.opened if edge is Edge.OPENING else session.closed
    return _PastSession(edge, edge.value, session, anchor, clock, edges, keeps_the_clock, zone)


def _clock(session: SessionEdges, seconds: float, zone: Zone) -> float:
    """Seconds by the clock on the wall since the midnight before the session began."""
    return _clock_after(session.started_at, seconds, zone)


@lru_cache(maxsize=1024)  # of a park's sessions, which both edges ask for
def _clock_after(started_at: datetime, seconds: float, zone: Zone) -> float:
    return seconds_into_day(started_at + timedelta(seconds=seconds), local_date(started_at, zone), zone)

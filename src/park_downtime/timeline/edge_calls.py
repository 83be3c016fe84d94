"""Late starts, and rides that did not reopen: the edges of a ride's day held against its own habit
(DESIGN, Habit).
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from statistics import median
from typing import NamedTuple

from park_downtime.model import StretchKind
from park_downtime.periods import Zone, local_date
from park_downtime.timeline.closures import Closure, RideSession, Stretch
from park_downtime.timeline.edges import SessionEdges, seen_edges
from park_downtime.timeline.habits import Edge, Habit, habits, on_axis
from park_downtime.timeline.judge import JudgedSession
from park_downtime.timeline.runs import Run

LATE_BY_SECONDS = {Edge.OPENING: 20 * 60, Edge.CLOSING: 30 * 60}
PEERS_WITHIN_SECONDS = 30 * 60
LEAST_PEERS = 3
TOGETHER_LEAST = 3
TOGETHER_SHARE = 0.25
LONGEST_INTERVAL_SECONDS = 20 * 60

BESIDE = {Edge.OPENING: StretchKind.LATE_OPENING, Edge.CLOSING: StretchKind.EARLY_CLOSE}
CALLED = {Edge.OPENING: StretchKind.LATE_START, Edge.CLOSING: StretchKind.DID_NOT_REOPEN}


class Due(NamedTuple):
    """When a ride was to open, or to close, and did not; `kind` is LATE_START or DID_NOT_REOPEN."""

    ride_id: int
    kind: StretchKind
    at: datetime


class Call(NamedTuple):
    """On the axis of an edge: when it was due, and where it was."""

    due: float
    at: float

    @property
    def middle(self) -> float:
        return (self.due + self.at) / 2

    def covers(self, instant: float) -> bool:
        return self.due <= instant < self.at


@dataclass(frozen=True, slots=True)
class CalledSessions:
    """Sessions with their calls, and the edges of those that are settled: habits of days to come. `past`: the
    edges of the days before.
    """

    judged: list[JudgedSession]
    edges: list[SessionEdges]
    past: Sequence[SessionEdges] = ()


def called_sessions(
    judged: Iterable[JudgedSession],
    runs_by_ride: Mapping[int, Sequence[Run]],
    past: Sequence[SessionEdges],
    zone: Zone,
    observed_since: datetime | None,
) -> CalledSessions:
    """`judged`: a park's, in time order; `past`: the edges of those before them. Of the first day of
    observation nothing is called or remembered: when its rides opened nobody knows.
    """
    first_day = None if observed_since is None else local_date(observed_since, zone)
    found: list[JudgedSession] = []
    edges: list[SessionEdges] = []
    for one in judged:
        if not one.session.is_settled or local_date(one.session.started_at, zone) == first_day:
            found.append(one)
            continue
        own = seen_edges(one, runs_by_ride)
        found.append(with_calls(one, own, [*past, *edges], zone))
        edges.append(own)
    return CalledSessions(found, edges, past)


def with_calls(
    judged: JudgedSession, edges: SessionEdges, past: Sequence[SessionEdges], zone: Zone
) -> JudgedSession:
    """The settled session with what lay beyond each ride's own habit told apart. `past`: the park's settled
    sessions before it, as far as they are known.
    """
    if not judged.session.is_settled or judged.session.longest_interval_seconds > LONGEST_INTERVAL_SECONDS:
        return judged
    opened = sum(ride.first_open is not None for ride in judged.rides.values())
    dues: list[Due] = []
    for edge in Edge:
        seen = edges.opened if edge is Edge.OPENING else edges.closed
        at = _edges_at(edge, judged)
        found = apart(calls(edge, at, seen.keys(), habits(edge, edges, past, zone)), opened)
        dues.extend(
            Due(ride_id, CALLED[edge], edges.started_at + timedelta(seconds=round(on_axis(edge, call.due))))
            for ride_id, call in found.items()
        )
    return told_apart(judged, dues)


def told_apart(judged: JudgedSession, dues: Iterable[Due]) -> JudgedSession:
    """The session with the closed time of those rides cut at when they were due."""
    edge_of = {kind: edge for edge, kind in CALLED.items()}
    rides = dict(judged.rides)
    for due in dues:
        if due.ride_id in rides:
            rides[due.ride_id] = _told_apart(rides[due.ride_id], edge_of[due.kind], due.at)
    return replace(judged, rides=rides)


def _edges_at(edge: Edge, judged: JudgedSession) -> dict[int, float]:
    """Where the edges of all rides that opened lie on the axis, seen or not."""
    found = {}
    for ride_id, ride in judged.rides.items():
        at = ride.first_open if edge is Edge.OPENING else ride.last_open
        if at is not None:
            found[ride_id] = on_axis(edge, (at - judged.session.started_at).total_seconds())
    return found


def calls(
    edge: Edge, at: Mapping[int, float], seen: Collection[int], habits: Mapping[int, Habit]
) -> dict[int, Call]:
    """By ride, where its edge came later than its own past and the day's other rides explain. `at`: where
    the edges of today lie; judged are those that were `seen`.
    """
    late = {ride_id: at[ride_id] - habits[ride_id].usual for ride_id in at if ride_id in habits}
    found = {}
    for ride_id in late.keys() & set(seen):
        habit = habits[ride_id]
        # Peers only make a ride due later, and most were on time without them.
        if not habit.is_steady or at[ride_id] - habit.due < LATE_BY_SECONDS[edge]:
            continue
        shift = _shift_of_peers(ride_id, habit, late, habits)
        if shift is None:
            continue
        due = habit.due + max(0.0, shift)
        if at[ride_id] - due >= LATE_BY_SECONDS[edge]:
            found[ride_id] = Call(due, at[ride_id])
    return found


def _shift_of_peers(
    ride_id: int, habit: Habit, late: Mapping[int, float], habits: Mapping[int, Habit]
) -> float | None:
    """How late the others of about its time were, or all others where those are few; None: too few."""
    others = [other for other in late if other != ride_id]
    near = [other for other in others if abs(habits[other].usual - habit.usual) <= PEERS_WITHIN_SECONDS]
    peers = near if len(near) >= LEAST_PEERS else others
    return median(late[other] for other in peers) if len(peers) >= LEAST_PEERS else None


def apart(called: Mapping[int, Call], rides_opened: int) -> dict[int, Call]:
    """Without those that many rides share: what comes late together was no ride's own fault."""
    most = max(TOGETHER_LEAST, TOGETHER_SHARE * rides_opened)
    return {
        ride_id: call
        for ride_id, call in called.items()
        if sum(other.covers(call.middle) for other in called.values()) < most
    }


def _told_apart(ride: RideSession, edge: Edge, due: datetime) -> RideSession:
    """The ride's closed time at an edge cut at `due`."""
    stretches = tuple(part for stretch in ride.stretches for part in _cut(ride, stretch, edge, due))
    spans = tuple((part.start, part.end) for part in stretches if part.kind is CALLED[edge])
    if not spans:
        return ride
    closed = [part for part in stretches if part.kind in (CALLED[edge], BESIDE[edge])]
    closed = [part for part in closed if _is_at_edge(ride, part, edge)]
    closure = Closure(
        ride_id=ride.ride_id,
        kind=CALLED[edge],
        started_at=closed[0].start,
        ended_at=closed[-1].end,
        spans=spans,
        is_incident=True,
        due=due,
    )
    return replace(
        ride,
        stretches=stretches,
        closures=tuple(sorted([*ride.closures, closure], key=lambda each: each.started_at)),
    )


def _cut(ride: RideSession, stretch: Stretch, edge: Edge, due: datetime) -> Iterator[Stretch]:
    if stretch.kind is not BESIDE[edge] or not _is_at_edge(ride, stretch, edge):
        yield stretch
        return
    before, after = BESIDE[edge], CALLED[edge]
    if edge is Edge.CLOSING:
        before, after = after, before
    if stretch.start < due:
        yield Stretch(before, stretch.start, min(due, stretch.end))
    if due < stretch.end:
        yield Stretch(after, max(due, stretch.start), stretch.end)


def _is_at_edge(ride: RideSession, stretch: Stretch, edge: Edge) -> bool:
    """A ride that closed with its park for a while, and opened again, has early closes before its last."""
    return edge is Edge.OPENING or ride.last_open is None or stretch.start >= ride.last_open

"""Part 5: how often a ride called Down at a moment turned out to be in an outage."""

from __future__ import annotations

from bisect import bisect_left
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta

from benchmarks.accuracy.judged_days import JudgedDay
from benchmarks.accuracy.simulated import REAL_TROUBLE
from benchmarks.accuracy.simulated_days import Truth
from park_downtime.model import Status, StretchKind
from park_downtime.timeline.as_of import park_runs_as_of, runs_as_of
from park_downtime.timeline.closures import RideSession, judge_ride
from park_downtime.timeline.edges import SessionEdges, seen_edges
from park_downtime.timeline.judge import JudgedSession
from park_downtime.timeline.known import known_in
from park_downtime.timeline.reopening import (
    SHIPPED,
    back_today_percentage,
    cell_at,
    closings_before,
    usual_closing,
)
from park_downtime.timeline.sessions import Session
from park_downtime.timeline.spans import Span
from park_downtime.timeline.status import closed_since, entry_now, ride_now

TEN_MINUTES = timedelta(minutes=10)
REMEMBERED = 60
"""Sessions; more than enough for the seven that a ride was seen to close in."""
DOWN_FOR = (10, 30, 60, 120, 180)
"""Minutes up to which a ride had been down when it was called Down."""


@dataclass(slots=True)
class Badge:
    """Moments at which a counted ride was called Down, by how long it had been, and what it turned out
    to be. `outage_moments`: moments in what turned out to be an outage; `shown`: of them called Down.
    `really`: called Down while it was broken down or in a storm, where that is known.
    """

    turned_out: Counter[tuple[int, StretchKind]] = field(default_factory=Counter)
    outage_moments: int = 0
    shown: int = 0
    really: int = 0

    def add(self, other: Badge) -> None:
        self.turned_out.update(other.turned_out)
        self.outage_moments += other.outage_moments
        self.shown += other.shown
        self.really += other.really

    def down(self, bucket: int | None = None) -> int:
        return sum(n for (b, _), n in self.turned_out.items() if bucket in (None, b))

    def outages(self, bucket: int | None = None) -> int:
        return sum(
            n
            for (b, kind), n in self.turned_out.items()
            if bucket in (None, b) and kind is StretchKind.OUTAGE
        )


class Habits:
    """When a park's rides were seen to close in the sessions before."""

    def __init__(self) -> None:
        self._edges: list[SessionEdges] = []

    def usual_closings(self, judged: JudgedDay, session: Session) -> dict[int, datetime]:
        started_at, zone = session.started_at, judged.memory.zone
        return {
            ride_id: closing
            for ride_id, own in closings_before(self._edges, started_at).items()
            if (closing := usual_closing(own, started_at, zone)) is not None
        }

    def remember(self, judged: JudgedDay) -> None:
        believed = judged.memory.believed
        self._edges += [seen_edges(each, believed) for each in judged.own if each.session.is_settled]
        del self._edges[:-REMEMBERED]


def watch(days: Iterable[tuple[JudgedDay, Truth]], moments: Sequence[datetime] | None = None) -> Badge:
    """Every reading of every closed day of one park, in order; each full ten minutes, or `moments`.

    With each day what really happened, empty where nobody knows.
    """
    badge, habits = Badge(), Habits()
    for day, truth in days:
        for judged in day.own:
            closings = habits.usual_closings(day, judged.session)
            for at in _moments(judged.session.span, moments):
                _look(badge, day, truth, at, closings)
        habits.remember(day)
    return badge


def _moments(span: Span, moments: Sequence[datetime] | None) -> Iterator[datetime]:
    if moments is not None:
        yield from moments[bisect_left(moments, span[0]) : bisect_left(moments, span[1])]
        return
    at = span[0]
    while at < span[1]:
        yield at
        at += TEN_MINUTES


def _look(badge: Badge, day: JudgedDay, truth: Truth, at: datetime, closings: Mapping[int, datetime]) -> None:
    """What the live view would have said of the closed rides at `at`, by the shipped table of chances."""
    memory = day.memory
    park_runs = park_runs_as_of(memory.park_runs, at)
    then = [session for session in memory.sessions_at(at) if session.is_open]
    final = next((each for each in day.own if each.session.started_at <= at < each.session.ends_at), None)
    if final is None or not park_runs:
        return
    for ride_id, ride in final.rides.items():
        kind = _kind_at(ride, at)
        if kind not in (StretchKind.OUTAGE, StretchKind.EARLY_CLOSE):
            continue  # open, or closed without having opened: never called Down
        runs = runs_as_of(memory.runs[ride_id], at)
        since = None
        if then and park_runs[-1].is_running:
            since = closed_since(judge_ride(ride_id, then[-1], known_in(then[-1], runs, at)))
        chance = None
        if since is not None and ride_id in closings:
            cell = cell_at(at - since, closings[ride_id] - at, *_others(final, ride_id, at))
            chance = back_today_percentage(SHIPPED, cell)
        now = ride_now(entry_now(runs[-1] if runs else None, at), since, chance, at)
        badge.outage_moments += kind is StretchKind.OUTAGE
        if now.status is Status.DOWN and now.down_since is not None:
            badge.shown += kind is StretchKind.OUTAGE
            badge.turned_out[_bucket(at - now.down_since), kind] += 1
            badge.really += any(
                each.start <= at < each.end and each.cause in REAL_TROUBLE for each in truth.get(ride_id, ())
            )


def _others(final: JudgedSession, ride_id: int, at: datetime) -> tuple[int, int]:
    """How many other rides had opened by then, and how many were open."""
    others = [ride for other, ride in final.rides.items() if other != ride_id]
    opened = sum(ride.first_open is not None and ride.first_open <= at for ride in others)
    return opened, sum(_kind_at(ride, at) is StretchKind.OPEN for ride in others)


def _kind_at(ride: RideSession, at: datetime) -> StretchKind | None:
    return next((stretch.kind for stretch in ride.stretches if stretch.start <= at < stretch.end), None)


def _bucket(down_for: timedelta) -> int:
    return next((limit for limit in DOWN_FOR if down_for <= timedelta(minutes=limit)), DOWN_FOR[-1])

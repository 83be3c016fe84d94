"""What each stretch of a ride's session was: the only place where a closure is judged (DESIGN, Closure)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise
from typing import NamedTuple

from park_downtime.model import State, StretchKind
from park_downtime.timeline.known import ClosedStretch, Known, closed_stretches
from park_downtime.timeline.sessions import Session
from park_downtime.timeline.spans import Span, common, seconds

INCIDENT_READINGS = 2
INCIDENT_SHARE_OF_INTERVAL = 0.75
INCIDENT_SECONDS = 7.5 * 60


@dataclass(frozen=True, slots=True)
class Stretch:
    """`[start, end)` of one kind; a ride's stretches are a partition of its session."""

    kind: StretchKind
    start: datetime
    end: datetime


@dataclass(frozen=True, slots=True)
class Closure:
    """A ride closed from its first closed reading until it opened, or until `ended_at` if it did not.

    `spans` is its known time while the park ran, as far as it counts: of a late start what came after it was
    `due`, of a ride that did not reopen what came before.
    """

    ride_id: int
    kind: StretchKind  # OUTAGE, ONGOING, LATE_START or DID_NOT_REOPEN
    started_at: datetime
    ended_at: datetime
    spans: tuple[Span, ...]
    is_incident: bool
    due: datetime | None = None

    @property
    def seconds(self) -> int:
        return seconds(self.spans)


@dataclass(frozen=True, slots=True)
class RideSession:
    """One ride in one session of its park, judged. `first_open`, `last_open`: None if it never opened."""

    ride_id: int
    stretches: tuple[Stretch, ...]
    closures: tuple[Closure, ...]
    first_open: datetime | None
    last_open: datetime | None
    status_changes: int


def judge_ride(
    ride_id: int,
    session: Session,
    known: Sequence[Known],
    with_the_park: Collection[datetime] = (),
) -> RideSession:
    """What a ride did in a session. `known`: all that is known of it there; `with_the_park`: when it closed
    with its park and opened again all the same.
    """
    opens = [piece for piece in known if piece.state is State.OPEN]
    closed = [
        _Judged(stretch, _is_outage(stretch, session, with_the_park)) for stretch in closed_stretches(known)
    ]
    first_open = opens[0].start if opens else None
    outages = {piece.start for each in closed if each.is_outage for piece in each.stretch.pieces}
    return RideSession(
        ride_id=ride_id,
        stretches=tuple(_stretches(session, known, first_open, outages)),
        closures=tuple(_closures(ride_id, session, closed)),
        first_open=first_open,
        last_open=opens[-1].end if opens else None,
        status_changes=sum(one.state is not other.state for one, other in pairwise(known)),
    )


class _Judged(NamedTuple):
    stretch: ClosedStretch
    is_outage: bool


def _is_outage(stretch: ClosedStretch, session: Session, with_the_park: Collection[datetime]) -> bool:
    """Open before it and after it. What opens while no wait is alive may be a forgotten entry, and what has
    been counted is not taken back.
    """
    reopened = stretch.reopened
    if reopened is None or stretch.started_at in with_the_park:
        return False
    return session.quiet_since is None or reopened.start <= session.quiet_since


def _stretches(
    session: Session, known: Sequence[Known], first_open: datetime | None, outages: Collection[datetime]
) -> Iterator[Stretch]:
    """The partition of the session: the park's stops, then what is known of the ride, then unknown."""
    found: list[Stretch] = [Stretch(StretchKind.PARK_STOP, start, end) for start, end in session.stops]
    for piece in known:
        kind = _kind(piece, session, first_open, outages)
        found.extend(
            Stretch(kind, start, end) for start, end in common([(piece.start, piece.end)], session.running)
        )
    found.sort(key=lambda stretch: stretch.start)
    cursor = session.started_at
    pending: Stretch | None = None
    for stretch in [*found, Stretch(StretchKind.UNKNOWN, session.ends_at, session.ends_at)]:
        for part in (Stretch(StretchKind.UNKNOWN, cursor, stretch.start), stretch):
            if part.start >= part.end:
                continue
            if pending is not None and pending.kind is part.kind:
                pending = Stretch(part.kind, pending.start, part.end)
                continue
            if pending is not None:
                yield pending
            pending = part
        cursor = stretch.end
    if pending is not None:
        yield pending


def _kind(
    piece: Known, session: Session, first_open: datetime | None, outages: Collection[datetime]
) -> StretchKind:
    """`outages`: when the closed pieces of the ride's outages began."""
    if piece.state is State.OPEN:
        return StretchKind.OPEN
    if first_open is None:
        return StretchKind.DID_NOT_OPERATE
    if piece.start < first_open:
        return StretchKind.LATE_OPENING
    if piece.start in outages:
        return StretchKind.OUTAGE
    return StretchKind.ONGOING if session.is_open else StretchKind.EARLY_CLOSE


def _closures(ride_id: int, session: Session, closed: Iterable[_Judged]) -> Iterator[Closure]:
    """Outages, and what may yet become one while the session is open."""
    for stretch, is_outage in closed:
        ended_at = stretch.pieces[-1].end if stretch.reopened is None else stretch.reopened.start
        if is_outage:
            yield _closure(ride_id, session, stretch.pieces, StretchKind.OUTAGE, ended_at)
        elif session.is_open:
            yield _closure(ride_id, session, stretch.pieces, StretchKind.ONGOING, ended_at)


def _closure(
    ride_id: int, session: Session, closed: Sequence[Known], kind: StretchKind, ended_at: datetime
) -> Closure:
    spans = common([(piece.start, piece.end) for piece in closed], session.running)
    length = seconds(spans)
    readings = sum(piece.readings for piece in closed)
    interval = closed[-1].interval_seconds
    is_long = length >= INCIDENT_SHARE_OF_INTERVAL * interval and length >= INCIDENT_SECONDS
    return Closure(
        ride_id=ride_id,
        kind=kind,
        started_at=closed[0].start,
        ended_at=ended_at,
        spans=tuple(spans),
        # Shorter flickers count as time only; a closure wholly within a park stop is no incident.
        is_incident=length > 0 and (readings >= INCIDENT_READINGS or is_long),
    )

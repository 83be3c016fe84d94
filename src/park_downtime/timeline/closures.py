"""What each stretch of a ride's session was: the only place where a closure is judged (DESIGN, Closure)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import pairwise

from park_downtime.model import State, StretchKind
from park_downtime.timeline.holds import held
from park_downtime.timeline.runs import Run
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
    """A ride closed from its first closed reading until it reopened, or until `ended_at` if it did not.

    `spans` is its known time while the park ran, the only time that counts.
    """

    ride_id: int
    kind: StretchKind  # OUTAGE or ONGOING
    started_at: datetime
    ended_at: datetime
    spans: tuple[Span, ...]
    is_incident: bool

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


@dataclass(frozen=True, slots=True)
class _Known:
    state: State
    start: datetime
    end: datetime
    readings: int
    interval_seconds: int


def judge_ride(
    ride_id: int, session: Session, runs: Sequence[Run], now: datetime, unknown: Sequence[Span] = ()
) -> RideSession:
    """What a ride did in a session, as it stands at `now`. `runs` are the ride's own, in any order; none
    holds within what was made `unknown`.
    """
    known = list(_known_in(session, runs, now, unknown))
    opens = [piece for piece in known if piece.state is State.OPEN]
    proven = [piece for piece in opens if _is_proven(piece, session)]
    first_open = opens[0].start if opens else None
    last_open = opens[-1].end if opens else None
    last_opened = proven[-1].start if proven else None
    return RideSession(
        ride_id=ride_id,
        stretches=tuple(_stretches(session, known, first_open, last_opened)),
        closures=tuple(_closures(ride_id, session, known)),
        first_open=first_open,
        last_open=last_open,
        status_changes=sum(one.state is not other.state for one, other in pairwise(known)),
    )


def _known_in(
    session: Session, runs: Sequence[Run], now: datetime, unknown: Sequence[Span]
) -> Iterator[_Known]:
    for run, until in held((run for run in runs if run.started_at <= now), now, unknown):
        start, end = max(run.started_at, session.started_at), min(until, session.ends_at)
        # The newest reading of an open session has lasted no time yet, but it has been read.
        is_newest = start == end == run.last_reading_at == session.last_running_at
        if start < end or is_newest:
            yield _Known(run.state, start, end, run.reading_count, run.interval_seconds)


def _is_proven(opened: _Known, session: Session) -> bool:
    """Whether an opening ends a closure: what opens while no wait is alive may be a forgotten entry, and
    what has been counted is not taken back.
    """
    return session.quiet_since is None or opened.start <= session.quiet_since


def _stretches(
    session: Session, known: Sequence[_Known], first_open: datetime | None, last_opened: datetime | None
) -> Iterator[Stretch]:
    """The partition of the session: the park's stops, then what is known of the ride, then unknown."""
    found: list[Stretch] = [Stretch(StretchKind.PARK_STOP, start, end) for start, end in session.stops]
    for piece in known:
        kind = _kind(piece, session, first_open, last_opened)
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
    piece: _Known, session: Session, first_open: datetime | None, last_opened: datetime | None
) -> StretchKind:
    """`last_opened`: when the ride opened for the last time, as far as that is proven."""
    if piece.state is State.OPEN:
        return StretchKind.OPEN
    if first_open is None:
        return StretchKind.DID_NOT_OPERATE
    if piece.start < first_open:
        return StretchKind.LATE_OPENING
    if last_opened is not None and piece.start < last_opened:
        return StretchKind.OUTAGE
    return StretchKind.ONGOING if session.is_open else StretchKind.EARLY_CLOSE


def _closures(ride_id: int, session: Session, known: Sequence[_Known]) -> Iterator[Closure]:
    """Closed stretches between two openings, and those whose end is open while the session is."""
    closed: list[_Known] = []
    has_opened = False
    for piece in known:
        if piece.state is State.CLOSED:
            if has_opened:
                closed.append(piece)
            continue
        if closed:
            kind = StretchKind.OUTAGE if _is_proven(piece, session) else StretchKind.ONGOING
            yield _closure(ride_id, session, closed, kind, piece.start)
            closed = []
        has_opened = True
    if closed and session.is_open:
        yield _closure(ride_id, session, closed, StretchKind.ONGOING, closed[-1].end)


def _closure(
    ride_id: int, session: Session, closed: Sequence[_Known], kind: StretchKind, ended_at: datetime
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

"""What is known of one ride within one session: its runs with their holds, cut to the session."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from park_downtime.model import State
from park_downtime.timeline.holds import held
from park_downtime.timeline.runs import Run
from park_downtime.timeline.sessions import Session
from park_downtime.timeline.spans import Span


@dataclass(frozen=True, slots=True)
class Known:
    """`[start, end)` in one state. A ride's are in time order; what lies between them nobody knows."""

    state: State
    start: datetime
    end: datetime
    last_reading_at: datetime
    readings: int
    interval_seconds: int


def known_in(
    session: Session, runs: Sequence[Run], now: datetime, unknown: Sequence[Span] = ()
) -> list[Known]:
    """As it stands at `now`. `runs` are the ride's own, in any order; none holds within what was made
    `unknown`.
    """
    return list(_known_in(session, runs, now, unknown))


def _known_in(
    session: Session, runs: Sequence[Run], now: datetime, unknown: Sequence[Span]
) -> Iterator[Known]:
    for run, until in held((run for run in runs if run.started_at <= now), now, unknown):
        start, end = max(run.started_at, session.started_at), min(until, session.ends_at)
        # The newest reading of an open session has lasted no time yet, but it has been read.
        is_newest = start == end == run.last_reading_at == session.last_running_at
        if start < end or is_newest:
            yield Known(run.state, start, end, run.last_reading_at, run.reading_count, run.interval_seconds)


@dataclass(frozen=True, slots=True)
class ClosedStretch:
    """A maximal one after an opening; unknown time inside does not end it."""

    pieces: tuple[Known, ...]
    reopened: Known | None

    @property
    def started_at(self) -> datetime:
        return self.pieces[0].start


def closed_stretches(known: Sequence[Known]) -> Iterator[ClosedStretch]:
    closed: list[Known] = []
    has_opened = False
    for piece in known:
        if piece.state is State.CLOSED:
            if has_opened:
                closed.append(piece)
            continue
        if closed:
            yield ClosedStretch(tuple(closed), piece)
            closed = []
        has_opened = True
    if closed:
        yield ClosedStretch(tuple(closed), None)

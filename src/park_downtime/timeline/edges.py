"""When a ride first opened and last closed in a session, where that was seen (DESIGN, Habit)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from park_downtime.model import State
from park_downtime.timeline.holds import held
from park_downtime.timeline.judge import JudgedSession
from park_downtime.timeline.runs import Run


@dataclass(frozen=True, slots=True)
class SessionEdges:
    """A settled session of a park, and by ride the seconds from its start to the ride's first open reading
    and to the end of the hold of its last. An edge that nobody saw is missing.
    """

    started_at: datetime
    ends_at: datetime
    opened: dict[int, int]
    closed: dict[int, int]

    @property
    def seconds(self) -> int:
        return _seconds(self.started_at, self.ends_at)


def seen_edges(judged: JudgedSession, runs_by_ride: Mapping[int, Sequence[Run]]) -> SessionEdges:
    """An edge is seen where a closed reading of the ride, or at the session's own edge a reading of the park
    as not running, lies so close that nothing is unknown in between. `runs_by_ride`: also those before and
    after the session.
    """
    session = judged.session
    opened: dict[int, int] = {}
    closed: dict[int, int] = {}
    for ride_id, ride in judged.rides.items():
        if ride.first_open is None or ride.last_open is None:
            continue
        shut = [
            (run.started_at, until)
            for run, until in held(runs_by_ride.get(ride_id, ()))
            if run.state is State.CLOSED
        ]
        is_first = session.is_start_seen and ride.first_open == session.started_at
        if is_first or any(until == ride.first_open for _, until in shut):
            opened[ride_id] = _seconds(session.started_at, ride.first_open)
        is_last = session.is_end_seen and ride.last_open == session.ends_at
        if is_last or any(started_at == ride.last_open for started_at, _ in shut):
            closed[ride_id] = _seconds(session.started_at, ride.last_open)
    return SessionEdges(session.started_at, session.ends_at, opened, closed)


def _seconds(start: datetime, end: datetime) -> int:
    return int((end - start).total_seconds())

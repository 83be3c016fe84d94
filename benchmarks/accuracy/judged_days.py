"""A park's local days, each judged the way the night does it: with the two days around it in memory."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import Connection

from park_downtime.database.parks import ParkRow
from park_downtime.database.runs import first_day_with_runs, last_run_end
from park_downtime.judging.call_edges import with_stored_calls
from park_downtime.judging.park_history import ParkHistory, load
from park_downtime.periods import DAY, day_range, local_date
from park_downtime.statistics.days import ParkDay
from park_downtime.timeline.edge_calls import called_sessions
from park_downtime.timeline.edges import SessionEdges
from park_downtime.timeline.habits import LOOKS_BACK
from park_downtime.timeline.judge import JudgedSession

OVER = timedelta(hours=12)
"""So long after the last reading nothing can change any more."""
Told = Callable[[list[JudgedSession]], list[JudgedSession]]
"""Sessions without calls, and the same with what a night said of their edges."""


@dataclass(frozen=True, slots=True)
class JudgedDay:
    """`touching` are the sessions that have a part in the day, `own` those that begin on it."""

    day: date
    memory: ParkHistory
    touching: list[JudgedSession]
    row: ParkDay

    @property
    def own(self) -> list[JudgedSession]:
        start, end = day_range(self.day, self.memory.zone)
        return [each for each in self.touching if start <= each.session.started_at < end]


def judged_day(memory: ParkHistory, now: datetime, told: Told | None = None) -> JudgedDay:
    """`memory` reaches to the end of the day after its first one. Without `told` nothing is said of the edges
    of rides' days.
    """
    _, end = day_range(memory.first_day, memory.zone)
    found = [session for session in memory.sessions_at(now) if session.started_at < end]
    judged = memory.judge(found, now)
    if told is not None:
        judged = told(judged)
    (row,) = memory.days([memory.first_day], judged)
    return JudgedDay(memory.first_day, memory, judged, row)


def by_habits(memory: ParkHistory, now: datetime, past: list[SessionEdges]) -> JudgedDay:
    """The day as its night judges it by the edges `past`, which then hold its own too, of 60 days."""
    start, end = day_range(memory.first_day, memory.zone)

    def told(judged: list[JudgedSession]) -> list[JudgedSession]:
        called = called_sessions(judged, memory.believed, past, memory.zone, memory.observed_since)
        own = [edges for edges in called.edges if start <= edges.started_at < end]
        past[:] = [edges for edges in [*past, *own] if start - edges.started_at <= LOOKS_BACK]
        return called.judged

    return judged_day(memory, now, told)


def judged_days(connection: Connection, park: ParkRow) -> Iterator[JudgedDay]:
    """Every local day whose runs are kept."""
    first, last = first_day_with_runs(connection, park.park_id), last_run_end(connection, park.park_id)
    if first is None or last is None:
        return
    day = first
    while day <= local_date(last, park.zone):
        memory = load(connection, park, day, day + 2 * DAY)
        yield judged_day(memory, last + OVER, partial(with_stored_calls, connection, park.park_id, day))
        day += DAY

"""A park's local days, each judged the way the night does it: with the two days around it in memory."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from park_downtime.database.parks import ParkRow
from park_downtime.database.runs import first_day_with_runs, last_run_end
from park_downtime.judging.call_edges import with_stored_calls
from park_downtime.judging.park_history import ParkHistory, load
from park_downtime.periods import DAY, day_range, local_date
from park_downtime.statistics.days import ParkDay
from park_downtime.timeline.judge import JudgedSession

OVER = timedelta(hours=12)
"""So long after the last reading nothing can change any more."""


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


def judged_day(memory: ParkHistory, now: datetime, stored_in: Connection | None = None) -> JudgedDay:
    """`memory` reaches to the end of the day after its first one; what its night said of the edges of the
    day, if there was one, is `stored_in` a database.
    """
    _, end = day_range(memory.first_day, memory.zone)
    found = [session for session in memory.sessions_at(now) if session.started_at < end]
    judged = memory.judge(found, now)
    if stored_in is not None:
        judged = with_stored_calls(stored_in, memory.park_id, memory.first_day, judged)
    (row,) = memory.days([memory.first_day], judged)
    return JudgedDay(memory.first_day, memory, judged, row)


def judged_days(connection: Connection, park: ParkRow) -> Iterator[JudgedDay]:
    """Every local day whose runs are kept."""
    first, last = first_day_with_runs(connection, park.park_id), last_run_end(connection, park.park_id)
    if first is None or last is None:
        return
    day = first
    while day <= local_date(last, park.zone):
        yield judged_day(load(connection, park, day, day + 2 * DAY), last + OVER, connection)
        day += DAY

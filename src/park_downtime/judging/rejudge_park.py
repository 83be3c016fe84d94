"""Closed days of a park judged again by the present method, from the archive: what each would be.

Nothing is stored here. Waits are not in the archive: those of the stored rows are kept. A habit is made of
the days before as they are judged now, so the days go in order, those before the first one only for their
edges.
"""

from __future__ import annotations

import zlib
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from park_downtime.database.daily import final_days, measures_on, parks_on
from park_downtime.database.edges import edges_between
from park_downtime.database.parks import ParkRow
from park_downtime.database.rides import rides_of
from park_downtime.database.sessions import session_across
from park_downtime.judging.archived_park import ArchivedPark
from park_downtime.judging.close_day import JudgedDay, judged_day
from park_downtime.judging.park_history import ParkHistory, touches
from park_downtime.periods import DAY, DateRange, day_range, local_date
from park_downtime.statistics.days import ParkDay
from park_downtime.statistics.measures import HOW_JUDGED, PARK_MEASURE_NAMES, Measures
from park_downtime.stretches.archive import StretchArchive
from park_downtime.stretches.archived_day import ArchivedDay
from park_downtime.stretches.lines import lines_of
from park_downtime.timeline.edge_calls import CalledSessions, called_sessions
from park_downtime.timeline.edges import SessionEdges
from park_downtime.timeline.habits import LOOKS_BACK
from park_downtime.timeline.sessions import Session


@dataclass(frozen=True, slots=True)
class DayAgain:
    """A closed day as it would be stored. `before`: its rides' stored figures; `gone`: rides that were
    deleted since, which the park's figures still count, but for waits. `history` knows nothing of its runs;
    `timezone` is that of its closing, and `mark` is another one once the day is closed again.
    """

    judged: JudgedDay
    history: ParkHistory
    before: Mapping[int, Measures]
    gone: Collection[int]
    is_changed: bool
    timezone: str
    mark: int

    @property
    def day(self) -> date:
        return self.judged.row.day


@dataclass(slots=True)
class _Past:
    """The sessions judged so far, and their edges."""

    edges: list[SessionEdges] = field(default_factory=list)
    sessions: list[Session] = field(default_factory=list)

    def before(self, started_at: datetime) -> list[SessionEdges]:
        return [one for one in self.edges if started_at - LOOKS_BACK <= one.started_at < started_at]


def rejudge_park(
    connection: Connection, archive: StretchArchive, park: ParkRow, dates: DateRange, now: datetime
) -> Iterator[DayAgain | date]:
    """The final days of the dates, in order; a date alone: of that day not all is in the archive.

    Raises ArchiveUnreadable.
    """
    days = ArchivedPark(connection, archive, park)
    wanted = {day for _, day in final_days(connection, [park.park_id], dates.first, dates.last)}
    if not wanted:
        return
    past, day = _Past(), dates.first - LOOKS_BACK - DAY
    stored = _stored_edges(connection, park, DateRange(day, dates.last))
    while day <= dates.last:
        is_over = day_range(day, park.zone)[1] <= now
        history = (
            days.history(day, _reaches_in(connection, park, day, past))
            if is_over and days.is_whole(day)
            else None
        )
        found = _sessions(history, day, now) if history is not None else None
        if history is None or found is None:
            past.edges += stored.get(day, [])
            if day in wanted:
                yield day
        else:
            called = _called(history, found, past, now)
            own = [one for one in found if _began_on(one, day, history)]
            judged = judged_day(history, day, own, called)
            past.sessions += own
            past.edges += judged.edges
            source = days.closed(day)
            if day in wanted and source is not None:
                again = _day_again(connection, history, judged, source)
                yield day if again is None else again
        day += DAY
        days.forget_before(day - timedelta(days=31))


def _stored_edges(connection: Connection, park: ParkRow, dates: DateRange) -> dict[date, list[SessionEdges]]:
    """Those that are still kept, by the local day on which their session began."""
    start, _ = day_range(dates.first, park.zone)
    found: dict[date, list[SessionEdges]] = {}
    for one in edges_between(connection, park.park_id, start, day_range(dates.last, park.zone)[1]):
        found.setdefault(local_date(one.started_at, park.zone), []).append(one)
    return found


def _reaches_in(connection: Connection, park: ParkRow, day: date, past: _Past) -> datetime | None:
    """When the session began that reaches into the day, as it is judged now where it is."""
    start, _ = day_range(day, park.zone)
    judged = past.sessions[-1] if past.sessions else None
    if judged is not None and judged.started_at < start < judged.ends_at:
        return judged.started_at
    stored = session_across(connection, park.park_id, start)
    if stored is None or (judged is not None and stored.started_at <= judged.started_at):
        return None
    return stored.started_at


def _sessions(history: ParkHistory, day: date, now: datetime) -> list[Session] | None:
    """Those that touch the day; None: one may still change, so it is no day to be judged a last time."""
    found = [one for one in history.sessions_at(now) if touches(one, day, history.zone)]
    return found if all(one.is_settled for one in found) else None


def _began_on(session: Session, day: date, history: ParkHistory) -> bool:
    start, end = day_range(day, history.zone)
    return start <= session.started_at < end


def _called(history: ParkHistory, found: list[Session], past: _Past, now: datetime) -> CalledSessions:
    judged = history.judge(found, now)
    if not judged:
        return CalledSessions([], [])
    before = past.before(judged[0].session.started_at)
    return called_sessions(judged, history.believed, before, history.zone, history.observed_since)


def _day_again(
    connection: Connection, history: ParkHistory, judged: JudgedDay, source: ArchivedDay
) -> DayAgain | None:
    """None: the stored day was heard and this one was not; it is never overwritten by an emptier one."""
    row, park_id = judged.row, history.park_id
    stored = parks_on(connection, row.day, [park_id]).get(park_id)
    if stored is not None and stored.days_with_data > row.park.days_with_data:
        return None
    before = measures_on(connection, park_id, row.day)
    _keep_waits(row, before)
    gone = row.rides.keys() - rides_of(connection, park_id, also=row.rides).keys()
    row.closures = [one for one in row.closures if one.ride_id not in gone]
    after = {ride_id: ride.parts for ride_id, ride in row.rides.items() if ride_id not in gone}
    is_park_changed = stored is None or any(
        getattr(stored, name) != getattr(row.park, name) for name in _OF_PARK
    )
    slim = replace(history, runs={}, park_runs=[], doubts=[], voided=[], cycles=[])
    is_changed = after != before or is_park_changed
    return DayAgain(judged, slim, before, gone, is_changed, source.timezone, mark_of(source))


_OF_PARK = [name for name in PARK_MEASURE_NAMES if name not in HOW_JUDGED]


def mark_of(day: ArchivedDay) -> int:
    return zlib.crc32(lines_of(day).encode())


def _keep_waits(row: ParkDay, stored: Mapping[int, Measures]) -> None:
    nothing = Measures()
    for ride_id, ride in row.rides.items():
        known = stored.get(ride_id, nothing)
        ride.parts.wait_sum, ride.parts.wait_count = known.wait_sum, known.wait_count
        ride.parts.wait_min, ride.parts.wait_max = known.wait_min, known.wait_max

"""One local day of a park as a picture: its sessions, and each ride's stretches in them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from park_downtime.database.parks import ParkRow
from park_downtime.database.runs import first_day_with_runs
from park_downtime.judging.call_edges import with_stored_calls
from park_downtime.judging.moment import AsOf
from park_downtime.judging.park_history import load
from park_downtime.model import StretchKind
from park_downtime.periods import DAY, day_range
from park_downtime.statistics.days import ParkDay
from park_downtime.timeline.closures import Stretch
from park_downtime.timeline.judge import JudgedSession
from park_downtime.timeline.sessions import Session
from park_downtime.timeline.spans import Span, within


class DayNotKept(LookupError):
    """The day's runs are gone or not there yet; `first` is the first day that can be drawn."""

    def __init__(self, day: date, first: date | None) -> None:
        known = f"days are kept from {first} on" if first else "nothing has been recorded yet"
        super().__init__(f"there is no timeline of {day}: {known}")
        self.first = first


@dataclass(frozen=True, slots=True)
class DrawnStretch:
    stretch: Stretch
    is_park_wide: bool


@dataclass(frozen=True, slots=True)
class DayTimeline:
    """Stretches are cut at the day's midnights; park-wide spans mark all rides.

    `figures` is the same day as statistics, of the same judgement.
    """

    day: date
    span: Span
    sessions: tuple[Session, ...]
    park_wide: tuple[Span, ...]
    rides: dict[int, tuple[DrawnStretch, ...]]
    figures: ParkDay


def day_timeline(connection: Connection, park: ParkRow, day: date, as_of: AsOf) -> DayTimeline:
    """Raises DayNotKept for a day without kept runs, and for one that has not begun."""
    first = first_day_with_runs(connection, park.park_id)
    if as_of.instant is None or first is None or day < first or day > as_of.today(park):
        raise DayNotKept(day, first)
    start, end = day_range(day, park.zone)
    history = load(connection, park, day, day + 2 * DAY)
    found = [session for session in history.sessions_at(as_of.instant) if within([session.span], start, end)]
    judged = with_stored_calls(connection, park.park_id, day, history.judge(found, as_of.instant))
    alive = [
        life.ride_id
        for life in history.lives.values()
        if life.first_seen < end and (life.inactive_since is None or life.inactive_since > start)
    ]
    return DayTimeline(
        day=day,
        span=(start, min(end, as_of.instant)),
        sessions=tuple(found),
        park_wide=tuple(cut for each in judged for cut in within(each.park_wide, start, end)),
        rides={ride_id: tuple(_drawn(judged, ride_id, start, end)) for ride_id in alive},
        figures=history.days([day], judged)[0],
    )


def _drawn(judged: list[JudgedSession], ride_id: int, start: datetime, end: datetime) -> list[DrawnStretch]:
    drawn = []
    for each in judged:
        ride, marked = each.rides.get(ride_id), each.park_wide_outages(ride_id)
        for stretch in ride.stretches if ride is not None else ():
            for begin, finish in within([(stretch.start, stretch.end)], start, end):
                is_marked = stretch.kind is StretchKind.OUTAGE and any(
                    outage.started_at <= stretch.start < outage.ended_at for outage in marked
                )
                drawn.append(DrawnStretch(Stretch(stretch.kind, begin, finish), is_marked))
    return drawn

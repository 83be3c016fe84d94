"""The moment that everything said of "now" and "today" is evaluated at: the last landed cycle's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from park_downtime.database.cycles import latest_cycle
from park_downtime.database.first_days import first_daily_date, first_kept_days
from park_downtime.database.park_memory import zone_of
from park_downtime.database.parks import ParkRow, all_parks
from park_downtime.periods import local_date
from park_downtime.timeline.runs import hold_limit


@dataclass(frozen=True, slots=True)
class Moment:
    """`at` is None before the first cycle. `is_past`: asked for, not the newest there is."""

    at: datetime | None
    interval_seconds: int
    parks: dict[int, ParkRow]
    is_past: bool = False

    def today(self, park: ParkRow) -> date:
        """The park's local date at the moment."""
        if self.at is None:
            raise ValueError("there is no today before the first cycle")
        return local_date(self.at, zone_of(park))

    def is_stale(self, now: datetime) -> bool:
        """Whether every status has become unknown by `now`; an earlier moment that was asked for is not."""
        if self.at is None or self.is_past:
            return False
        return now - self.at > hold_limit(self.interval_seconds)


def moment(connection: Connection, as_of: datetime | None = None) -> Moment:
    """The last landed cycle, or the last one not after `as_of`, with the parks that are tracked.

    A moment that lies before the cycles that are kept stands for itself, once a whole day lies behind it.
    """
    cycle = latest_cycle(connection, not_after=as_of)
    parks = {park_id: park for park_id, park in all_parks(connection).items() if park.is_tracked}
    if cycle is not None:
        return Moment(cycle.recorded_at, cycle.interval_seconds, parks, as_of is not None)
    if as_of is not None and _has_whole_days(connection, as_of, parks):
        return Moment(as_of, 0, parks, True)
    return Moment(None, 0, parks, as_of is not None)


def judged_from(connection: Connection, at: Moment) -> date | None:
    """The first day whose runs are kept, where the moment lies before it: only whole days are known then."""
    if at.at is None or not at.is_past:
        return None
    kept = {park_id: day for park_id, day in first_kept_days(connection).items() if park_id in at.parks}
    is_judged = any(day <= at.today(at.parks[park_id]) for park_id, day in kept.items())
    return None if is_judged else min(kept.values(), default=None)


def _has_whole_days(connection: Connection, as_of: datetime, parks: dict[int, ParkRow]) -> bool:
    first = first_daily_date(connection)
    return first is not None and any(first < local_date(as_of, zone_of(park)) for park in parks.values())

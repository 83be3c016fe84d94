"""The moment that everything said of "now" and "today" is evaluated at: the last landed cycle's."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from park_downtime.database.cycles import latest_cycle
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
    """The last landed cycle, or the last one not after `as_of`, with the parks that are tracked."""
    cycle = latest_cycle(connection, not_after=as_of)
    parks = {park_id: park for park_id, park in all_parks(connection).items() if park.is_tracked}
    if cycle is None:
        return Moment(None, 0, parks, as_of is not None)
    return Moment(cycle.recorded_at, cycle.interval_seconds, parks, as_of is not None)

"""The moment that everything said of "now" and "today" is evaluated at: the last landed cycle's."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from park_downtime.database.cycles import latest_cycle
from park_downtime.database.parks import ParkRow, all_parks
from park_downtime.periods import local_date
from park_downtime.timeline.runs import is_stale


@dataclass(frozen=True, slots=True)
class AsOf:
    """`instant` is None before the first cycle."""

    instant: datetime | None
    interval_seconds: int
    parks: dict[int, ParkRow]

    def today(self, park: ParkRow) -> date:
        """The park's local date at the moment."""
        if self.instant is None:
            raise ValueError("there is no today before the first cycle")
        return local_date(self.instant, park.zone)

    def today_of(self, park_ids: Iterable[int]) -> dict[int, date]:
        """The local date of each of the parks; empty before the first cycle."""
        if self.instant is None:
            return {}
        return {park_id: self.today(self.parks[park_id]) for park_id in park_ids}

    def is_stale(self, now: datetime) -> bool:
        """Whether every status has become unknown by `now`."""
        return self.instant is not None and is_stale(self.instant, now, self.interval_seconds)


def moment(connection: Connection) -> AsOf:
    """The last landed cycle, with the parks that are tracked."""
    cycle = latest_cycle(connection)
    parks = {park_id: park for park_id, park in all_parks(connection).items() if park.is_tracked}
    if cycle is None:
        return AsOf(None, 0, parks)
    return AsOf(cycle.recorded_at, cycle.interval_seconds, parks)

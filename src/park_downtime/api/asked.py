"""What a resource works with: one state of the data, the parameters, and figures that answers share."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection

from park_downtime.api.edition import Edition
from park_downtime.api.errors import ResourceNotFound
from park_downtime.api.service import Service
from park_downtime.classification.park_facts import is_disney_universal
from park_downtime.database.activity import ActivityRow, activity_at
from park_downtime.database.moment import Moment
from park_downtime.database.parks import ParkRow, groups
from park_downtime.database.rankings import ParkFigures, RideFigures, park_figures, ride_figures
from park_downtime.model import Period

Value = TypeVar("Value")

ROW_BYTES = 3000
"""Roughly what one park's or ride's figures take in memory."""


@dataclass(frozen=True, slots=True)
class Single:
    """The answer of an endpoint that speaks of one thing. `beside`: what it says outside `data`."""

    data: Mapping[str, Any]
    beside: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Asked:
    """`at` is the moment that everything is evaluated at, `values` the parameters by name."""

    connection: Connection
    at: Moment
    edition: Edition
    values: Mapping[str, Any]
    service: Service

    @property
    def now(self) -> datetime:
        return self.service.now()

    @property
    def is_stale(self) -> bool:
        return self.at.is_stale(self.now)

    @property
    def period(self) -> Period:
        return Period(self.values["period"])

    @property
    def with_park_wide(self) -> bool:
        return bool(self.values.get("park_wide", "include") == "include")

    def park(self, park_id: int) -> ParkRow:
        """Raises ResourceNotFound for a park that is not tracked."""
        found = self.at.parks.get(park_id)
        if found is None:
            raise ResourceNotFound(f"Park {park_id} is not tracked", "park", park_id)
        return found

    def wanted_parks(self) -> set[int]:
        """The parks that `park_id` and `filter` leave."""
        park_id = self.values.get("park_id")
        if park_id is not None:
            self.park(park_id)
        wanted = set(self.at.parks) if park_id is None else {park_id}
        if self.values.get("filter") == "disney-universal":
            wanted &= self.disney_universal()
        return wanted

    def disney_universal(self) -> set[int]:
        names = self.group_names()
        return {
            park_id
            for park_id, park in self.at.parks.items()
            if is_disney_universal(park.operator, names.get(park_id))
        }

    def group_names(self) -> dict[int, str]:
        """The feed's group of each park that has one."""
        known = groups(self.connection)
        return {
            park_id: known[park.group_id]
            for park_id, park in self.at.parks.items()
            if park.group_id is not None and park.group_id in known
        }

    def activity(self) -> dict[int, ActivityRow]:
        """What each park adds up to now; parks of which nothing holds are missing."""
        if self.at.at is None:
            return {}
        until = self.now if self.is_stale else self.at.at
        return self._shared("activity", lambda: activity_at(self.connection, until), len)

    def running(self) -> dict[int, bool | None]:
        return {park_id: row.is_running for park_id, row in self.activity().items()}

    def all_parks(self, period: Period, park_wide: bool = True) -> list[ParkFigures]:
        """Every tracked park; the same figures stand behind every answer that has them."""
        return self._shared(
            ("parks", period, park_wide),
            lambda: park_figures(
                self.connection, self.at, period, self.now, park_wide=park_wide, running=self.running()
            ),
            lambda rows: sum(len(row.rides) for row in rows),
        )

    def all_rides(self, period: Period, park_wide: bool = True) -> list[RideFigures]:
        """Every counted ride of every tracked park."""
        if not park_wide:
            return [without_park_wide(row) for row in self.all_rides(period)]
        return self._shared(
            ("rides", period), lambda: ride_figures(self.connection, self.at, period, self.now), len
        )

    def rides_of(self, park_ids: Iterable[int], period: Period, park_wide: bool = True) -> list[RideFigures]:
        """Counted rides of some parks; asked for alone where it is one park."""
        wanted = set(park_ids)
        if len(wanted) == 1:
            return ride_figures(self.connection, self.at, period, self.now, wanted, park_wide)
        return [row for row in self.all_rides(period, park_wide) if row.entry.park_id in wanted]

    def _shared(self, key: Any, compute: Callable[[], Value], rows: Callable[[Value], int]) -> Value:
        return self.service.answers.get(
            self.edition, ("figures", key), compute, lambda value: ROW_BYTES * rows(value)
        )


def without_park_wide(row: RideFigures) -> RideFigures:
    return replace(
        row,
        current=row.current.without_park_wide(),
        previous=row.previous.without_park_wide(),
        seven=row.seven.without_park_wide(),
    )

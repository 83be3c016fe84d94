"""What a resource works with: one state of the data, the parameters, and figures that answers share."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any, TypeVar

from sqlalchemy import Connection

from park_downtime.api.app_context import AppContext
from park_downtime.api.caching.data_version import DataVersion
from park_downtime.api.middleware.errors import ResourceNotFound
from park_downtime.classification.park_facts import is_disney_universal
from park_downtime.database.parks import ParkRow, groups
from park_downtime.database.rank_intervals import Intervals
from park_downtime.database.ride_status import ActivityRow, StatusRow
from park_downtime.database.rides import Entry, entries
from park_downtime.judging.moment import AsOf
from park_downtime.model import Period, RankedKind
from park_downtime.reports.live import park_activity, ride_statuses
from park_downtime.reports.period_sums import figures
from park_downtime.reports.rank_intervals import rank_intervals
from park_downtime.reports.rankings import (
    ParkFigures,
    RankingInput,
    RideFigures,
    load,
    park_figures_of,
    ride_figures_of,
)

Value = TypeVar("Value")

ROW_BYTES = 500
"""Roughly what one ride's parts, status or entry take in memory."""


@dataclass(frozen=True, slots=True)
class Single:
    """The answer of an endpoint that speaks of one thing. `beside`: what it says outside `data`."""

    data: Mapping[str, Any]
    beside: Mapping[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class RequestContext:
    """`as_of` is the moment that everything is evaluated at, `values` the parameters by name."""

    connection: Connection
    as_of: AsOf
    data_version: DataVersion
    values: Mapping[str, Any]
    service: AppContext

    @property
    def now(self) -> datetime:
        return self.service.now()

    @property
    def is_stale(self) -> bool:
        return self.as_of.is_stale(self.now)

    @property
    def period(self) -> Period:
        return Period(self.values["period"])

    @property
    def with_park_wide(self) -> bool:
        return bool(self.values.get("park_wide", "include") == "include")

    def park(self, park_id: int) -> ParkRow:
        """Raises ResourceNotFound for a park that is not tracked."""
        found = self.as_of.parks.get(park_id)
        if found is None:
            raise ResourceNotFound(f"Park {park_id} is not tracked", "park", park_id)
        return found

    def wanted_parks(self) -> set[int]:
        """The parks that `park_id` and `filter` leave."""
        park_id = self.values.get("park_id")
        if park_id is not None:
            self.park(park_id)
        wanted = set(self.as_of.parks) if park_id is None else {park_id}
        if self.values.get("filter") == "disney-universal":
            wanted &= self.disney_universal()
        return wanted

    def disney_universal(self) -> set[int]:
        names = self.group_names()
        return {
            park_id
            for park_id, park in self.as_of.parks.items()
            if is_disney_universal(park.operator, names.get(park_id))
        }

    def group_names(self) -> dict[int, str]:
        """The feed's group of each park that has one."""
        known = groups(self.connection)
        return {
            park_id: known[park.group_id]
            for park_id, park in self.as_of.parks.items()
            if park.group_id is not None and park.group_id in known
        }

    def activity(self) -> dict[int, ActivityRow]:
        """What each park adds up to now; parks of which nothing holds are missing."""
        return self._shared("activity", lambda: park_activity(self.connection, self.as_of, self.now), len)

    def running(self) -> dict[int, bool | None]:
        """Which park runs, where that is known."""
        return {park_id: row.is_open for park_id, row in self.activity().items()}

    def loaded(self, period: Period, park_ids: Collection[int] | None = None) -> RankingInput:
        """What rankings are made of, of every tracked park or of the few that are asked for."""
        if park_ids is not None and len(park_ids) == 1:
            return load(self.connection, self.as_of, period, self.now, park_ids)
        return RankingInput(
            self._shared(
                ("figures", period),
                lambda: figures(
                    self.connection, self.as_of, period, totals_in_memory=self.service.totals_in_memory
                ),
                lambda found: 3 * len(found.current),
            ),
            self.statuses(),
            self.entries(),
        )

    def entries(self) -> dict[int, Entry]:
        """Every entry of the tracked parks, by ride id."""
        return self._shared("entries", lambda: entries(self.connection), len)

    def statuses(self) -> dict[int, StatusRow]:
        """What every ride is now."""
        return self._shared(
            "status", lambda: ride_statuses(self.connection, self.as_of, self.now, self.entries()), len
        )

    def parks_of(
        self, park_ids: Collection[int], period: Period, park_wide: bool = True
    ) -> list[ParkFigures]:
        """Some parks; the same figures stand behind every answer that has them."""
        if len(park_ids) == 1:
            loaded = self.loaded(period, park_ids)
            return park_figures_of(loaded, self.as_of, park_ids, park_wide, self.running())
        every = self._shared(
            ("parks", period, park_wide),
            lambda: park_figures_of(
                self.loaded(period), self.as_of, sorted(self.as_of.parks), park_wide, self.running()
            ),
            lambda rows: sum(len(row.rides) for row in rows) // 5,
        )
        return [row for row in every if row.park.park_id in park_ids]

    def rides_of(
        self, park_ids: Collection[int], period: Period, park_wide: bool = True
    ) -> list[RideFigures]:
        """The counted rides of some parks."""
        rows = ride_figures_of(self.loaded(period, park_ids), park_wide)
        return [row for row in rows if row.entry.park_id in park_ids]

    def rank_intervals(self, kind: RankedKind) -> Intervals:
        """How sure ranks are: known of the plain ranking of everything alone."""
        asked = self.values
        is_plain = self.with_park_wide and asked.get("filter") == "all-parks" and not asked.get("weighted")
        if not is_plain or asked.get("park_id") is not None:
            return {}
        memory = self.service.intervals_in_memory
        return rank_intervals(self.connection, self.as_of, self.period, kind, memory)

    def days_with_data(self, park_ids: Collection[int], period: Period) -> int:
        """The local days of the period that have data, in the park that has most."""
        observed = self.loaded(period, park_ids).figures.parks_current
        return max((observed[i].days_with_data for i in park_ids if i in observed), default=0)

    def _shared(self, key: Any, compute: Callable[[], Value], rows: Callable[[Value], int]) -> Value:
        return self.service.answers.get(
            self.data_version, ("figures", key), compute, lambda value: ROW_BYTES * rows(value)
        )

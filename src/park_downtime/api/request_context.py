"""What a resource works with: one state of the data, the parameters, and what of both is asked for most."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from functools import cached_property
from typing import Any

from sqlalchemy import Connection

from park_downtime.api.app_context import AppContext
from park_downtime.api.caching.data_version import DataVersion
from park_downtime.api.middleware.errors import InvalidParameter, ResourceNotFound
from park_downtime.classification.park_facts import is_disney_universal
from park_downtime.database.parks import ParkRow, groups
from park_downtime.database.rank_intervals import Intervals
from park_downtime.database.ride_history import RideIdentity, ride_identity
from park_downtime.database.ride_status import ActivityRow
from park_downtime.judging.moment import AsOf
from park_downtime.model import RankedKind
from park_downtime.named_periods import FORMS, SEVEN_DAYS, THIRTY_DAYS, Period, PeriodKind, period_named
from park_downtime.periods import DateRange
from park_downtime.reports.live import park_activity
from park_downtime.reports.period_facts import NothingInPeriod, PeriodFacts, period_facts
from park_downtime.reports.period_sums import PeriodSums
from park_downtime.reports.rank_intervals import rank_intervals
from park_downtime.reports.rankings import OPERATION, CountedRides


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

    @cached_property
    def period(self) -> Period:
        """Raises InvalidParameter where days that no row adds up are asked of everything."""
        found = period_named(self.values["period"])
        if any(self.values.get(name) is not None for name in ("park_id", "ride_id")):
            return found
        if found.kind is PeriodKind.RANGE:
            raise InvalidParameter("period", found.name, "can be a range of one park or ride only", [*FORMS])
        if self.is_year_before and found in (SEVEN_DAYS, THIRTY_DAYS):
            only = f"with {found} can be year-before of one park or ride only"
            raise InvalidParameter("compare", "year-before", only, ["previous"])
        return found

    @property
    def is_year_before(self) -> bool:
        return bool(self.values.get("compare") == "year-before")

    def dates_in(self, park: ParkRow) -> DateRange:
        """The local days that the period has there; not before the first cycle."""
        return self.period.dates(self.as_of.today(park))

    def facts_of_period(self, sums: PeriodSums) -> PeriodFacts:
        """Raises ResourceNotFound for a period by name without any data."""
        try:
            return period_facts(sums)
        except NothingInPeriod as nothing:
            raise nothing_known(nothing) from nothing

    @property
    def with_park_wide(self) -> bool:
        return bool(self.values.get("park_wide", "include") == "include")

    def park(self, park_id: int) -> ParkRow:
        """Raises ResourceNotFound for a park that is not tracked."""
        found = self.as_of.parks.get(park_id)
        if found is None:
            raise ResourceNotFound(f"Park {park_id} is not tracked", "park", park_id)
        return found

    def ride(self, ride_id: int) -> RideIdentity:
        """Raises ResourceNotFound."""
        ride = ride_identity(self.connection, ride_id)
        if ride is None or ride.park_id not in self.as_of.parks:
            raise ResourceNotFound(f"Ride {ride_id} is not tracked", "ride", ride_id)
        return ride

    def park_and_ride(self) -> tuple[ParkRow, int | None]:
        """The park that the address names, or the ride and its park. Raises ResourceNotFound."""
        ride_id = self.values.get("ride_id")
        if ride_id is None:
            return self.park(self.values["park_id"]), None
        return self.as_of.parks[self.ride(ride_id).park_id], ride_id

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

    @cached_property
    def activity(self) -> dict[int, ActivityRow]:
        """What each park adds up to now; parks of which nothing holds are missing."""
        return park_activity(self.connection, self.as_of, self.now)

    def running(self) -> dict[int, bool | None]:
        """Which park runs, where that is known."""
        return {park_id: row.is_open for park_id, row in self.activity.items()}

    def rides(
        self,
        park_ids: Collection[int],
        period: Period,
        reads: Collection[str] = OPERATION,
        park_wide: bool = True,
    ) -> CountedRides:
        """The counted rides of some parks and their figures; `reads`: the measures that all are read of."""
        year_before = self.is_year_before and period == self.period
        return CountedRides(
            self.connection, self.as_of, period, self.now, park_ids, reads, park_wide, year_before
        )

    def park_rank_intervals(self) -> Intervals:
        """How sure the ranks of parks are: known of the plain ranking of everything alone."""
        if not self._is_plain:
            return {}
        return rank_intervals(self.connection, self.as_of, self.period, RankedKind.PARK)

    def ride_rank_intervals(self, rides: CountedRides, ride_ids: Collection[int] | None = None) -> Intervals:
        """The same of rides; `ride_ids`: of these only."""
        return rides.rank_intervals(ride_ids) if self._is_plain else {}

    @property
    def _is_plain(self) -> bool:
        asked = self.values
        is_of_all = asked.get("filter") == "all-parks" and asked.get("park_id") is None
        return is_of_all and self.with_park_wide and not asked.get("weighted")


def nothing_known(nothing: NothingInPeriod) -> ResourceNotFound:
    """The same for whoever asked."""
    known = nothing.known
    return ResourceNotFound(
        str(nothing),
        "period",
        nothing.period or "",
        first_date=None if known is None else known.first.isoformat(),
        last_date=None if known is None else known.last.isoformat(),
    )

"""What a period adds up to, per ride and per park: kept sums of whole days, and today's row beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, reduce

from sqlalchemy import Connection

from park_downtime.database.daily import parks_on, rides_on
from park_downtime.database.totals import (
    is_summed,
    kept_of_parks,
    kept_of_rides,
    last_dates,
    park_sums,
    ride_sums,
)
from park_downtime.judging.moment import AsOf
from park_downtime.model import Days, Period, PeriodTotal
from park_downtime.periods import previous_dates
from park_downtime.reports.ready_rides import are_ready, ready_parks, ready_sums
from park_downtime.statistics.columns import Columns, none_of
from park_downtime.statistics.measures import MEASURE_NAMES, ParkMeasures

TOTALS = {
    Period.SEVEN_DAYS: (PeriodTotal.CURRENT_7, PeriodTotal.PREVIOUS_7),
    Period.THIRTY_DAYS: (PeriodTotal.CURRENT_30, PeriodTotal.PREVIOUS_30),
}


@dataclass(frozen=True)
class PeriodSums:
    """The sums of some parks in a period. Each question reads only the measures that are named in it."""

    connection: Connection
    as_of: AsOf
    period: Period
    park_ids: Collection[int]
    _of_parks: dict[Days, dict[int, ParkMeasures]] = field(default_factory=dict)
    """Read already."""

    @cached_property
    def is_ready(self) -> bool:
        """Whether columns of exactly these parks, which are all, and of their days are kept."""
        are_all = 0 < len(self.as_of.parks) == len(self.park_ids)
        return are_all and are_ready(self.connection, self._today)

    def rides(
        self,
        days: Days,
        names: Collection[str] = MEASURE_NAMES,
        ride_ids: Collection[int] | None = None,
    ) -> Columns:
        """Of every ride that has a row on any of the days; `ride_ids`: of these only."""
        if self.is_ready:
            ready = ready_sums(self.connection, self.period, days, names, ride_ids)
            if ready is not None:
                return ready
        return self.rides_of_tables(days, names, ride_ids)

    def rides_of_tables(
        self, days: Days, names: Collection[str], ride_ids: Collection[int] | None = None
    ) -> Columns:
        """The same, whatever is ready."""
        found = list(self._ride_parts(days, names, ride_ids))
        return reduce(Columns.plus, found) if found else none_of(names)

    def parks(self, days: Days) -> Mapping[int, ParkMeasures]:
        """How the parks were observed; missing: parks that have nothing."""
        if days not in self._of_parks:
            ready = ready_parks(self.connection, self.period, days) if self.is_ready else None
            self._of_parks[days] = self.parks_of_tables(days) if ready is None else ready
        return self._of_parks[days]

    def parks_of_tables(self, days: Days) -> dict[int, ParkMeasures]:
        """The same, whatever is ready."""
        found: dict[int, ParkMeasures] = {}
        for part in self._park_parts(days):
            for park_id, of_park in part.items():
                found.setdefault(park_id, ParkMeasures()).add(of_park)
        return found

    def _ride_parts(
        self, days: Days, names: Collection[str], ride_ids: Collection[int] | None
    ) -> Iterator[Columns]:
        for day, park_ids in self._single_days(days):
            yield rides_on(self.connection, day, park_ids, names, ride_ids)
        total = self._total(days)
        if total is None:
            return
        if self._summed:
            is_any_park = not self._behind and (
                ride_ids is not None or self._today.keys() == self.as_of.parks.keys()
            )
            parks = None if is_any_park else self._summed  # rides are found by their key alone
            yield kept_of_rides(self.connection, total, parks, names, ride_ids)
        for park_id, today in self._behind.items():
            found = ride_sums(self.connection, park_id, total, today, names)
            yield found if ride_ids is None else found.only(ride_ids)

    def _park_parts(self, days: Days) -> Iterator[Mapping[int, ParkMeasures]]:
        for day, park_ids in self._single_days(days):
            yield parks_on(self.connection, day, park_ids)
        total = self._total(days)
        if total is None:
            return
        if self._summed:
            yield kept_of_parks(self.connection, total, self._summed)
        for park_id, today in self._behind.items():
            yield {park_id: park_sums(self.connection, park_id, total, today)[1]}

    def _single_days(self, days: Days) -> Iterator[tuple[date, list[int]]]:
        """Local days whose own rows count, and the parks in which it is that day."""
        is_before = days is Days.PREVIOUS
        if days is Days.SEVEN or (is_before and self.period is not Period.TODAY):
            return
        by_day: defaultdict[date, list[int]] = defaultdict(list)
        for park_id, today in self._today.items():
            by_day[previous_dates(self.period, today).first if is_before else today].append(park_id)
        yield from by_day.items()

    def _total(self, days: Days) -> PeriodTotal | None:
        """The kept sums that count."""
        if days is Days.SEVEN:
            return PeriodTotal.SEVEN_DAYS
        if self.period is Period.TODAY:
            return None
        current, previous = TOTALS[self.period]
        return current if days is Days.CURRENT else previous

    @cached_property
    def _today(self) -> dict[int, date]:
        if self.as_of.instant is None:
            return {}
        parks = self.as_of.parks
        return {park_id: self.as_of.today(parks[park_id]) for park_id in self.park_ids}

    @cached_property
    def _behind(self) -> dict[int, date]:
        """Parks whose kept sums are of another date: nothing was heard of them since midnight. Their days are
        summed on the spot.
        """
        last = last_dates(self.connection, self.park_ids)
        return {i: today for i, today in self._today.items() if not is_summed(last.get(i), today)}

    @cached_property
    def _summed(self) -> list[int]:
        return sorted(self._today.keys() - self._behind.keys())

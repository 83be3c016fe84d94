"""What a period adds up to, per ride and per park, out of wherever its days stand."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property, reduce
from typing import assert_never

from sqlalchemy import Connection

from park_downtime.database.daily import parks_on, parks_with_days, rides_on
from park_downtime.database.rolled_up import counted_until, rolled_of_parks, rolled_of_rides
from park_downtime.database.totals import (
    is_summed,
    kept_of_parks,
    kept_of_rides,
    last_dates,
    observed_on,
    ride_sums,
)
from park_downtime.judging.moment import AsOf
from park_downtime.model import Days
from park_downtime.named_periods import ROLLING, TODAY, WHOLE, Period
from park_downtime.periods import DateRange
from park_downtime.reports.period_sources import (
    KeptSum,
    OfToday,
    OneDay,
    ParkDates,
    SeveralDays,
    Source,
    WholePeriod,
    dates_of,
    kept_sum,
    parks_by_source,
    sources_of,
)
from park_downtime.reports.ready_rides import are_ready, ready_parks, ready_rolled, ready_sums
from park_downtime.statistics.columns import Columns, none_of
from park_downtime.statistics.measures import MEASURE_NAMES, ParkMeasures


@dataclass(frozen=True)
class PeriodSums:
    """The sums of some parks in a period. Each question reads only the measures that are named in it.

    `year_before`: the period before it is the same one a year earlier.
    """

    connection: Connection
    as_of: AsOf
    period: Period
    park_ids: Collection[int]
    year_before: bool = False
    _of_parks: dict[Days, dict[int, ParkMeasures]] = field(default_factory=dict)
    """Read already."""
    _known_sources: dict[Days, Mapping[Source, list[int]]] = field(default_factory=dict)

    @cached_property
    def is_ready(self) -> bool:
        """Whether columns of exactly these parks, which are all, and of their days are kept."""
        are_all = 0 < len(self.as_of.parks) == len(self.park_ids)
        return are_all and are_ready(self.connection, self.today)

    def rides(
        self,
        days: Days,
        names: Collection[str] = MEASURE_NAMES,
        ride_ids: Collection[int] | None = None,
    ) -> Columns:
        """Of every ride that has a row on any of the days; `ride_ids`: of these only."""
        if self._may_be_ready(days):
            ready = ready_sums(self.connection, self.period, days, names, ride_ids)
            if ready is not None:
                return ready
        found = list(self._ride_parts(days, names, ride_ids))
        return reduce(Columns.plus, found) if found else none_of(names)

    def parks(self, days: Days) -> Mapping[int, ParkMeasures]:
        """How the parks were observed; missing: parks that have nothing."""
        if days not in self._of_parks:
            is_kept = self._may_be_ready(days)
            ready = ready_parks(self.connection, self.period, days) if is_kept else None
            self._of_parks[days] = self._added_up(days) if ready is None else ready
        return self._of_parks[days]

    def _added_up(self, days: Days) -> dict[int, ParkMeasures]:
        found: dict[int, ParkMeasures] = {}
        for part in self._park_parts(days):
            for park_id, of_park in part.items():
                found.setdefault(park_id, ParkMeasures()).add(of_park)
        return found

    def _may_be_ready(self, days: Days) -> bool:
        is_another = self.year_before and days is Days.PREVIOUS
        is_kept = days is Days.SEVEN or (self.period in ROLLING and not is_another)
        return is_kept and self.is_ready

    def _ride_parts(
        self, days: Days, names: Collection[str], ride_ids: Collection[int] | None
    ) -> Iterator[Columns]:
        for source, park_ids in self._sources(days).items():
            match source:
                case OneDay(day):
                    yield rides_on(self.connection, day, park_ids, names, ride_ids)
                case OfToday(which):
                    is_ready = self._are_all(park_ids) and self.is_ready
                    ready = ready_sums(self.connection, TODAY, which, names, ride_ids) if is_ready else None
                    if ready is not None:
                        yield ready
                        continue
                    for day, of_day in self._by_day(source, park_ids).items():
                        yield rides_on(self.connection, day, of_day, names, ride_ids)
                case KeptSum(total):
                    parks = self._unless_any(park_ids, ride_ids)
                    yield kept_of_rides(self.connection, total, parks, names, ride_ids)
                case WholePeriod(kind, first):
                    parks = self._unless_any(park_ids, ride_ids)
                    are_all = len(self.today) == len(self.as_of.parks)
                    ready = ready_rolled(self.connection, kind, first, names, ride_ids) if are_all else None
                    yield (
                        rolled_of_rides(self.connection, kind, first, parks, names, ride_ids)
                        if ready is None
                        else ready
                    )
                case SeveralDays(dates):
                    for park_id in park_ids:
                        found = ride_sums(self.connection, park_id, dates, names)
                        yield found if ride_ids is None else found.only(ride_ids)
                case _:
                    assert_never(source)

    def _park_parts(self, days: Days) -> Iterator[Mapping[int, ParkMeasures]]:
        for source, park_ids in self._sources(days).items():
            match source:
                case OneDay(day):
                    yield parks_on(self.connection, day, park_ids)
                case OfToday(which):
                    is_ready = self._are_all(park_ids) and self.is_ready
                    ready = ready_parks(self.connection, TODAY, which) if is_ready else None
                    if ready is not None:
                        yield ready
                        continue
                    for day, of_day in self._by_day(source, park_ids).items():
                        yield parks_on(self.connection, day, of_day)
                case KeptSum(total):
                    yield kept_of_parks(self.connection, total, park_ids)
                case WholePeriod(kind, first):
                    yield rolled_of_parks(self.connection, kind, first, park_ids)
                case SeveralDays(dates):
                    yield observed_on(self.connection, park_ids, dates)
                case _:
                    assert_never(source)

    def _are_all(self, park_ids: Collection[int]) -> bool:
        """Of those that are asked."""
        return len(park_ids) == len(self.today)

    def _unless_any(
        self, park_ids: Collection[int], ride_ids: Collection[int] | None
    ) -> Collection[int] | None:
        """None where rides are found by their key alone: no other park has rows that would have to be kept
        apart.
        """
        are_tracked = len(self.today) == len(self.as_of.parks)
        return None if self._are_all(park_ids) and (are_tracked or ride_ids is not None) else park_ids

    def _by_day(self, source: OfToday, park_ids: Collection[int]) -> Mapping[date, list[int]]:
        found: dict[date, list[int]] = {}
        for park_id in park_ids:
            found.setdefault(source.day(self.today[park_id]), []).append(park_id)
        return found

    def _sources(self, days: Days) -> Mapping[Source, list[int]]:
        if days not in self._known_sources:
            counted = self._counted_until(days)
            silent = self._silent(days, counted)
            is_kept = kept_sum(self.period, days, self.year_before) is not None
            last = last_dates(self.connection, self.park_ids) if is_kept else {}
            sources = {}
            for park_id, today in self.today.items():
                if park_id in silent:
                    continue
                dates = ParkDates(today, is_summed(last.get(park_id), today), counted.get(park_id))
                sources[park_id] = sources_of(self.period, days, dates, self.year_before)
            self._known_sources[days] = parks_by_source(sources)
        return self._known_sources[days]

    def _counted_until(self, days: Days) -> Mapping[int, date]:
        """The last day that the row of the week, month or year counts, of each park that has one."""
        dates = self._whole(days)
        return (
            {} if dates is None else counted_until(self.connection, self.period.kind, dates.first, self.today)
        )

    def _silent(self, days: Days, counted: Mapping[int, date]) -> set[int]:
        """Parks of which the week, month or year has no day: they need not be asked one by one."""
        dates = self._whole(days)
        uncounted = self.today.keys() - counted.keys()
        if dates is None or not uncounted:
            return set()
        return uncounted - parks_with_days(self.connection, uncounted, dates)

    def _whole(self, days: Days) -> DateRange | None:
        """The dates of the week, month or year, which are the same ones everywhere."""
        if self.period.kind not in WHOLE or days is Days.SEVEN or not self.today:
            return None
        return dates_of(self.period, days, next(iter(self.today.values())), self.year_before)

    @cached_property
    def today(self) -> dict[int, date]:
        """Each park's; empty before the first cycle."""
        return self.as_of.today_of(self.park_ids)

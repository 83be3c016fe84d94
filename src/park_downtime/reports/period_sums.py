"""What a period adds up to, per ride and per park: kept sums of whole days, and today's row beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection

from park_downtime.database.daily import parks_on, rides_on
from park_downtime.database.totals import (
    ParkTotals,
    RideTotals,
    TotalsInMemory,
    last_dates,
    park_sums,
    read_totals,
    ride_sums,
)
from park_downtime.judging.moment import AsOf
from park_downtime.model import Period, PeriodTotal
from park_downtime.periods import previous_dates, whole_days
from park_downtime.statistics.measures import Measures, ParkMeasures
from park_downtime.statistics.measures import total as sum_of

TOTALS = {
    Period.SEVEN_DAYS: (PeriodTotal.CURRENT_7, PeriodTotal.PREVIOUS_7),
    Period.THIRTY_DAYS: (PeriodTotal.CURRENT_30, PeriodTotal.PREVIOUS_30),
}


@dataclass(slots=True)
class Figures:
    """`current` and `previous` period, by ride; `seven`: the 7 whole days before today. Park parts beside.

    `dates` are the local days that the current period has in each park.
    """

    current: dict[int, Measures] = field(default_factory=dict)
    previous: dict[int, Measures] = field(default_factory=dict)
    seven: dict[int, Measures] = field(default_factory=dict)
    parks_current: dict[int, ParkMeasures] = field(default_factory=dict)
    parks_previous: dict[int, ParkMeasures] = field(default_factory=dict)


def figures(
    connection: Connection,
    as_of: AsOf,
    period: Period,
    park_ids: Iterable[int] | None = None,
    totals_in_memory: TotalsInMemory | None = None,
) -> Figures:
    """Everything a ranking needs of a period, for the tracked parks or some of them.

    `totals_in_memory`: the process's copy of the sums of whole days, where it has one.
    """
    found = Figures()
    if as_of.instant is None:
        return found
    wanted = as_of.parks.keys() if park_ids is None else set(park_ids)
    today = {park_id: as_of.today(park) for park_id, park in as_of.parks.items() if park_id in wanted}
    behind = _parks_behind(connection, today)
    summed = {park_id: day for park_id, day in today.items() if park_id not in behind}
    _add_days(connection, today, found.current, found.parks_current)
    source = _Sums(connection, summed, behind, totals_in_memory)
    if period is Period.TODAY:
        yesterdays = {park_id: previous_dates(period, day).first for park_id, day in today.items()}
        _add_days(connection, yesterdays, found.previous, found.parks_previous)
        source.add(PeriodTotal.SEVEN_DAYS, found.seven, {})
    else:
        current, previous = TOTALS[period]
        source.add(current, found.current, found.parks_current)
        source.add(previous, found.previous, found.parks_previous)
        source.add(PeriodTotal.SEVEN_DAYS, found.seven, {})
    return found


def _parks_behind(connection: Connection, today: Mapping[int, date]) -> dict[int, date]:
    """Parks whose kept sums are of another date: nothing was heard of them since midnight. Their days are
    summed on the spot.
    """
    last = last_dates(connection)
    return {
        park_id: day
        for park_id, day in today.items()
        if last.get(park_id) != whole_days(PeriodTotal.CURRENT_7, day).last
    }


def _add_days(
    connection: Connection,
    days: Mapping[int, date],
    rides: dict[int, Measures],
    parks: dict[int, ParkMeasures],
) -> None:
    """Add one local day of each park."""
    by_day: defaultdict[date, set[int]] = defaultdict(set)
    for park_id, day in days.items():
        by_day[day].add(park_id)
    for day, park_ids in by_day.items():
        only = next(iter(park_ids)) if len(park_ids) == 1 else None
        for ride_id, park_id, parts in rides_on(connection, day, only):
            if park_id in park_ids:
                _add(rides, ride_id, parts)
        for park_id, of_park in parks_on(connection, day, park_ids).items():
            parks.setdefault(park_id, ParkMeasures()).add(of_park)


@dataclass(frozen=True, slots=True)
class _Sums:
    """Sums of whole days: stored ones for `summed` parks, the days themselves for those `behind`."""

    connection: Connection
    summed: Mapping[int, date]
    behind: Mapping[int, date]
    in_memory: TotalsInMemory | None

    def add(self, total: PeriodTotal, rides: dict[int, Measures], parks: dict[int, ParkMeasures]) -> None:
        """Add them to what is there, which is the caller's own."""
        if self.summed:
            of_rides, of_parks = self._stored(total)
            for ride_id, (park_id, parts) in of_rides.items():
                if park_id in self.summed:
                    _add(rides, ride_id, parts)
            for park_id, of_park in of_parks.items():
                if park_id in self.summed:
                    parks.setdefault(park_id, ParkMeasures()).add(of_park)
        for park_id, day in self.behind.items():
            for ride_id, parts in ride_sums(self.connection, park_id, total, day).items():
                # A ride that moved: what stands there may be a kept sum, which other answers share.
                rides[ride_id] = sum_of(filter(None, (rides.get(ride_id), parts)))
            parks.setdefault(park_id, ParkMeasures()).add(park_sums(self.connection, park_id, total, day)[1])

    def _stored(self, total: PeriodTotal) -> tuple[RideTotals, ParkTotals]:
        if len(self.summed) == 1:
            return read_totals(self.connection, total, next(iter(self.summed)))
        if self.in_memory is None:
            return read_totals(self.connection, total)
        return self.in_memory.of(self.connection, total)


def _add(rides: dict[int, Measures], ride_id: int, parts: Measures) -> None:
    """Add a row to one that was read for this answer; `parts` itself may be shared with others."""
    before = rides.get(ride_id)
    if before is None:
        rides[ride_id] = parts
    else:
        before.add(parts)

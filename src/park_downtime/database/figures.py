"""What a period adds up to, per ride and per park: kept sums of whole days, and today's row beside them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date

from sqlalchemy import Connection, select

from park_downtime.database.daily import PART_COLUMNS
from park_downtime.database.moment import Moment
from park_downtime.database.past import past_days
from park_downtime.database.statistics_tables import (
    park_daily_stats,
    park_period_totals,
    ride_daily_stats,
    ride_period_totals,
)
from park_downtime.database.totals import park_sums, ride_sums
from park_downtime.model import Period, PeriodTotal
from park_downtime.periods import previous_dates, whole_days
from park_downtime.statistics.parts import PARK_PART_NAMES, PART_NAMES, ParkParts, Parts

_ride = ride_daily_stats.c
_park = park_daily_stats.c

TOTALS = {
    Period.SEVEN_DAYS: (PeriodTotal.CURRENT_7, PeriodTotal.PREVIOUS_7),
    Period.THIRTY_DAYS: (PeriodTotal.CURRENT_30, PeriodTotal.PREVIOUS_30),
}


@dataclass(slots=True)
class Figures:
    """`current` and `previous` period, by ride; `seven`: the 7 whole days before today. Park parts beside.

    `dates` are the local days that the current period has in each park.
    """

    current: dict[int, Parts] = field(default_factory=dict)
    previous: dict[int, Parts] = field(default_factory=dict)
    seven: dict[int, Parts] = field(default_factory=dict)
    parks_current: dict[int, ParkParts] = field(default_factory=dict)
    parks_previous: dict[int, ParkParts] = field(default_factory=dict)


def figures(
    connection: Connection, at: Moment, period: Period, park_ids: Iterable[int] | None = None
) -> Figures:
    """Everything a ranking needs of a period, for the tracked parks or some of them."""
    found = Figures()
    if at.at is None:
        return found
    wanted = at.parks.keys() if park_ids is None else set(park_ids)
    today = {park_id: at.today(park) for park_id, park in at.parks.items() if park_id in wanted}
    behind = _parks_behind(connection, at, today)
    kept = {park_id: day for park_id, day in today.items() if park_id not in behind}
    _add_today(connection, at, today, found)
    if period is Period.TODAY:
        yesterdays = {park_id: previous_dates(period, day).first for park_id, day in today.items()}
        _add_days(connection, yesterdays, found.previous, found.parks_previous)
        _add_totals(connection, PeriodTotal.SEVEN_DAYS, kept, behind, found.seven, {})
    else:
        current, previous = TOTALS[period]
        _add_totals(connection, current, kept, behind, found.current, found.parks_current)
        _add_totals(connection, previous, kept, behind, found.previous, found.parks_previous)
        _add_totals(connection, PeriodTotal.SEVEN_DAYS, kept, behind, found.seven, {})
    return found


def _parks_behind(connection: Connection, at: Moment, today: Mapping[int, date]) -> dict[int, date]:
    """Parks whose kept sums are of another date: nothing was heard of them since midnight, or the
    moment is an earlier one. Their days are summed on the spot.
    """
    if at.is_past:
        return dict(today)
    c = park_period_totals.c
    query = select(c.park_id, c.last_date).where(c.period == PeriodTotal.CURRENT_7)
    last = {row.park_id: row.last_date for row in connection.execute(query)}
    return {
        park_id: day
        for park_id, day in today.items()
        if last.get(park_id) != whole_days(PeriodTotal.CURRENT_7, day).last
    }


def _add_today(connection: Connection, at: Moment, today: Mapping[int, date], found: Figures) -> None:
    if not at.is_past:
        _add_days(connection, today, found.current, found.parks_current)
        return
    for park_id in today:
        for day in past_days(connection, at.parks[park_id], at):
            if day.day == today[park_id]:
                found.parks_current.setdefault(park_id, ParkParts()).add(day.park)
                for ride_id, ride in day.rides.items():
                    found.current.setdefault(ride_id, Parts()).add(ride.parts)


def _add_days(
    connection: Connection,
    days: Mapping[int, date],
    rides: dict[int, Parts],
    parks: dict[int, ParkParts],
) -> None:
    """Add one local day of each park."""
    by_day: defaultdict[date, set[int]] = defaultdict(set)
    for park_id, day in days.items():
        by_day[day].add(park_id)
    for day, park_ids in by_day.items():
        query = select(_ride.ride_id, _ride.park_id, *PART_COLUMNS).where(_ride.stat_date == day)
        if len(park_ids) == 1:
            query = query.where(_ride.park_id.in_(park_ids))
        for ride_id, park_id, *values in connection.execute(query):
            if park_id in park_ids:
                _add(rides, ride_id, Parts(*values))
        of_parks = select(_park.park_id, *(_park[name] for name in PARK_PART_NAMES)).where(
            _park.stat_date == day, _park.park_id.in_(sorted(park_ids))
        )
        for park_id, *values in connection.execute(of_parks):
            parks.setdefault(park_id, ParkParts()).add(ParkParts(*values))


def _add_totals(
    connection: Connection,
    total: PeriodTotal,
    kept: Mapping[int, date],
    behind: Mapping[int, date],
    rides: dict[int, Parts],
    parks: dict[int, ParkParts],
) -> None:
    c, p = ride_period_totals.c, park_period_totals.c
    if kept:
        query = select(c.ride_id, c.park_id, *(c[name] for name in PART_NAMES)).where(c.period == total)
        if len(kept) == 1:
            query = query.where(c.park_id.in_(sorted(kept)))
        for ride_id, park_id, *values in connection.execute(query):
            if park_id in kept:
                _add(rides, ride_id, Parts(*values))
        of_parks = select(p.park_id, *(p[name] for name in PARK_PART_NAMES)).where(p.period == total)
        for park_id, *values in connection.execute(of_parks):
            if park_id in kept:
                parks.setdefault(park_id, ParkParts()).add(ParkParts(*values))
    for park_id, day in behind.items():
        for ride_id, parts in ride_sums(connection, park_id, total, day).items():
            _add(rides, ride_id, parts)
        parks.setdefault(park_id, ParkParts()).add(park_sums(connection, park_id, total, day)[1])


def _add(rides: dict[int, Parts], ride_id: int, parts: Parts) -> None:
    before = rides.get(ride_id)
    if before is None:
        rides[ride_id] = parts
    else:
        before.add(parts)

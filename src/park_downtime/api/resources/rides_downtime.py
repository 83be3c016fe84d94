"""`/api/rides/downtime`: rides by their downtime."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from park_downtime.api.fields import (
    LOST_TIMES,
    RANK_BOUNDS,
    RIDE_TOTALS,
    figures,
    hours,
    of_lost_days,
    period_fields,
    rank_bounds,
    ride_totals,
    ride_url,
    status_of,
    tier_label,
)
from park_downtime.api.request_context import RequestContext
from park_downtime.api.table import Row, Table
from park_downtime.database.counted_rides import CountedRide, RideColumns
from park_downtime.database.entries import Entry
from park_downtime.database.parks import ParkRow
from park_downtime.database.rank_intervals import Intervals
from park_downtime.database.ride_status import StatusRow
from park_downtime.reports.rank_intervals import interval_of
from park_downtime.reports.rankings import OBSERVED_OPERATION, OPERATION, CountedRides, RideFigures
from park_downtime.statistics.measures import Measures
from park_downtime.statistics.trends import trend_percentages

STATUS_FIELDS: Mapping[str, Callable[[StatusRow | None], Any]] = {
    "current_status": status_of,
    "down_since": lambda now: None if now is None else now.down_since,
    "back_today_percentage": lambda now: None if now is None else now.back_today_percentage,
}


def rides_downtime(context: RequestContext) -> Table:
    rides = context.rides(
        context.wanted_parks(), context.period, _measures_of_order(context.values), context.with_park_wide
    )
    return Table(
        "RideRanking",
        RideRows(context, rides),
        period_fields(context.period, context.facts_of_period(rides.sums)),
    )


def _measures_of_order(values: Mapping[str, Any]) -> tuple[str, ...]:
    """What must be known of all rides: the first ranks alone need little."""
    if (values["sort"], values["order"], values["offset"]) == ("rank", "asc", 0):
        return OPERATION
    sort = RIDE_TOTALS.get(values["sort"])
    return OBSERVED_OPERATION if sort is None else sort.measures


@dataclass(frozen=True)
class RideRows:
    """In the order of their downtime."""

    context: RequestContext
    rides: CountedRides

    def __len__(self) -> int:
        return self.rides.count

    def values(self, field_name: str) -> Sequence[Any]:
        if field_name == "rank":
            return [each.rank for each in self.rides.ranked]
        if field_name in RANK_BOUNDS:
            return self._rank_bounds(field_name)
        found = self._of_rides(field_name)
        return [found[each.row] for each in self.rides.ranked]

    def at(self, places: Sequence[int]) -> list[Row]:
        if isinstance(places, range) and not places.start:
            shown = self.rides.first(places.stop)
        else:
            shown = self.rides.at([self.rides.ranked[place] for place in places])
        intervals = self._intervals_of([row.ride.ride_id for _, row in shown])
        return [self._row(row, rank) | rank_bounds(intervals, row.ride.ride_id, rank) for rank, row in shown]

    def _rank_bounds(self, field_name: str) -> list[int | None]:
        intervals, ids, bound = self.intervals, self.rides.rides.ride_ids, RANK_BOUNDS[field_name]
        return [bound(interval_of(intervals, ids[each.row], each.rank)) for each in self.rides.ranked]

    @cached_property
    def intervals(self) -> Intervals:
        """How sure the ranks of all of them are."""
        return self.context.ride_rank_intervals(self.rides)

    def _intervals_of(self, ride_ids: list[int]) -> Intervals:
        if "intervals" in self.__dict__:  # those of all have been read
            return self.intervals
        return self.context.ride_rank_intervals(self.rides, ride_ids)

    def _of_rides(self, field_name: str) -> Sequence[Any]:
        """A field of each ride in `rides`."""
        if field_name == "days_lost_known":
            return self._days_lost_known
        if field_name in RIDE_TOTALS:
            found = figures(field_name, self.rides.current.measures())
            return self._where_known(found) if field_name in LOST_TIMES else found
        if field_name in STATUS_FIELDS:
            status, of = self.rides.statuses, STATUS_FIELDS[field_name]
            return [of(status.get(ride_id)) for ride_id in self.rides.rides.ride_ids]
        if field_name == "trend_percentage":
            return trend_percentages(self.rides.current, self.rides.previous)
        if field_name == "seven_day_avg_downtime_hours":
            return list(map(average_downtime_hours, self.rides.seven.measures()))
        return identities(self.context, self.rides.rides, field_name)

    def _where_known(self, lost: Sequence[Any]) -> list[Any]:
        return [time if days else None for time, days in zip(lost, self._days_lost_known, strict=True)]

    @property
    def _days_lost_known(self) -> list[int]:
        """Of the park of each ride in `rides`."""
        park_ids = self.rides.rides.park_ids
        known = {park_id: self.rides.days_lost_known(park_id) for park_id in set(park_ids)}
        return [known[park_id] for park_id in park_ids]

    def _row(self, row: RideFigures, rank: int | None) -> dict[str, Any]:
        park = self.context.as_of.parks[row.ride.park_id]
        return {
            "rank": rank,
            **identity(row.ride, park),
            "timezone": park.timezone,
            **ride_totals(row.current),
            **of_lost_days(self.rides.days_lost_known(row.ride.park_id)),
            **{name: of(row.now) for name, of in STATUS_FIELDS.items()},
            "seven_day_avg_downtime_hours": average_downtime_hours(row.seven),
            "trend_percentage": row.trend,
            "queue_times_url": ride_url(row.ride.park_id, row.ride.ride_id),
        }


Ride = Entry | CountedRide


def identity(ride: Ride, park: ParkRow) -> dict[str, Any]:
    """Which ride a row is about, where it stands and how much it matters."""
    return {
        "ride_id": ride.ride_id,
        "ride_name": ride.name,
        "park_id": park.park_id,
        "park_name": park.name,
        "tier": ride.tier,
        "tier_label": tier_label(ride.tier),
    }


def identities(context: RequestContext, rides: RideColumns, field_name: str) -> list[Any]:
    """A field that says which ride a row is about, of each."""
    match field_name:
        case "ride_id":
            return [*rides.ride_ids]
        case "ride_name":
            return [*rides.names]
        case "park_id":
            return [*rides.park_ids]
        case "park_name":
            return [context.as_of.parks[park_id].name for park_id in rides.park_ids]
        case "timezone":
            return [context.as_of.parks[park_id].timezone for park_id in rides.park_ids]
        case "tier" | "tier_label":  # the labels are in the order of the tiers
            return [*rides.tiers]
        case _:
            raise LookupError(f"rides are not put in order by {field_name}")


def average_downtime_hours(seven: Measures) -> float | None:
    """Per operated day; null when it did not operate."""
    return hours(seven.downtime_seconds) / seven.days_operated if seven.days_operated else None

"""`/api/rides/waittimes`: rides by the wait they post now, on average, or at most."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import compress, count
from typing import Any, NamedTuple

from park_downtime.api.fields import is_open, ride_url, wait_of
from park_downtime.api.request_context import RequestContext
from park_downtime.api.resources.rides_downtime import identities, identity
from park_downtime.api.table import Row, Table
from park_downtime.named_periods import SEVEN_DAYS
from park_downtime.reports.rankings import CountedRides, RideFigures
from park_downtime.statistics.measures import average_wait


def wait_times(context: RequestContext) -> Table:
    asks_for_peak = context.values["mode"] == "peak" or context.values["sort"] == "peak_wait_time"
    reads = ("wait_max",) if asks_for_peak else ()
    rides = context.rides(context.wanted_parks(), SEVEN_DAYS, reads)
    figures = WaitFigures(rides, context.service.parks_without_waits)
    waits = figures.of_mode(context.values["mode"])
    keys = zip([wait is None for wait in waits], [-(wait or 0) for wait in waits], rides.rides.names, count())
    places = [place for *_, place in sorted(compress(keys, rides.are_listed))]
    ranked = [Placed(None if waits[i] is None else rank, i) for rank, i in enumerate(places, start=1)]
    return Table("WaitRow", WaitRows(context, figures, ranked))


@dataclass(frozen=True)
class WaitFigures:
    """Minutes that each ride posts now, on the average of the 7 whole days before, and posted at most since.

    `without`: parks of which readings of the day are gone, and what is left may lack the longest wait.
    """

    rides: CountedRides
    without: frozenset[int]

    def of_mode(self, mode: str) -> list[float | None]:
        return {"live": self.current, "7day-average": self.average, "peak": self.peak}[mode]()

    def current(self) -> list[float | None]:
        status = self.rides.statuses
        return [wait_of(status.get(ride_id)) for ride_id in self.rides.rides.ride_ids]

    def average(self) -> list[float | None]:
        seven = self.rides.seven.parts
        return list(map(average_wait, seven["wait_sum"], seven["wait_count"]))

    def peak(self) -> list[float | None]:
        longest = self.rides.current.parts["wait_max"]
        rides = zip(self.rides.rides.park_ids, longest, strict=True)
        return [None if park_id in self.without else wait for park_id, wait in rides]


class Placed(NamedTuple):
    """The place of a ride among all; a rank of None: it has no wait of the mode."""

    rank: int | None
    place: int


@dataclass(frozen=True, slots=True)
class WaitRows:
    context: RequestContext
    figures: WaitFigures
    ranked: list[Placed]

    def __len__(self) -> int:
        return len(self.ranked)

    def values(self, field_name: str) -> Sequence[Any]:
        if field_name == "rank":
            return [each.rank for each in self.ranked]
        found = self._of_rides(field_name)
        return [found[each.place] for each in self.ranked]

    def at(self, places: Sequence[int]) -> list[Row]:
        shown = [self.ranked[place] for place in places]
        rides = self.figures.rides
        whole = rides.whole([each.place for each in shown])
        return [self._row(each.rank, row) for each, row in zip(shown, whole, strict=True)]

    def _of_rides(self, field_name: str) -> Sequence[Any]:
        """A field of each counted ride."""
        match field_name:
            case "current_wait_time":
                return self.figures.current()
            case "seven_day_avg_wait_time":
                return self.figures.average()
            case "peak_wait_time":
                return self.figures.peak()
            case "trend_percentage":
                return list(map(against_average, self.figures.current(), self.figures.average()))
            case "is_currently_open":
                status = self.figures.rides.statuses
                return [is_open(status.get(i)) for i in self.figures.rides.rides.ride_ids]
            case _:
                return identities(self.context, self.figures.rides.rides, field_name)

    def _row(self, rank: int | None, row: RideFigures) -> dict[str, Any]:
        park_id = row.ride.park_id
        current, average = wait_of(row.now), row.seven.average_wait_minutes
        return {
            "rank": rank,
            **identity(row.ride, self.context.as_of.parks[park_id]),
            "current_wait_time": current,
            "seven_day_avg_wait_time": average,
            "peak_wait_time": None if park_id in self.figures.without else row.current.wait_max,
            "trend_percentage": against_average(current, average),
            "is_currently_open": is_open(row.now),
            "queue_times_url": ride_url(park_id, row.ride.ride_id),
        }


def against_average(current: float | None, average: float | None) -> float | None:
    """The wait now in percent above (or below) the average; null without either, or an average of 0."""
    return 100 * (current - average) / average if current is not None and average else None

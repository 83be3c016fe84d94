"""`/api/rides/waittimes`: rides by the wait they post now, on average, or at most."""

from __future__ import annotations

from functools import partial
from typing import Any, NamedTuple

from park_downtime.api.fields import is_open, ride_url, wait_of
from park_downtime.api.request_context import RequestContext
from park_downtime.api.resources.rides_downtime import identity
from park_downtime.api.table import Made, Table
from park_downtime.judging.moment import AsOf
from park_downtime.model import Period
from park_downtime.reports.rankings import RideFigures


def wait_times(context: RequestContext) -> Table:
    mode, without = context.values["mode"], context.service.parks_without_waits
    rows = [
        Placed(None, waits, waits.of_mode(mode))
        for row in context.rides_of(context.wanted_parks(), Period.SEVEN_DAYS)
        for waits in [_waits(row, are_known=row.entry.park_id not in without)]
    ]
    rows.sort(key=lambda placed: (placed.wait is None, -(placed.wait or 0), placed.waits.row.entry.name))
    places = [
        placed._replace(rank=None if placed.wait is None else place)
        for place, placed in enumerate(rows, start=1)
    ]
    return Table("WaitRow", Made(places, partial(_row, context.as_of)))


class Waits(NamedTuple):
    """Minutes a ride posts now, on the average of the 7 whole days before, and posted at most since."""

    row: RideFigures
    current: int | None
    average: float | None
    peak: int | None

    def of_mode(self, mode: str) -> float | None:
        return {"live": self.current, "7day-average": self.average, "peak": self.peak}[mode]


class Placed(NamedTuple):
    """A ride with its wait of the mode; None: it has none, and no rank."""

    rank: int | None
    waits: Waits
    wait: float | None


def _waits(row: RideFigures, are_known: bool) -> Waits:
    """`are_known` False: readings of the day are gone, and what is left of it may lack the longest wait."""
    peak = row.current.wait_max if are_known else None
    return Waits(row, wait_of(row.now), row.seven.average_wait_minutes, peak)


def _row(as_of: AsOf, placed: Placed) -> dict[str, Any]:
    row, current, average, peak = placed.waits
    return {
        "rank": placed.rank,
        **identity(row.entry, as_of.parks[row.entry.park_id]),
        "current_wait_time": current,
        "seven_day_avg_wait_time": average,
        "peak_wait_time": peak,
        "trend_percentage": against_average(current, average),
        "is_currently_open": is_open(row.now),
        "queue_times_url": ride_url(row.entry.park_id, row.entry.ride_id),
    }


def against_average(current: int | None, average: float | None) -> float | None:
    """The wait now in percent above (or below) the average; null without either, or an average of 0."""
    return 100 * (current - average) / average if current is not None and average else None

"""`/api/rides/waittimes`: rides by the wait they post now, on average, or at most."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any, NamedTuple

from park_downtime.api.asked import Asked
from park_downtime.api.attribution import ride_url
from park_downtime.api.figures import is_open, wait_of
from park_downtime.api.resources.rides_downtime import identity
from park_downtime.api.table import Made, Table
from park_downtime.database.moment import Moment
from park_downtime.database.rankings import RideFigures
from park_downtime.model import Period


def wait_times(asked: Asked) -> Table:
    wait = WAIT_OF_MODE[asked.values["mode"]]
    rows = [Placed(None, row, wait(row)) for row in asked.rides_of(asked.wanted_parks(), Period.SEVEN_DAYS)]
    rows.sort(key=lambda placed: (placed.wait is None, -(placed.wait or 0), placed.row.entry.name))
    places = [
        placed._replace(rank=None if placed.wait is None else place)
        for place, placed in enumerate(rows, start=1)
    ]
    return Table("WaitRow", Made(places, partial(_row, asked.at)))


class Placed(NamedTuple):
    """A ride with its wait of the mode; None: it has none, and no rank."""

    rank: int | None
    row: RideFigures
    wait: float | None


WAIT_OF_MODE: dict[str, Callable[[RideFigures], float | None]] = {
    "live": lambda row: wait_of(row.now),
    "7day-average": lambda row: row.seven.average_wait_minutes,
    "peak": lambda row: row.current.wait_max,
}


def _row(at: Moment, placed: Placed) -> dict[str, Any]:
    row = placed.row
    current, average = wait_of(row.now), row.seven.average_wait_minutes
    return {
        "rank": placed.rank,
        **identity(row.entry, at.parks[row.entry.park_id]),
        "current_wait_time": current,
        "seven_day_avg_wait_time": average,
        "peak_wait_time": row.current.wait_max,
        "trend_percentage": against_average(current, average),
        "is_currently_open": is_open(row.now),
        "queue_times_url": ride_url(row.entry.park_id, row.entry.ride_id),
    }


def against_average(current: int | None, average: float | None) -> float | None:
    """The wait now in percent above (or below) the average; null without either, or an average of 0."""
    return 100 * (current - average) / average if current is not None and average else None

"""`/api/rides/waittimes`: rides by the wait they post now, on average, or at most."""

from __future__ import annotations

from typing import Any

from park_downtime.api.asked import Asked
from park_downtime.api.attribution import ride_url
from park_downtime.api.figures import is_open, wait_of
from park_downtime.api.resources.rides_downtime import identity
from park_downtime.api.table import Table
from park_downtime.database.rankings import RideFigures
from park_downtime.model import Period

FIELD_OF_MODE = {
    "live": "current_wait_time",
    "7day-average": "seven_day_avg_wait_time",
    "peak": "peak_wait_time",
}


def wait_times(asked: Asked) -> Table:
    field = FIELD_OF_MODE[asked.values["mode"]]
    rows = [_row(asked, row) for row in asked.rides_of(asked.wanted_parks(), Period.SEVEN_DAYS)]
    rows.sort(key=lambda row: (row[field] is None, -(row[field] or 0), row["ride_name"]))
    return Table(
        "WaitRow",
        [{"rank": None if row[field] is None else place, **row} for place, row in enumerate(rows, start=1)],
    )


def _row(asked: Asked, row: RideFigures) -> dict[str, Any]:
    current, average = wait_of(row.now), row.seven.average_wait_minutes
    return {
        **identity(row.entry, asked.at.parks[row.entry.park_id]),
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

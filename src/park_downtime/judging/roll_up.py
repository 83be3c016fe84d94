"""Weeks, months and years out of days, each with its trend against the one before."""

from __future__ import annotations

from collections.abc import Callable, Collection
from datetime import date

from sqlalchemy import Connection

from park_downtime.database.rolled_up import (
    LEVELS,
    Level,
    compared_with,
    park_rows,
    save_park_rows,
    save_ride_rows,
    sum_of_parks,
    sum_of_rides,
)
from park_downtime.periods import DAY, DateRange, month_of, week_of, year_of
from park_downtime.statistics.measures import Measures
from park_downtime.statistics.trends import trend_percentage

RANGE_OF: dict[str, Callable[[date], DateRange]] = {"weekly": week_of, "monthly": month_of, "yearly": year_of}


def roll_up(connection: Connection, park_ids: Collection[int], day: date) -> int:
    """Renew the week, the month and the year that `day` is in, for the given parks; answers the rows."""
    return sum(_roll_up(connection, level, park_ids, day) for level in LEVELS)


def _roll_up(connection: Connection, level: Level, park_ids: Collection[int], day: date) -> int:
    dates = RANGE_OF[level.name](day)
    before = RANGE_OF[level.name](dates.first - DAY).first
    rides = sum_of_rides(connection, level, park_ids, dates)
    previous = compared_with(connection, level, before, park_ids)
    save_ride_rows(
        connection,
        level,
        dates.first,
        [
            (ride_id, park_id, parts, _trend(parts, previous.get(ride_id)))
            for (ride_id, park_id), parts in rides.items()
        ],
    )
    parks = sum_of_parks(connection, level, park_ids, dates)
    previous_parks = park_rows(connection, level, before, park_ids)
    save_park_rows(
        connection,
        level,
        dates.first,
        [
            (park_id, parts, of_park, _trend(parts, previous_parks.get(park_id)))
            for park_id, (parts, of_park) in parks.items()
        ],
    )
    return len(rides) + len(parks)


def _trend(parts: Measures, previous: Measures | None) -> float | None:
    return None if previous is None else trend_percentage(parts, previous)

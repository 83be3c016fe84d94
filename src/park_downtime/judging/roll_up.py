"""Weeks, months and years out of days, each with its trend against the one before."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import date

from sqlalchemy import Connection

from park_downtime.database.ready_columns import lapse_idle, let_lapse
from park_downtime.database.rolled_up import (
    LEVELS,
    Level,
    compared_with,
    forget_rows,
    last_final_days,
    park_rows,
    save_park_rows,
    save_ride_rows,
    sum_of_parks,
    sum_of_rides,
)
from park_downtime.named_periods import WHOLE
from park_downtime.periods import DAY, DateRange
from park_downtime.statistics.measures import Measures
from park_downtime.statistics.trends import trend_percentage


def roll_up(connection: Connection, park_ids: Collection[int], day: date) -> int:
    """Renew the week, the month and the year that `day` is in, for the given parks; answers the rows."""
    return sum(roll_up_one(connection, level, park_ids, day) for level in LEVELS)


def each_period(first: date, last: date) -> Iterator[tuple[Level, date]]:
    """What must be rolled up, one by one and in this order, where all days from `first` to `last` are new."""
    for level in LEVELS:
        day = first
        while day <= last:
            yield level, day
            day = WHOLE[level.kind](day).last + DAY


def roll_up_all(connection: Connection, park_ids: Collection[int], dates: DateRange) -> int:
    """Renew every week, month and year that one of the dates is in, and those after them, whose trends
    compare with these; answers the rows.
    """
    rows = 0
    for level in LEVELS:
        day, next_one = dates.first, WHOLE[level.kind](dates.last).last + DAY
        while day <= next_one:
            rows += roll_up_one(connection, level, park_ids, day)
            day = WHOLE[level.kind](day).last + DAY
    return rows


def roll_up_one(connection: Connection, level: Level, park_ids: Collection[int], day: date) -> int:
    """Of the days that are final: what is not is added when it is asked for."""
    dates = WHOLE[level.kind](day)
    last_final = last_final_days(connection, park_ids, dates)
    forget_rows(connection, level, dates.first, set(park_ids) - last_final.keys())
    let_lapse(connection, level.kind, dates.first)
    lapse_idle(connection)
    return sum(
        _roll_up_until(
            connection,
            level,
            sorted(park_id for park_id, last in last_final.items() if last == until),
            DateRange(dates.first, until),
        )
        for until in sorted(set(last_final.values()))
    )


def _roll_up_until(connection: Connection, level: Level, park_ids: Collection[int], dates: DateRange) -> int:
    before = WHOLE[level.kind](dates.first - DAY).first
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
        dates.last,
        [
            (park_id, parts, of_park, _trend(parts, previous_parks.get(park_id)))
            for park_id, (parts, of_park) in parks.items()
        ],
    )
    return len(rides) + len(parks)


def _trend(parts: Measures, previous: Measures | None) -> float | None:
    return None if previous is None else trend_percentage(parts, previous)

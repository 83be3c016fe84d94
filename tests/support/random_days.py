"""Daily rows of figures that no formula made: whatever adds them up can only be right or wrong."""

from __future__ import annotations

import random
from collections.abc import Collection, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType

from sqlalchemy import Engine

from park_downtime.database.daily import save_day
from park_downtime.database.engine import writing
from park_downtime.statistics.days import ParkDay, RideDay
from park_downtime.statistics.measures import (
    HOW_JUDGED,
    MEASURE_NAMES,
    PARK_MEASURE_NAMES,
    Measures,
    ParkMeasures,
)

ADDED_UP = ("ride_daily_stats", "park_daily_stats", "ride_period_totals", "park_period_totals")
OF_A_PARKS_DAY = [name for name in PARK_MEASURE_NAMES if name not in HOW_JUDGED]
MISSING_SHARE = 0.1


def a_day(numbers: random.Random) -> Measures:
    parts = Measures(**{name: numbers.randrange(40_000) for name in MEASURE_NAMES})
    parts.wait_count = numbers.randrange(1_440)  # a reading a minute at most
    if numbers.random() < 0.3:
        parts.wait_min = parts.wait_max = None
    else:
        parts.wait_min, parts.wait_max = numbers.randrange(10), numbers.randrange(10, 200)
    for count in ("outage_count", "status_changes", "days_operated", "days_not_operated"):
        setattr(parts, count, numbers.randrange(3))
    parts.park_wide_outage_count = numbers.randrange(parts.outage_count + 1)
    return parts


def store(
    engine: Engine,
    rides_of: Mapping[int, Sequence[int]],
    first: date,
    last: date,
    new: Mapping[int, date] = MappingProxyType({}),
    final_until: Mapping[int, date] = MappingProxyType({}),
    seed: int = 1,
    seen: Collection[date] = (),
) -> None:
    """Of parks and their rides, in place of what was there; some days are missing. `new`: since when a ride
    is there; `final_until`: the last day of a park that is closed, if not all are;
    `seen`: days that no park misses.
    """
    numbers = random.Random(seed)
    with writing(engine) as connection:
        for table in ADDED_UP:
            connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608 - names from above
        for days in range((last - first).days + 1):
            day = first + timedelta(days=days)
            for park_id, ride_ids in rides_of.items():
                if numbers.random() < MISSING_SHARE and day not in seen:
                    continue
                own = {
                    ride_id: RideDay(ride_id, a_day(numbers))
                    for ride_id in ride_ids
                    if day >= new.get(ride_id, first)
                }
                of_park = ParkMeasures(**{name: numbers.randrange(40_000) for name in OF_A_PARKS_DAY})
                is_final = day <= final_until.get(park_id, last)
                save_day(connection, park_id, ParkDay(day, of_park, own, []), is_final=is_final)

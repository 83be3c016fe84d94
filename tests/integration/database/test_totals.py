"""Kept sums of whole days are those of the days, also after they were rebuilt."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

from sqlalchemy import Engine, insert, select, update

from park_downtime.database.engine import reading, writing
from park_downtime.database.parks import ParkRow, save_parks
from park_downtime.database.rides import RideRow, add_rides
from park_downtime.database.statistics_tables import ride_daily_stats, ride_period_totals
from park_downtime.database.tables import rides
from park_downtime.database.totals import kept_of_rides, rebuild_totals
from park_downtime.model import PeriodTotal
from park_downtime.statistics.measures import MEASURE_NAMES
from park_downtime.timeline.presence import PRESENT

START = datetime(2026, 7, 1, tzinfo=UTC)
TODAY = date(2026, 7, 10)
PARK = ParkRow(
    1, None, "Park", None, None, None, None, None, None, "America/New_York", None, True, START, None
)


def add_day(engine: Engine, day: date, down: int) -> None:
    parts = dict.fromkeys(MEASURE_NAMES, 0) | {"downtime_seconds": down, "wait_min": None, "wait_max": None}
    with writing(engine) as connection:
        connection.execute(insert(ride_daily_stats).values(stat_date=day, ride_id=7, park_id=1, **parts))
        rebuild_totals(connection, [1], TODAY)


def known(engine: Engine) -> None:
    with writing(engine) as connection:
        save_parks(connection, [PARK])
        add_rides(connection, [RideRow(7, 1, "Ride", None, None, PRESENT)], START)


def down_seconds(engine: Engine) -> list[int]:
    with reading(engine) as connection:
        found = kept_of_rides(connection, PeriodTotal.CURRENT_7, [1], ["downtime_seconds"])
    assert found.ride_ids == [7]
    return found.parts["downtime_seconds"]


def test_a_rebuilt_sum_is_seen(engine: Engine) -> None:
    known(engine)
    add_day(engine, date(2026, 7, 8), down=600)
    assert down_seconds(engine) == [600]
    add_day(engine, date(2026, 7, 9), down=1200)
    assert down_seconds(engine) == [1800]


def parks_of(engine: Engine, ride_id: int) -> set[int]:
    with reading(engine) as connection:
        c = ride_period_totals.c
        return set(connection.scalars(select(c.park_id).where(c.ride_id == ride_id)))


def test_a_ride_that_moved_has_sums_of_its_former_park_until_its_first_day_here(engine: Engine) -> None:
    known(engine)
    add_day(engine, date(2026, 7, 8), down=600)
    with writing(engine) as connection:
        save_parks(connection, [PARK, replace(PARK, park_id=2)])
        connection.execute(update(rides).where(rides.c.ride_id == 7).values(park_id=2))
        rebuild_totals(connection, [2], TODAY)
    assert parks_of(engine, 7) == {1}
    with writing(engine) as connection:
        connection.execute(update(ride_daily_stats).where(ride_daily_stats.c.ride_id == 7).values(park_id=2))
        rebuild_totals(connection, [2], TODAY)
    assert parks_of(engine, 7) == {2}

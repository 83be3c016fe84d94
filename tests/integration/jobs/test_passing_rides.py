"""Rides that one payload brought and nobody heard again go after a week, with all that names them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from cycles import RIDES, add_parks, count, cycle, park, said
from recorded import everything
from sqlalchemy import Engine, func, select

from park_downtime.collection.store import store_cycle
from park_downtime.database.engine import reading
from park_downtime.database.tables import metadata, rides
from park_downtime.jobs.aggregate import aggregate_due
from park_downtime.jobs.prune import prune
from park_downtime.model import Land, State

NOON = datetime(2026, 7, 1, 16, tzinfo=UTC)  # in New York
NIGHT = datetime(2026, 7, 2, 4, 10, tzinfo=UTC)
A_WEEK = timedelta(days=7)
REAL, LIE, OTHER_LIE = 1, 90001, 90002
FAIRY_LAND = Land(99, "Fairy Land")


def hear(engine: Engine, minutes: int, *ride_ids: int, state: State = State.OPEN) -> None:
    heard = tuple(said(ride_id, state, land=FAIRY_LAND if ride_id >= LIE else None) for ride_id in ride_ids)
    store_cycle(engine, cycle(NOON + timedelta(minutes=minutes), {6: heard}), RIDES)


def known(engine: Engine) -> list[int]:
    with reading(engine) as connection:
        return list(connection.scalars(select(rides.c.ride_id).order_by(rides.c.ride_id)))


def rows_that_name(engine: Engine, ride_id: int) -> dict[str, int]:
    """Per table, where there are any."""
    found = {}
    with reading(engine) as connection:
        for table in metadata.sorted_tables:
            if "ride_id" in table.c and table.name != "ride_status_snapshots":
                query = select(func.count()).where(table.c.ride_id == ride_id)
                found[table.name] = connection.scalar(query) or 0
    return {name: rows for name, rows in found.items() if rows}


@pytest.fixture(autouse=True)
def a_day_with_a_lie(engine: Engine) -> None:
    """Rides 1 to 3 are real; one payload at noon also names two that nobody hears of again."""
    add_parks(engine, park(6))
    hear(engine, 0, REAL, 2, 3, LIE, OTHER_LIE)
    for minutes in range(10, 120, 10):
        hear(engine, minutes, REAL, 2, 3)
    aggregate_due(engine, NIGHT)


def test_they_stay_for_a_week(engine: Engine) -> None:
    assert prune(engine, NOON + A_WEEK).rides == 0
    assert known(engine) == [1, 2, 3, LIE, OTHER_LIE]


def test_then_they_go_and_nothing_names_them_any_more(engine: Engine) -> None:
    assert rows_that_name(engine, LIE).keys() >= {"rides", "ride_classifications", "ride_daily_stats"}
    report = prune(engine, NOON + A_WEEK + timedelta(hours=1))
    assert (report.rides, known(engine)) == (2, [1, 2, 3])
    assert rows_that_name(engine, LIE) == {}
    assert count(engine, "lands") == 0


def test_real_rides_and_the_park_keep_their_statistics(engine: Engine) -> None:
    park_rows = everything(engine, "park_daily_stats", "park_weekly_stats", "park_yearly_stats")
    of_real = rows_that_name(engine, REAL)
    prune(engine, NOON + A_WEEK + timedelta(hours=1))
    assert everything(engine, *park_rows) == park_rows
    assert rows_that_name(engine, REAL) == of_real


def test_one_that_was_named_again_stays(engine: Engine) -> None:
    hear(engine, 120, REAL, 2, 3, LIE)
    prune(engine, NOON + A_WEEK + timedelta(hours=1))
    assert known(engine) == [1, 2, 3, LIE]


def test_one_that_was_heard_for_an_hour_and_a_half_stays(engine: Engine) -> None:
    for minutes in range(120, 210, 10):
        hear(engine, minutes, REAL, 2, 3, 77)
    hear(engine, 210, REAL, 2, 3)
    aggregate_due(engine, NIGHT + timedelta(hours=1))
    prune(engine, NOON + A_WEEK + timedelta(days=20))
    assert known(engine) == [1, 2, 3, 77]


def test_while_its_park_is_not_heard_nothing_goes(engine: Engine) -> None:
    add_parks(engine, park(7))
    at = NOON + timedelta(minutes=120)
    store_cycle(engine, cycle(at, {7: (said(701), said(702))}), RIDES)
    prune(engine, at + timedelta(days=9))
    assert known(engine) == [1, 2, 3, 701, 702]

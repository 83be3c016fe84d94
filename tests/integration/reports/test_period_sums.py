"""A period is the sum of its days, wherever they stand: of each kind, now and a year before."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta

import pytest
import random_days
from cycles import RIDES, add_parks, cycle, park, said
from sqlalchemy import Connection, Engine, event

from park_downtime.collection.store import store_cycle
from park_downtime.database.daily import measures_on, parks_on
from park_downtime.database.engine import reading, writing
from park_downtime.database.totals import rebuild_totals
from park_downtime.judging.moment import AsOf, moment
from park_downtime.judging.roll_up import each_period, roll_up_one
from park_downtime.model import Days
from park_downtime.named_periods import Period, period_named
from park_downtime.periods import DateRange, local_date
from park_downtime.reports.make_ready import make_periods_ready, make_ready
from park_downtime.reports.period_sources import dates_of
from park_downtime.reports.period_sums import PeriodSums
from park_downtime.statistics.measures import Measures, ParkMeasures

NOW = datetime(2026, 3, 6, 5, 30, tzinfo=UTC)  # past midnight in New York, before it in Denver
TODAY, FIRST = date(2026, 3, 6), date(2025, 2, 20)
RIDES_OF = {6: (1, 2, 3), 7: (4, 5)}
FINAL = {6: TODAY - timedelta(days=1), 7: TODAY - timedelta(days=3)}
NAMES = (
    *("today", "7days", "30days", "yesterday", "2026-03-06", "2026-03-05", "2025-11-02"),
    *("2026-W10", "2026-W09", "2026-03", "2026-02", "2026", "2025"),
)

Sums = tuple[dict[int, Measures], dict[int, ParkMeasures]]
"""By ride, and by park."""


@pytest.fixture
def year(engine: Engine) -> None:
    """A year and two weeks; park 7 has days that are not closed."""
    add_parks(engine, park(6), park(7, "America/Denver"))
    everything = {6: (said(1), said(2), said(3)), 7: (said(4), said(5))}
    store_cycle(engine, cycle(NOW, everything), RIDES)
    random_days.store(engine, RIDES_OF, FIRST, TODAY, {2: date(2026, 2, 10)}, FINAL)
    roll_up(engine)
    with writing(engine) as connection:
        for park_id, row in moment(connection).parks.items():
            rebuild_totals(connection, [park_id], local_date(NOW, row.zone))


def roll_up(engine: Engine) -> None:
    for level, day in each_period(FIRST, TODAY):
        with writing(engine) as connection:
            roll_up_one(connection, level, [6, 7], day)


def day_by_day(connection: Connection, as_of: AsOf, period: Period, days: Days, year_before: bool) -> Sums:
    rides: dict[int, Measures] = {}
    parks: dict[int, ParkMeasures] = {}
    for park_id, row in as_of.parks.items():
        today = as_of.today(row)
        dates = dates_of(period, days, today, year_before)
        for day in each_day(DateRange(dates.first, min(dates.last, today))):
            for ride_id, parts in measures_on(connection, park_id, day).items():
                rides.setdefault(ride_id, Measures()).add(parts)
            for observed in parks_on(connection, day, [park_id]).values():
                parks.setdefault(park_id, ParkMeasures()).add(observed)
    return rides, parks


def each_day(dates: DateRange) -> list[date]:
    return [dates.first + timedelta(days=number) for number in range(dates.days)]


def asked(sums: PeriodSums, days: Days) -> tuple[dict[int, Measures], Mapping[int, ParkMeasures]]:
    read = sums.rides(days)
    return dict(zip(read.ride_ids, read.measures(), strict=True)), sums.parks(days)


def is_sum(engine: Engine, name: str) -> None:
    with reading(engine) as connection:
        as_of, period = moment(connection), period_named(name)
        for year_before in (False, True):
            sums = PeriodSums(connection, as_of, period, as_of.parks.keys(), year_before)
            for days in (Days.CURRENT, Days.PREVIOUS):
                assert asked(sums, days) == day_by_day(connection, as_of, period, days, year_before)


@pytest.mark.parametrize("name", NAMES)
@pytest.mark.usefixtures("year")
def test_a_period_is_the_sum_of_its_days(engine: Engine, name: str) -> None:
    is_sum(engine, name)


@pytest.mark.usefixtures("year")
def test_a_range_is_the_sum_of_its_days(engine: Engine) -> None:
    is_sum(engine, "2025-10-15..2026-02-11")


@pytest.mark.usefixtures("year")
def test_what_is_ready_is_the_sum_of_its_days(engine: Engine) -> None:
    make_periods_ready(engine)
    make_ready(engine)
    for name in NAMES:
        is_sum(engine, name)


@pytest.mark.usefixtures("year")
def test_what_was_ready_is_not_read_once_a_row_is_written_again(engine: Engine) -> None:
    make_periods_ready(engine)
    random_days.store(engine, RIDES_OF, FIRST, TODAY, final_until=FINAL, seed=2)
    roll_up(engine)
    for name in ("2026-W09", "2026-02", "2026"):
        is_sum(engine, name)


@pytest.mark.usefixtures("year")
def test_a_year_before_the_first_day_asks_no_park_for_its_days(engine: Engine) -> None:
    with reading(engine) as connection:
        as_of = moment(connection)
        sums = PeriodSums(connection, as_of, period_named("2025"), as_of.parks.keys())
        asked_of: list[str] = []
        event.listen(connection, "before_execute", lambda _, statement, *__: asked_of.append(str(statement)))
        assert asked(sums, Days.PREVIOUS) == ({}, {})
    assert [one for one in asked_of if "FROM ride_daily_stats" in one] == []

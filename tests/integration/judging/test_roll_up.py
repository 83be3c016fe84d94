"""Weeks, months, years and period totals are sums of days: checked against sums made here."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date, timedelta
from typing import Any

import pytest
import random_days
from cycles import NOON, RIDES, add_parks, cycle, park, said
from recorded import rows
from sqlalchemy import Engine

from park_downtime.collection.store import store_cycle
from park_downtime.database.daily import save_day, set_provisional
from park_downtime.database.engine import reading, writing
from park_downtime.database.rolled_up import LEVELS, months_with_data
from park_downtime.database.totals import rebuild_totals
from park_downtime.judging.roll_up import roll_up
from park_downtime.model import PeriodTotal
from park_downtime.named_periods import PeriodKind
from park_downtime.statistics.days import ParkDay, RideDay
from park_downtime.statistics.measures import MEASURE_NAMES, PARK_MEASURE_NAMES, Measures, ParkMeasures

TODAY = date(2026, 3, 5)  # a Thursday
MONDAY, TUESDAY = date(2026, 3, 2), date(2026, 3, 3)
FIRST = TODAY - timedelta(days=70)  # of December
EXTREMES: dict[str, Callable[[Iterable[int]], int]] = {
    "wait_min": min,
    "wait_max": max,
    "longest_outage_seconds": max,
    "lowest_method": min,
    "highest_method": max,
}
RIDES_OF = {6: (1, 2, 3), 7: (4, 5)}


@pytest.fixture(autouse=True)
def parks(engine: Engine) -> None:
    add_parks(engine, park(6), park(7))
    store_cycle(engine, cycle(NOON, {6: (said(1), said(2), said(3)), 7: (said(4), said(5))}), RIDES)


@pytest.fixture
def seventy_days(engine: Engine, parks: None) -> None:
    random_days.store(engine, RIDES_OF, FIRST, TODAY, new={2: date(2026, 2, 10)}, seen=[MONDAY, TUESDAY])


def summed(found: list[dict[str, Any]], names: Iterable[str]) -> dict[str, int | None]:
    sums: dict[str, int | None] = {}
    for name in names:
        values = [row[name] for row in found if row[name] is not None]
        sums[name] = EXTREMES.get(name, sum)(values) if values else (None if name[:4] == "wait" else 0)
    return sums


def park_days(engine: Engine) -> list[dict[str, Any]]:
    """With what a park's day says under other names of how it was judged."""
    return [
        row
        | {"days_provisional": int(not row["is_final"]), "days_lost_known": row["days_with_data"]}
        | dict.fromkeys(("lowest_method", "highest_method"), row["method_version"])
        for row in rows(engine, "park_daily_stats")
    ]


def between(
    found: list[dict[str, Any]], key: str, first: date, last: date
) -> dict[int, list[dict[str, Any]]]:
    groups: dict[int, list[dict[str, Any]]] = {}
    for row in found:
        if first <= row["stat_date"] <= last:
            groups.setdefault(row[key], []).append(row)
    return groups


PERIODS = {
    PeriodKind.WEEK: (date(2026, 3, 2), date(2026, 3, 8)),
    PeriodKind.MONTH: (date(2026, 3, 1), date(2026, 3, 31)),
    PeriodKind.YEAR: (date(2026, 1, 1), date(2026, 12, 31)),
}


class TestRollUps:
    @pytest.fixture(autouse=True)
    def rolled_up(self, engine: Engine, seventy_days: None) -> None:
        """As the nights do it, as far as it matters: at the end of every week and month asked for."""
        with writing(engine) as connection:
            for day in (
                date(2025, 12, 31),
                date(2026, 1, 4),
                date(2026, 1, 31),
                date(2026, 2, 28),
                TODAY - timedelta(days=1),
                TODAY,
            ):
                roll_up(connection, [6, 7], day)

    def test_of_rides_are_sums_of_their_days(self, engine: Engine) -> None:
        for level in LEVELS:
            first, last = PERIODS[level.kind]
            days = between(rows(engine, "ride_daily_stats"), "ride_id", first, last)
            found = {row["ride_id"]: row for row in rows(engine, level.rides.name, period_start=first)}
            assert set(found) == set(days) == {1, 2, 3, 4, 5}
            for ride_id, of_ride in days.items():
                assert {name: found[ride_id][name] for name in MEASURE_NAMES} == summed(
                    of_ride, MEASURE_NAMES
                )

    def test_of_parks_are_sums_of_their_days(self, engine: Engine) -> None:
        names = (*MEASURE_NAMES, *PARK_MEASURE_NAMES)
        for level in LEVELS:
            first, last = PERIODS[level.kind]
            days = between(park_days(engine), "park_id", first, last)
            found = {row["park_id"]: row for row in rows(engine, level.parks.name, period_start=first)}
            assert set(found) == set(days) == {6, 7}
            for park_id, of_park in days.items():
                assert {name: found[park_id][name] for name in names} == summed(of_park, names)

    def test_months_with_data_are_those_with_a_day(self, engine: Engine) -> None:
        with reading(engine) as connection:
            assert months_with_data(connection, [6, 7]) == [
                date(2025, 12, 1), date(2026, 1, 1), date(2026, 2, 1), date(2026, 3, 1),
            ]  # fmt: skip
            assert months_with_data(connection, [8]) == []

    def test_of_last_year_has_only_its_own_days(self, engine: Engine) -> None:
        days = between(rows(engine, "ride_daily_stats"), "ride_id", date(2025, 1, 1), date(2025, 12, 31))
        found = {
            row["ride_id"]: row for row in rows(engine, "ride_yearly_stats", period_start=date(2025, 1, 1))
        }
        assert {ride_id: row["open_seconds"] for ride_id, row in found.items()} == {
            ride_id: sum(row["open_seconds"] for row in of_ride) for ride_id, of_ride in days.items()
        }

    def test_a_week_over_new_year_is_one_week(self, engine: Engine) -> None:
        days = between(rows(engine, "ride_daily_stats"), "ride_id", date(2025, 12, 29), date(2026, 1, 4))
        (row,) = rows(engine, "ride_weekly_stats", period_start=date(2025, 12, 29), ride_id=1)
        assert row["open_seconds"] == sum(day["open_seconds"] for day in days[1])

    def test_a_day_that_is_not_final_is_left_to_who_asks(self, engine: Engine) -> None:
        unfinished = TUESDAY
        with writing(engine) as connection:
            set_provisional(connection, 6, unfinished)
            roll_up(connection, [6, 7], TODAY)
        for level in LEVELS:
            first, _ = PERIODS[level.kind]
            parks = {row["park_id"]: row for row in rows(engine, level.parks.name, period_start=first)}
            assert parks[6]["last_date"] == unfinished - timedelta(days=1)
            assert parks[7]["last_date"] > unfinished
            days = between(park_days(engine), "park_id", first, unfinished - timedelta(days=1))
            assert parks[6]["open_seconds"] == sum(row["open_seconds"] for row in days[6])

    def test_without_a_final_day_there_is_no_row(self, engine: Engine) -> None:
        with writing(engine) as connection:
            set_provisional(connection, 6, MONDAY)
            roll_up(connection, [6, 7], TODAY)
        of_week = rows(engine, "park_weekly_stats", period_start=MONDAY)
        assert [row["park_id"] for row in of_week] == [7]
        assert {row["ride_id"] for row in rows(engine, "ride_weekly_stats", period_start=MONDAY)} == {4, 5}

    def test_again_they_are_the_same(self, engine: Engine) -> None:
        before = {level.kind: rows(engine, level.rides.name) for level in LEVELS}
        with writing(engine) as connection:
            roll_up(connection, [6, 7], TODAY)
        assert {level.kind: rows(engine, level.rides.name) for level in LEVELS} == before


DAYS_BEFORE_TODAY = {
    PeriodTotal.CURRENT_7: (6, 1),
    PeriodTotal.PREVIOUS_7: (13, 7),
    PeriodTotal.CURRENT_30: (29, 1),
    PeriodTotal.PREVIOUS_30: (59, 30),
    PeriodTotal.SEVEN_DAYS: (7, 1),
}


@pytest.mark.usefixtures("seventy_days")
class TestTotals:
    def test_are_sums_of_their_days(self, engine: Engine) -> None:
        with writing(engine) as connection:
            rebuild_totals(connection, RIDES_OF, TODAY)
        names = (*MEASURE_NAMES, *PARK_MEASURE_NAMES)
        for period, (first, last) in DAYS_BEFORE_TODAY.items():
            dates = (TODAY - timedelta(days=first), TODAY - timedelta(days=last))
            days = between(rows(engine, "ride_daily_stats"), "ride_id", *dates)
            found = {row["ride_id"]: row for row in rows(engine, "ride_period_totals", period=period)}
            assert {key: {name: row[name] for name in MEASURE_NAMES} for key, row in found.items()} == {
                key: summed(of_ride, MEASURE_NAMES) for key, of_ride in days.items()
            }
            of_parks = between(park_days(engine), "park_id", *dates)
            parks = {row["park_id"]: row for row in rows(engine, "park_period_totals", period=period)}
            assert {key: {name: row[name] for name in names} for key, row in parks.items()} == {
                key: summed(of_park, names) for key, of_park in of_parks.items()
            }

    def test_move_on_with_the_date(self, engine: Engine) -> None:
        with writing(engine) as connection:
            rebuild_totals(connection, [6], TODAY - timedelta(days=1))
            rebuild_totals(connection, [6], TODAY)
        assert {
            row["last_date"] for row in rows(engine, "park_period_totals", period=PeriodTotal.CURRENT_7)
        } == {TODAY - timedelta(days=1)}


class TestTrends:
    """Two weeks of one ride: 10 % of the time down, then 15 %."""

    @staticmethod
    def days(engine: Engine, down_before: int, down_now: int, unknown_before: int = 0) -> float | None:
        with writing(engine) as connection:
            connection.exec_driver_sql("DELETE FROM ride_daily_stats")
            connection.exec_driver_sql("DELETE FROM park_daily_stats")
            for day, down, unknown in (
                (date(2026, 2, 24), down_before, unknown_before),
                (TODAY, down_now, 0),
            ):
                parts = Measures(
                    open_seconds=36_000 - down, downtime_seconds=down,
                    unknown_seconds=unknown, expected_seconds=36_000 + unknown, days_operated=1,
                )  # fmt: skip
                save_day(
                    connection, 6, ParkDay(day, ParkMeasures(), {1: RideDay(1, parts)}, []), is_final=True
                )
                roll_up(connection, [6], day)
        (row,) = rows(engine, "ride_weekly_stats", ride_id=1, period_start=date(2026, 3, 2))
        trend: float | None = row["trend_percentage"]
        return trend

    def test_are_against_the_week_before(self, engine: Engine) -> None:
        assert self.days(engine, down_before=3600, down_now=5400) == pytest.approx(50.0)

    def test_are_unknown_without_downtime_before(self, engine: Engine) -> None:
        assert self.days(engine, down_before=0, down_now=5400) is None

    def test_are_unknown_where_neither_week_has_an_hour_of_downtime(self, engine: Engine) -> None:
        assert self.days(engine, down_before=1200, down_now=3599) is None
        assert self.days(engine, down_before=1200, down_now=3600) == pytest.approx(200.0)

    def test_are_unknown_where_less_than_half_was_observed_before(self, engine: Engine) -> None:
        assert self.days(engine, down_before=3600, down_now=5400, unknown_before=36_001) is None

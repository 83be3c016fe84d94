"""History made up from the newest day back: whatever interrupts it, the end is the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import pairwise
from pathlib import Path
from typing import Any

import pytest
from databases import migrate_database
from sqlalchemy import Engine, func, select

from park_downtime.database.engine import make_engine, reading
from park_downtime.database.schema import migrate
from park_downtime.database.statistics_tables import (
    aggregation_log,
    park_daily_stats,
    park_monthly_stats,
    park_operating_sessions,
    park_period_totals,
    park_weekly_stats,
    park_yearly_stats,
    ride_closures,
    ride_daily_stats,
    ride_edges,
    ride_monthly_stats,
    ride_period_totals,
    ride_weekly_stats,
    ride_yearly_stats,
)
from park_downtime.database.tables import collection_cycles, park_runs, ride_runs
from park_downtime.model import StretchKind
from park_downtime.simulator.backfill import (
    backfill,
    begin_history,
    days_there,
    fill_history,
    is_behind,
)
from park_downtime.simulator.backfill_days import made_day
from park_downtime.simulator.worlds import synthetic_world

WORLD = synthetic_world(3, 5)
NOON = datetime(2026, 7, 20, 18, tzinfo=UTC)
FIRST_DAY = NOON.date() - timedelta(days=24)
STATISTICS = (
    park_daily_stats,
    park_monthly_stats,
    park_operating_sessions,
    park_period_totals,
    park_weekly_stats,
    park_yearly_stats,
    ride_daily_stats,
    ride_edges,
    ride_monthly_stats,
    ride_closures,
    ride_period_totals,
    ride_weekly_stats,
    ride_yearly_stats,
)
EVERYTHING = (*STATISTICS, aggregation_log, park_runs, ride_runs)
OF_THE_MAKING = {"outage_id", "started_at", "finished_at", "attempts"}


class Killed(Exception):
    """Stands for the end of the process."""


def rows(engine: Engine, *tables: Any) -> dict[str, list[tuple[Any, ...]]]:
    """Of each table, without numbers and times that tell when a row was made.

    Trends to two decimals: MariaDB keeps six digits of them, SQLite all.
    """
    found = {}
    with reading(engine) as connection:
        for table in tables:
            left_out = OF_THE_MAKING if table is aggregation_log else {"outage_id", "known_at"}
            columns = [column for column in table.c if column.name not in left_out]
            found[table.name] = sorted(
                (tuple(map(_to_two_decimals, row)) for row in connection.execute(select(*columns))), key=repr
            )
    return found


def _to_two_decimals(value: Any) -> Any:
    return round(value, 2) if isinstance(value, float) else value


@pytest.fixture
def another(tmp_path: Path) -> Engine:
    url = f"sqlite:///{tmp_path / 'another.sqlite'}"
    migrate_database(url)
    return make_engine(url)


def test_made_in_pieces_it_is_what_it_is_made_at_once(engine: Engine, another: Engine) -> None:
    backfill(another, WORLD, FIRST_DAY, NOON)
    begin_history(engine, WORLD, FIRST_DAY, NOON)
    told: list[tuple[int, int]] = []

    def kill_in_between(done: int, total: int) -> None:
        told.append((done, total))
        if len(told) in (2, 4):
            raise Killed

    for _ in range(2):
        with pytest.raises(Killed):
            fill_history(engine, WORLD, NOON, lambda: NOON, kill_in_between)
    fill_history(engine, WORLD, NOON, lambda: NOON, kill_in_between)
    assert told == [(1, 24), (6, 24), (6, 24), (11, 24), (11, 24), (16, 24), (23, 24), (24, 24)]
    assert rows(engine, *EVERYTHING) == rows(another, *EVERYTHING)


def test_the_newest_days_come_first(sqlite_engine: Engine) -> None:
    begin_history(sqlite_engine, WORLD, FIRST_DAY, NOON)
    assert days_there(sqlite_engine, WORLD, NOON) == (1, 24)
    assert _days(sqlite_engine) == {NOON.date(), NOON.date() - timedelta(days=1)}

    def kill_after_the_first(done: int, _: int) -> None:
        if done > 1:
            raise Killed

    with pytest.raises(Killed):
        fill_history(sqlite_engine, WORLD, NOON, lambda: NOON, kill_after_the_first)
    assert _days(sqlite_engine) == {NOON.date() - timedelta(days=n) for n in range(7)}


def test_periods_are_the_sums_of_the_days_that_are_there(sqlite_engine: Engine) -> None:
    begin_history(sqlite_engine, WORLD, FIRST_DAY, NOON)
    with reading(sqlite_engine) as connection:
        c, day = park_period_totals.c, park_daily_stats.c
        of_days = select(day.park_id, day.open_seconds).where(day.stat_date < NOON.date())
        yesterdays = {(row.park_id, row.open_seconds) for row in connection.execute(of_days)}
        of_periods = select(c.park_id, c.open_seconds).where(c.open_seconds > 0)
        sums = {(row.park_id, row.open_seconds) for row in connection.execute(of_periods)}
    assert sums == yesterdays


def test_the_time_between_two_starts_leaves_no_hole(sqlite_engine: Engine, another: Engine) -> None:
    later = NOON + timedelta(days=4, hours=5, minutes=3)
    backfill(sqlite_engine, WORLD, FIRST_DAY, NOON)
    assert not is_behind(sqlite_engine, NOON + timedelta(minutes=9))
    assert is_behind(sqlite_engine, later)
    begin_history(sqlite_engine, WORLD, later.date(), later)
    assert days_there(sqlite_engine, WORLD, later) == (25, 28)
    fill_history(sqlite_engine, WORLD, later, lambda: later)
    backfill(another, WORLD, FIRST_DAY, later)
    assert rows(sqlite_engine, *STATISTICS) == rows(another, *STATISTICS)


def test_cycles_are_there_once_for_the_days_whose_runs_are_kept(sqlite_engine: Engine) -> None:
    later = NOON + timedelta(days=1)
    backfill(sqlite_engine, WORLD, FIRST_DAY, NOON)
    begin_history(sqlite_engine, WORLD, later.date(), later)
    with reading(sqlite_engine) as connection:
        at = list(
            connection.scalars(
                select(collection_cycles.c.recorded_at).order_by(collection_cycles.c.recorded_at)
            )
        )
    steps = {after - before for before, after in pairwise(at)}
    assert steps == {timedelta(minutes=10)}
    assert at[-1] == later - timedelta(minutes=10)


def test_an_empty_database_is_behind(tmp_path: Path) -> None:
    engine = make_engine(f"sqlite:///{tmp_path / 'empty.sqlite'}")
    migrate(engine)
    assert is_behind(engine, NOON)


def _days(engine: Engine) -> set[Any]:
    with reading(engine) as connection:
        return set(connection.scalars(select(park_daily_stats.c.stat_date)))


def test_the_edges_of_days_are_judged_by_the_days_before(sqlite_engine: Engine, another: Engine) -> None:
    backfill(sqlite_engine, WORLD, FIRST_DAY, NOON)
    with reading(sqlite_engine) as connection:
        edges = ride_edges.c.started_at
        first = connection.scalar(select(func.min(edges)))
        last = connection.scalar(select(func.max(edges)))
        called = set(
            connection.scalars(
                select(ride_closures.c.stat_date).where(ride_closures.c.kind != StretchKind.OUTAGE)
            )
        )
    assert first is not None and last is not None
    assert (first.date(), last.date()) == (FIRST_DAY, NOON.date() - timedelta(days=1))
    assert called
    assert min(called) >= FIRST_DAY + timedelta(days=5)


def test_killed_while_it_judges_the_edges_it_goes_on(
    sqlite_engine: Engine, another: Engine, monkeypatch: pytest.MonkeyPatch
) -> None:
    backfill(another, WORLD, FIRST_DAY, NOON)
    begin_history(sqlite_engine, WORLD, FIRST_DAY, NOON)
    made_with_habits = []

    def killed_in_the_middle(*given: Any) -> Any:
        if len(given) == 4:
            made_with_habits.append(given[1])
        if len(made_with_habits) == 20:
            raise Killed
        return made_day(*given)

    with monkeypatch.context() as patched:
        patched.setattr("park_downtime.simulator.backfill.made_day", killed_in_the_middle)
        with pytest.raises(Killed):
            fill_history(sqlite_engine, WORLD, NOON, lambda: NOON)
    fill_history(sqlite_engine, WORLD, NOON, lambda: NOON)
    assert rows(sqlite_engine, *EVERYTHING) == rows(another, *EVERYTHING)

"""Some faults of `make faults`, on a smaller day: what was not observed is unknown, the rest is equal."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from faults.bench import Bench
from faults.comparison import unequal
from faults.disturbances import Down, Quirky, WrongClock
from faults.rows import rows_of
from faults.scenario import AFTERNOON, HOUR, Scenario, small_world
from faults.site import Undisturbed
from sqlalchemy import update

from park_downtime.database.engine import make_engine, writing
from park_downtime.database.statistics_tables import ride_daily_stats

SMALL_DAY = Scenario(
    small_world(5, 316),
    datetime(2026, 7, 14, 14, 0, tzinfo=UTC),
    datetime(2026, 7, 15, 7, 0, tzinfo=UTC),
    timedelta(minutes=20),
)
PARKS = 2


@pytest.fixture(scope="module")
def bench(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Bench]:
    bench = Bench(tmp_path_factory.mktemp("faults"), SMALL_DAY)
    yield bench
    bench.close()


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Down(), id="nobody listens"),
        pytest.param(Quirky("*:html=1", AFTERNOON, AFTERNOON + HOUR), id="a page instead of JSON"),
        pytest.param(WrongClock(-HOUR, timedelta(0)), id="our clock is behind"),
        pytest.param(WrongClock(HOUR, timedelta(0)), id="our clock is ahead"),
    ],
)
def test_a_lost_hour_is_unknown_and_nothing_else_changes(bench: Bench, fault: Undisturbed) -> None:
    assert bench.unexplained_by(fault, bench.files.url("lost"), PARKS * 60) == []


def test_an_undisturbed_day_is_equal(bench: Bench) -> None:
    assert bench.lost_by(Undisturbed(), bench.files.url("again")) == []


def test_one_wrong_second_is_found(bench: Bench) -> None:
    url = bench.files.url("wrong")
    with bench.site(SMALL_DAY, url) as site:
        site.run()
    engine = make_engine(url)
    with writing(engine) as connection:
        connection.execute(
            update(ride_daily_stats)
            .where(ride_daily_stats.c.ride_id == 151)
            .values(open_seconds=ride_daily_stats.c.open_seconds + 1)
        )
    found = unequal(bench.undisturbed_day, rows_of(engine))
    engine.dispose()
    assert found != []


def test_a_lost_hour_that_was_to_be_longer_is_wrong(bench: Bench, tmp_path: Path) -> None:
    assert bench.unexplained_by(Down(), bench.files.url("lost"), PARKS * 90) != []

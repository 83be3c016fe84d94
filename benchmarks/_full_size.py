"""A database of full size, built in a minute or two: 100 parks, 5,000 rides, a year of statistics
(`BENCH_YEARS=5`: five of them).

Reference data, today and the last cycle are made by the program itself; what lies behind is plausible
and written in bulk, day by day, so that pages fill and split as they would.
"""

from __future__ import annotations

import logging
import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from sqlalchemy import Engine, text

from benchmarks._bulk import Bulk
from benchmarks._databases import database
from benchmarks._history import History
from benchmarks._rank_sets import add_rank_sets
from benchmarks._raw import add_raw
from benchmarks._world import register
from park_downtime.classification.classifier import Classifier
from park_downtime.collection.store import store_cycle
from park_downtime.database.engine import make_engine, writing
from park_downtime.database.rank_intervals import forget_set, known_sets
from park_downtime.database.schema import migrate
from park_downtime.database.tables import metadata
from park_downtime.feed.readings import read_payload
from park_downtime.jobs.prune import ACTIVITY_RETENTION, CYCLE_RETENTION
from park_downtime.judging.close_day import close_park_day
from park_downtime.judging.park_history import load
from park_downtime.judging.refold import refold, store_refolded
from park_downtime.model import Cycle
from park_downtime.periods import DAY, start_of_day
from park_downtime.reports.make_ready import make_periods_ready
from park_downtime.simulator.payload import queue_times_json
from park_downtime.simulator.worlds import synthetic_world

PARKS, RIDES = 100, 50
YEARS = int(os.environ.get("BENCH_YEARS", "1"))
DAYS_OF_YEAR = 365
TODAY = date(2026, 7, 15)
YESTERDAY = TODAY - timedelta(days=1)
NOW = datetime(2026, 7, 15, 20, 0, tzinfo=UTC)  # afternoon everywhere
INTERVAL = timedelta(minutes=10)
KEEP = "BENCH_KEEP"  # a folder in which databases are kept for the next benchmark


@contextmanager
def full_size(
    engine_name: str, night_is_due: bool = False, years: int = YEARS, *, is_used_up: bool = False
) -> Iterator[str]:
    """Its URL. `night_is_due`: yesterday has all of its raw rows and is not closed yet. `is_used_up`: what
    is done to it is not to be undone, so that one kept for the next benchmark is copied first.
    """
    kept = os.environ.get(KEEP)
    if kept is None:
        with database(engine_name) as url:
            build(url, night_is_due, years)
            yield url
        return
    folder = Path(kept) / f"{engine_name}-{'due' if night_is_due else 'closed'}-{years}"
    built = folder / "built"
    if not built.exists():
        with database(engine_name, folder) as url:
            build(url, night_is_due, years)
            built.touch()
    if not is_used_up:
        with database(engine_name, folder) as url:
            yield url
        return
    with tempfile.TemporaryDirectory(prefix="used-up-", dir=kept) as copy:
        shutil.copytree(folder, copy, dirs_exist_ok=True)
        with database(engine_name, Path(copy)) as url:
            yield url


def open_night(engine: Engine) -> None:
    """Make yesterday's night due again."""
    with writing(engine) as connection:
        yesterday = {"day": str(YESTERDAY)}
        connection.execute(text("UPDATE park_daily_stats SET is_final = 0 WHERE stat_date = :day"), yesterday)
        connection.execute(text("DELETE FROM aggregation_log WHERE local_date = :day"), yesterday)
        for made in known_sets(connection):
            if made.last_date == YESTERDAY:
                forget_set(connection, made.set_id)


def build(url: str, night_is_due: bool, years: int) -> None:
    # Today is closed for the first time, so that its runs are folded: that they are new is no news.
    logging.getLogger("park_downtime").setLevel(logging.CRITICAL)
    engine = make_engine(url)
    migrate(engine)
    world = synthetic_world(PARKS, RIDES)
    first = TODAY - timedelta(days=DAYS_OF_YEAR * years)
    parks = register(engine, world, datetime(first.year, first.month, first.day, tzinfo=UTC))
    bulk = Bulk(engine)
    bulk.run("UPDATE ride_classifications SET tier = 1 + ride_id % 3")
    history = History(bulk, world, parks)
    history.add_days(first, YESTERDAY, None if night_is_due else YESTERDAY)
    history.add_roll_ups(first, YESTERDAY - DAY if night_is_due else YESTERDAY)
    history.add_edges([TODAY - timedelta(days=back) for back in range(70, 1 if night_is_due else 0, -1)])
    ride_ids = [ride.ride_id for park in world.parks.values() for ride in park.rides]
    add_rank_sets(bulk, engine, [*world.parks], ride_ids, first, YESTERDAY - DAY)
    raw_from = NOW - timedelta(days=1)
    if night_is_due:
        raw_from = min(start_of_day(YESTERDAY, park.zone) for park in parks)
    history.add_runs([TODAY - timedelta(days=back) for back in range(7, 1 if night_is_due else 0, -1)])
    history.add_cycles(NOW - CYCLE_RETENTION, NOW - ACTIVITY_RETENTION, raw_from)
    add_raw(bulk, world, raw_from, NOW)
    for park in parks:
        with writing(engine) as connection:
            if night_is_due:
                folded = refold(connection, park, YESTERDAY, load(connection, park, YESTERDAY, YESTERDAY))
                assert folded is not None
                store_refolded(connection, park, YESTERDAY, folded)
            close_park_day(connection, park, TODAY, NOW - INTERVAL)  # provisional: its session is open
    payloads = tuple(read_payload(i, queue_times_json(world, i, NOW), NOW) for i in world.parks)
    store_cycle(engine, Cycle(NOW, int(INTERVAL.total_seconds()), payloads), Classifier.load())
    make_periods_ready(engine)
    # What InnoDB does by itself in the course of time.
    bulk.run("ANALYZE" if engine.dialect.name == "sqlite" else f"ANALYZE TABLE {', '.join(metadata.tables)}")
    engine.dispose()

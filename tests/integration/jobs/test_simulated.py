"""What the simulator made up marks the database that stores it, by whatever way it comes."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import cycles
import pytest
from cycles import RIDES, cycle, park, said
from scripted_server import ScriptedServer, answer
from sqlalchemy import Engine

from park_downtime.collection.spool import Spool
from park_downtime.collection.store import store_cycle
from park_downtime.config.settings import Settings, load
from park_downtime.database.engine import make_engine, reading
from park_downtime.database.version import is_simulated
from park_downtime.feed.client import QueueTimes
from park_downtime.jobs.collect import collect
from park_downtime.simulator.backfill import backfill
from park_downtime.simulator.payload import park_list_json, queue_times_json
from park_downtime.simulator.server import SimulatedFeedServer
from park_downtime.simulator.worlds import synthetic_world

AT = datetime(2026, 5, 3, 19, 0, tzinfo=UTC)
WORLD = synthetic_world(1, 4)


@pytest.fixture
def simulated() -> Iterator[SimulatedFeedServer]:
    with SimulatedFeedServer(WORLD, lambda: AT) as server:
        yield server


def settings(url: str, tmp_path: Path) -> Settings:
    return load({"QUEUE_TIMES_URL": url, "SPOOL_DIR": str(tmp_path / "spool")})


def collect_from(engine: Engine, url: str, tmp_path: Path, at: datetime = AT) -> None:
    with QueueTimes(url, attempts=1) as client:
        collect(engine, settings(url, tmp_path), at, client, RIDES, deadline_seconds=20)


def is_marked(engine: Engine) -> bool:
    with reading(engine) as connection:
        return is_simulated(connection)


def test_a_cycle_of_the_simulated_feed_marks(
    engine: Engine, simulated: SimulatedFeedServer, tmp_path: Path
) -> None:
    collect_from(engine, simulated.url, tmp_path)
    assert is_marked(engine)


def test_a_cycle_of_a_feed_that_does_not_say_so_does_not(engine: Engine, tmp_path: Path) -> None:
    answers = answer(park_list_json(WORLD)), answer(queue_times_json(WORLD, 1, AT))
    with ScriptedServer(*answers) as feed:
        collect_from(engine, feed.url, tmp_path)
    assert cycles.count(engine, "ride_status_snapshots") == 4
    assert not is_marked(engine)


def test_the_real_feed_mixed_in_later_leaves_the_mark(
    engine: Engine, simulated: SimulatedFeedServer, tmp_path: Path
) -> None:
    collect_from(engine, simulated.url, tmp_path)
    later = AT + timedelta(minutes=10)
    answers = answer(park_list_json(WORLD)), answer(queue_times_json(WORLD, 1, later))
    with ScriptedServer(*answers) as feed:
        collect_from(engine, feed.url, tmp_path / "other", later)
    assert cycles.count(engine, "ride_status_snapshots") == 8
    assert is_marked(engine)


def test_the_simulated_feed_mixed_in_later_marks(engine: Engine) -> None:
    cycles.add_parks(engine, park(5))
    first = cycle(cycles.NOON, {5: (said(51),)})
    store_cycle(engine, first, RIDES)
    assert not is_marked(engine)
    store_cycle(engine, replace(first, recorded_at=cycles.after(10), is_simulated=True), RIDES)
    assert is_marked(engine)


def test_a_cycle_that_waited_on_disk_still_marks(
    engine: Engine, simulated: SimulatedFeedServer, tmp_path: Path
) -> None:
    spool = Spool(tmp_path / "spool")
    collect_from(engine, simulated.url, tmp_path / "elsewhere")  # its list of tracked parks is needed
    spool.keep_tracked(Spool(tmp_path / "elsewhere" / "spool").tracked())
    away = make_engine("mysql://nobody@127.0.0.1:1/nothing")
    collect_from(away, simulated.url, tmp_path)
    away.dispose()
    (waiting,) = spool.waiting()
    kept = spool.read(waiting)
    assert kept is not None
    assert kept.is_simulated


def test_made_up_history_marks(engine: Engine) -> None:
    backfill(engine, WORLD, date(2026, 5, 1), AT)
    assert is_marked(engine)

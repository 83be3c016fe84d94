"""A backup taken while cycles are stored is one moment of them: restored, then caught up, it is equal."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from databases import create_database, drop_database
from deployment import Deployment
from sqlalchemy import Connection, event, text
from waiting import PATIENCE_SECONDS

from park_downtime.classification.classifier import Classifier
from park_downtime.collection.store import store_cycle
from park_downtime.database.cycles import cycle_at
from park_downtime.database.engine import make_engine, reading
from park_downtime.database.statistics_tables import data_version
from park_downtime.database.tables import collection_cycles
from park_downtime.database.transfer import ALL_TABLES, plain_rows
from park_downtime.feed.readings import read_payload
from park_downtime.model import Cycle, CycleOutcome
from park_downtime.simulator.backfill import backfill
from park_downtime.simulator.payload import queue_times_json
from park_downtime.simulator.worlds import synthetic_world

WORLD = synthetic_world(8, 20)
FIRST_DAY = date(2026, 5, 20)
NOON = datetime(2026, 7, 14, 16, tzinfo=UTC)  # noon in New York: parks are open
INTERVAL = timedelta(minutes=10)
CLASSIFIER = Classifier.load()
NOT_COMPARED = {collection_cycles.name: {"store_seconds"}, data_version.name: {"version"}}
"""How long it took, and how many steps it took."""


def cycle(number: int) -> Cycle:
    """The feed's `number`-th one after noon."""
    at = NOON + number * INTERVAL
    parks = tuple(read_payload(park, queue_times_json(WORLD, park, at), at) for park in WORLD.parks)
    return Cycle(at, int(INTERVAL.total_seconds()), parks)


@dataclass
class Collector:
    """Stores cycle after cycle, as fast as it can, until it is told to stop."""

    url: str
    stored: list[Cycle] = field(default_factory=list)
    commits: int = 0
    """Each park of a cycle is one."""
    _stopping: threading.Event = field(default_factory=threading.Event)
    _step: threading.Condition = field(default_factory=threading.Condition)

    def __enter__(self) -> Collector:
        self._thread = threading.Thread(target=self._work)
        self._thread.start()
        self.await_cycles(1)
        return self

    def __exit__(self, *_: object) -> None:
        self._stopping.set()
        self._thread.join()

    def await_cycles(self, more: int) -> None:
        with self._step:
            wanted = len(self.stored) + more
            assert self._step.wait_for(lambda: len(self.stored) >= wanted, timeout=PATIENCE_SECONDS), (
                "nothing is stored"
            )

    def _count(self, _: Connection) -> None:
        self.commits += 1

    def _work(self) -> None:
        engine = make_engine(self.url)
        event.listen(engine, "commit", self._count)
        number = 0
        while not self._stopping.is_set():
            number += 1
            done = cycle(number)
            store_cycle(engine, done, CLASSIFIER)
            with self._step:
                self.stored.append(done)
                self._step.notify_all()
        engine.dispose()


@pytest.fixture
def busy(
    required_parts: None, open_folder: Path, mariadb_server_url: str, worker: str
) -> Iterator[Deployment]:
    """An installation of its own with eight weeks of history, without a web server."""
    found = Deployment(open_folder / "busy")
    name = f"busy_{worker}"
    found.set_up_database(mariadb_server_url, name, name)
    found.deploy_backend("--first")
    engine = make_engine(found.database_url("jobs"))
    backfill(engine, WORLD, FIRST_DAY, NOON)
    engine.dispose()
    yield found
    drop_database(mariadb_server_url, name)


@pytest.fixture
def empty_url(busy: Deployment, mariadb_server_url: str, worker: str) -> Iterator[str]:
    """An empty database beside it, that the role of migrations may use."""
    name = f"brought_back_{worker}"
    url = create_database(mariadb_server_url, name)
    administrator = make_engine(url)
    with administrator.begin() as connection:
        connection.execute(text(f"GRANT ALL ON {name}.* TO 'busy_{worker}_migrate'@'%'"))
    administrator.dispose()
    yield url
    drop_database(mariadb_server_url, name)


def everything(url: str) -> dict[str, list[dict[str, Any]]]:
    engine = make_engine(url)
    with reading(engine) as connection:
        found = {
            table.name: [
                {
                    column.name: value
                    for column, value in zip(table.columns, row, strict=True)
                    if column.name not in NOT_COMPARED.get(table.name, ())
                }
                for row in plain_rows(connection, table)
            ]
            for table in ALL_TABLES
        }
    engine.dispose()
    return found


def catch_up(url: str, cycles: list[Cycle]) -> int:
    """Store those that are not there as a whole; answers how many these are."""
    engine = make_engine(url)
    late = 0
    for done in cycles:
        with reading(engine) as connection:
            known = cycle_at(connection, done.recorded_at)
        if known is None or known.outcome is not CycleOutcome.COMPLETE:
            store_cycle(engine, done, CLASSIFIER)
            late += 1
    engine.dispose()
    return late


def test_a_backup_taken_while_cycles_are_stored_is_one_moment_of_them(
    busy: Deployment, empty_url: str
) -> None:
    source = busy.database_url("jobs")
    with Collector(source) as collector:
        stored, commits = len(collector.stored), collector.commits
        backup = busy.script("backup.sh").stdout.strip()
        commits = collector.commits - commits
        collector.await_cycles(1)
    busy.script("restore.sh", backup, "--database", empty_url.rpartition("/")[2])

    late = catch_up(empty_url, collector.stored)
    assert commits >= 8, "there was hardly any load during the backup"
    assert 1 <= late <= len(collector.stored) - stored
    restored, original = everything(empty_url), everything(source)
    assert len(original["ride_daily_stats"]) > 5_000
    assert [name for name in original if restored[name] != original[name]] == []

"""The shipped crontab, every job due every minute, run by cron itself against the simulated feed."""

from __future__ import annotations

import fcntl
import gzip
import json
import os
import re
import threading
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path
from pwd import getpwnam
from typing import Any

import cron_daemon
import pytest
from cron_daemon import Cron, every_minute
from databases import drop_database
from deployment import CHECKOUT, Deployment
from sqlalchemy import Engine, func, select
from waiting import wait_until

from park_downtime.clock import utc_now
from park_downtime.database.engine import make_engine, reading
from park_downtime.database.statistics_tables import aggregation_log
from park_downtime.database.tables import collection_cycles, ride_runs, ride_status_snapshots
from park_downtime.model import CycleOutcome, ZoneDayStatus
from park_downtime.simulator.backfill import backfill
from park_downtime.simulator.quirks import parse_quirks
from park_downtime.simulator.server import SimulatedFeedServer
from park_downtime.simulator.worlds import synthetic_world

SHIPPED = (CHECKOUT / "deployment" / "cron" / "park-downtime").read_text("utf-8")
LIMITS = {"collect": 540, "aggregate": 1800, "prune": 1200, "classify": 900}
WORLD = synthetic_world(4, 6)
SILENCE = timedelta(days=2)
"""So long has nothing been collected when cron starts: days wait to be closed, and runs to go."""
SHORT_LIMIT = 4
NICE = min(os.nice(0) + 10, 19)
"""Ten above cron, which is as nice as these tests are; the kernel knows nothing nicer than 19."""
SOME_MINUTES = 400.0
"""Cron starts at full minutes, and each of its jobs may need one on a busy machine."""

Need = Callable[[str | None], None]
Event = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Started:
    """A job as it was seen among the processes: `timeout`, which starts the program and ends it."""

    seconds: int
    user_id: int
    niceness: int


@dataclass
class Minutes:
    """What came of some minutes of cron."""

    engine: Engine
    deployment: Deployment
    began: datetime
    started: dict[str, set[Started]] = field(default_factory=lambda: defaultdict(set))
    quiet_mail: str = ""
    """What cron would have mailed while nothing was wrong."""
    mail: str = ""

    @property
    def events(self) -> list[Event]:
        log = self.deployment.folder / "log" / "jobs.log"
        return [json.loads(line) for line in log.read_text("utf-8").splitlines()] if log.exists() else []

    def said(self, event: str) -> list[Event]:
        return [line for line in self.events if line["event"] == event]

    @property
    def cycles(self) -> list[Any]:
        """Complete ones of cron."""
        query = (
            select(collection_cycles)
            .where(collection_cycles.c.recorded_at >= self.began)
            .where(collection_cycles.c.outcome == CycleOutcome.COMPLETE)
            .order_by(collection_cycles.c.recorded_at)
        )
        with reading(self.engine) as connection:
            return list(connection.execute(query))

    @property
    def backups(self) -> list[Path]:
        return sorted((self.deployment.folder / "backups").glob("*.sql.gz"))


@contextmanager
def watching(root: Path, found: dict[str, set[Started]]) -> Iterator[None]:
    """Note every `timeout SECONDS python -m park_downtime.cli JOB` of this installation."""
    stopping = threading.Event()
    watcher = threading.Thread(target=_watch, args=(root, found, stopping))
    watcher.start()
    try:
        yield
    finally:
        stopping.set()
        watcher.join()


def _watch(root: Path, found: dict[str, set[Started]], stopping: threading.Event) -> None:
    while not stopping.wait(0.05):
        for job, started in at_work(root):
            found[job].add(started)


def at_work(root: Path) -> Iterator[tuple[str, Started]]:
    for process in Path("/proc").glob("[0-9]*"):
        try:
            words = (process / "cmdline").read_text("utf-8", "replace").split("\0")
            if words[0] == "timeout" and words[3].startswith(str(root)):
                niceness = int((process / "stat").read_text().rpartition(")")[2].split()[16])
                yield words[6], Started(int(words[2]), process.stat().st_uid, niceness)
        except (FileNotFoundError, ProcessLookupError, IndexError):
            continue


@pytest.fixture(scope="module")
def feed() -> Iterator[SimulatedFeedServer]:
    with SimulatedFeedServer(WORLD, utc_now) as server:
        yield server


@pytest.fixture(scope="module")
def clockwork(
    required_parts: None,
    need: Need,
    feed: SimulatedFeedServer,
    open_folder: Path,
    mariadb_server_url: str,
    worker: str,
) -> Iterator[Deployment]:
    """An installation whose jobs ask the simulated feed; it has stood still for two days."""
    need(cron_daemon.missing_part())
    found = Deployment(open_folder / "clockwork")
    found.write_settings(
        "jobs", QUEUE_TIMES_URL=feed.url, COLLECT_INTERVAL_MINUTES="1", TRACKED_CONTINENTS="*"
    )
    name = f"clockwork_{worker}"
    found.set_up_database(mariadb_server_url, name, name)
    found.deploy_backend("--first")
    engine = make_engine(found.database_url("jobs"))
    until = utc_now() - SILENCE
    backfill(engine, WORLD, until.date() - timedelta(days=12), until)
    engine.dispose()
    yield found
    drop_database(mariadb_server_url, name)


def adapted(deployment: Deployment, mail: Path) -> str:
    """Every minute, in the folders of the test, and with a file in the place of root's mail."""
    table = every_minute(SHIPPED).replace("/opt/park-downtime", str(deployment.root))
    table = re.sub(r"(?<=\d)$|(?<=>/dev/null)$", f" 2>>{mail}", table, flags=re.MULTILINE)
    places = (line for line in deployment.environment.items() if line[0].startswith("PARK_"))
    return "".join(f"{name}={value}\n" for name, value in places) + table


@pytest.fixture(scope="module")
def minutes(clockwork: Deployment, feed: SimulatedFeedServer) -> Iterator[Minutes]:
    """First all goes well; then one aggregation is still at work; then the feed leaves collect waiting."""
    mail = clockwork.folder / "mail"
    mail.touch()
    engine = make_engine(clockwork.database_url("jobs"))
    found = Minutes(engine, clockwork, datetime.now(UTC).replace(microsecond=0))
    with watching(clockwork.root, found.started), Cron(clockwork.folder / "cron") as cron:

        def wait(what: str, happened: Callable[[], object]) -> None:
            def look() -> tuple[object, str, list[Event]]:
                assert cron.complaint() is None, cron.complaint()
                return happened(), mail.read_text("utf-8"), found.events[-5:]

            wait_until(what, look, lambda seen: seen[0], seconds=SOME_MINUTES)

        table = adapted(clockwork, mail)
        cron.follow(table)
        wait(
            "every job",
            lambda: all(found.said(event) for event in ("pruned", "aggregated", "rides classified")),
        )
        wait("a backup", lambda: found.backups)
        with (clockwork.folder / "run" / "aggregate.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            wait("leaving out", lambda: any(line["job"] == "aggregate" for line in found.said(LEFT_OUT)))
        wait("a second cycle", lambda: len(found.cycles) >= 2)
        found.quiet_mail = mail.read_text("utf-8")
        feed.set_quirks(parse_quirks("*:slow=60"))
        cron.follow(re.sub(r"collect \d+", f"collect {SHORT_LIMIT}", table))
        wait("the end of a job that hangs", lambda: "ended" in mail.read_text("utf-8"))
        wait("the end of the others", lambda: not list(at_work(clockwork.root)))
        found.mail = mail.read_text("utf-8")
    feed.set_quirks(parse_quirks(""))
    yield found
    engine.dispose()


LEFT_OUT = "job left out: the one before is still at work"


def test_the_crontab_is_the_shipped_one_with_other_times_and_places_alone() -> None:
    changed = every_minute(SHIPPED)
    assert changed.count("* * * * *  root  ") == len(LIMITS) + 1
    commands = [line.partition("root ")[2] for line in SHIPPED.splitlines()]
    assert [line.partition("root ")[2] for line in changed.splitlines()] == commands


def test_cycles_land_one_after_another(minutes: Minutes) -> None:
    assert len(minutes.cycles) >= 2
    assert {cycle.parks_ok for cycle in minutes.cycles} == {len(WORLD.parks)}


def test_readings_of_each_ride_are_stored(minutes: Minutes) -> None:
    query = select(func.count()).where(ride_status_snapshots.c.recorded_at == minutes.cycles[0].recorded_at)
    with reading(minutes.engine) as connection:
        assert connection.scalar(query) == 4 * 6


def test_aggregation_closes_the_days_that_waited(minutes: Minutes) -> None:
    closed = (
        select(func.count())
        .select_from(aggregation_log)
        .where(aggregation_log.c.status == ZoneDayStatus.SUCCESS)
        .where(aggregation_log.c.finished_at >= minutes.began)
    )
    with reading(minutes.engine) as connection:
        assert (connection.scalar(closed) or 0) >= 4  # a day at least in each of four zones


def test_prune_removes_what_is_older_than_a_week(minutes: Minutes) -> None:
    assert minutes.said("pruned")[0]["runs"] > 0
    with reading(minutes.engine) as connection:
        oldest = connection.scalar(select(func.min(ride_runs.c.local_date)))
    assert oldest is not None
    assert oldest >= minutes.began.date() - timedelta(days=9)


@pytest.mark.parametrize("job", LIMITS)
def test_a_job_has_its_time_limit_runs_as_its_user_and_leaves_the_site_its_share(
    minutes: Minutes, job: str
) -> None:
    user_id = getpwnam(minutes.deployment.user).pw_uid
    assert Started(LIMITS[job], user_id, NICE) in minutes.started[job]
    assert {seen.user_id for seen in minutes.started[job]} <= {0, user_id}  # root's before it changes users


def test_a_job_is_left_out_while_the_one_before_is_at_work(minutes: Minutes) -> None:
    assert "aggregate" in {line["job"] for line in minutes.said(LEFT_OUT)}


def test_a_job_that_hangs_is_ended_and_told(minutes: Minutes) -> None:
    assert f"park-downtime collect was ended after {SHORT_LIMIT} seconds" in minutes.mail


def test_a_job_that_was_ended_leaves_no_lock(minutes: Minutes) -> None:
    with (minutes.deployment.folder / "run" / "collect.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)


def test_what_goes_well_is_not_mailed(minutes: Minutes) -> None:
    assert minutes.quiet_mail == ""


def test_every_line_of_the_log_says_when_and_what(minutes: Minutes) -> None:
    assert {"cycle", "aggregated", "pruned"} <= {line["event"] for line in minutes.events}
    assert [line for line in minutes.events if not {"time", "level", "event"} <= line.keys()] == []
    assert {line["level"] for line in minutes.events} <= {"INFO", "WARNING"}


def test_the_backup_of_cron_is_whole(minutes: Minutes) -> None:
    assert gzip.decompress(minutes.backups[0].read_bytes()).rstrip().splitlines()[-1].startswith(b"-- Dump")

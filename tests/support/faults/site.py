"""A running installation in simulated time: the feed over HTTP, a database, and the jobs that cron starts."""

from __future__ import annotations

import os
from collections.abc import Callable
from datetime import datetime, timedelta
from pathlib import Path

from faults.scenario import Scenario
from sqlalchemy import Engine

from park_downtime.classification.classifier import Classifier
from park_downtime.collection.lock import LockHeld, LockUnusable
from park_downtime.config.settings import Settings, load
from park_downtime.database.engine import DATABASE_UNAVAILABLE, in_one_line, make_engine
from park_downtime.feed.client import QueueTimes
from park_downtime.feed.samples import SampleStore
from park_downtime.jobs.aggregate import aggregate_due
from park_downtime.jobs.collect import CollectFailed, CollectReport, collect
from park_downtime.jobs.prune import prune
from park_downtime.simulator.quirks import parse_quirks
from park_downtime.simulator.server import SimulatedFeedServer
from park_downtime.stretches.archive import StretchArchive

SCALE = 50
"""Waiting costs only wall time: the client's pauses and the feed's latency are divided by this. How long an
answer may take is not: on a busy machine that is real time.
"""

_classifier = Classifier.load()


class Site:
    """`with Site(...) as site: site.run()`. `clock_is_off` is what our own clock is wrong by."""

    def __init__(
        self, scenario: Scenario, database_url: str, folder: Path, spool: Path | None = None
    ) -> None:
        self.scenario = scenario
        self.now = scenario.start
        self.clock_is_off = timedelta(0)
        self.troubles: list[str] = []
        self.engine = make_engine(database_url)
        self.feed = SimulatedFeedServer(scenario.world, lambda: self.now).start()
        self.environment = {
            "DATABASE_URL": database_url,
            "QUEUE_TIMES_URL": self.feed.url,
            "SPOOL_DIR": str(spool or folder / "spool"),
            "ARCHIVE_DIR": str(folder / "archive"),
            "TRACKED_CONTINENTS": "*",
            "COLLECT_INTERVAL_MINUTES": str(scenario.interval_minutes),
            "RATE_LIMIT": "100000000 per minute",
            "LOG_LEVEL": "ERROR",
            "LOG_FORMAT": "text",
            "NO_PROXY": "127.0.0.1",
        }
        os.environ["NO_PROXY"] = "127.0.0.1"
        self.settings: Settings = load(self.environment, folder / "no-such-file")
        self.archive = StretchArchive(self.settings.archive_dir)
        self._samples = SampleStore(self.settings.spool_dir / "samples")
        self._client = QueueTimes(
            self.feed.url,
            first_pause_seconds=0.5 / SCALE,
            longest_pause_seconds=8 / SCALE,
        )

    def __enter__(self) -> Site:
        return self

    def __exit__(self, *_: object) -> None:
        self._client.close()
        self.feed.stop()
        self.engine.dispose()

    def quirks(self, plan: str) -> None:
        self.feed.set_quirks(parse_quirks(plan))

    def feed_down(self) -> None:
        self.feed.stop()

    def feed_up(self) -> None:
        """At the same address as before."""
        port = int(self.feed.url.rpartition(":")[2])
        self.feed = SimulatedFeedServer(self.scenario.world, lambda: self.now, port=port).start()

    def collect(self, at: datetime) -> CollectReport | None:
        """One cycle, as cron would run it: what goes wrong is a line in a log, and the next comes."""
        self.now = at
        try:
            return collect(
                self.engine,
                self.settings,
                at + self.clock_is_off,
                self._client,
                _classifier,
                samples=self._samples,
            )
        except (CollectFailed, LockHeld, LockUnusable, *DATABASE_UNAVAILABLE) as error:
            self._note("collect", at, error)
            return None

    def aggregate(self, at: datetime) -> None:
        self._job("aggregate", aggregate_due, at)

    def prune(self, at: datetime) -> None:
        self._job("prune", prune, at)

    def _job(
        self, name: str, job: Callable[[Engine, datetime, StretchArchive], object], at: datetime
    ) -> None:
        try:
            job(self.engine, at + self.clock_is_off, self.archive)
        except DATABASE_UNAVAILABLE as error:
            self._note(name, at, error)

    def _note(self, job: str, at: datetime, error: BaseException) -> None:
        self.troubles.append(f"{at:%d %H:%M} {job}: {in_one_line(error)}"[:200])

    def run(self, disturbed: Undisturbed | None = None) -> None:
        """The scenario from beginning to end, one job after the other."""
        by = disturbed or Undisturbed()
        for at in self.scenario.instants():
            self.step(at, by)

    def step(self, at: datetime, by: Undisturbed) -> None:
        self.now = at
        by.before(self, at)
        by.collect(self, at)
        if self.scenario.is_night_due(at):
            by.aggregate(self, at)
        if self.scenario.is_prune_due(at):
            by.prune(self, at)


class Undisturbed:
    """What happens at each instant; a fault changes some of it."""

    def before(self, site: Site, at: datetime) -> None:
        """Before the cycle of `at`."""

    def collect(self, site: Site, at: datetime) -> None:
        site.collect(at)

    def aggregate(self, site: Site, at: datetime) -> None:
        site.aggregate(at)

    def prune(self, site: Site, at: datetime) -> None:
        site.prune(at)

"""Every job of the crontab says its counts as metrics, in one line."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from datetime import UTC, datetime

from waiting import PATIENCE_SECONDS

from park_downtime.config.metrics import EVENTS
from park_downtime.simulator.server import SimulatedFeedServer
from park_downtime.simulator.worlds import synthetic_world

NOON = datetime(2026, 7, 4, 18, tzinfo=UTC)


def test_every_job_of_the_crontab_says_its_counts_once(sqlite_url: str) -> None:
    with SimulatedFeedServer(synthetic_world(2, 3), lambda: NOON) as feed:
        environment = {
            **os.environ,
            "DATABASE_URL": sqlite_url,
            "QUEUE_TIMES_URL": feed.url,
            "LOG_FORMAT": "json",
            "METRICS_NAMESPACE": "ParkDowntime",
        }
        said = {}
        for job in EVENTS.values():
            done = subprocess.run(
                [sys.executable, "-m", "park_downtime.cli", job.name],
                env=environment,
                capture_output=True,
                text=True,
                check=True,
                timeout=PATIENCE_SECONDS,
            )
            lines = [json.loads(line) for line in done.stderr.splitlines()]
            (line,) = [line for line in lines if "_aws" in line]
            said[job.name] = {name for name in job.units if name in line}
    assert said == {job.name: set(job.units) for job in EVENTS.values()}

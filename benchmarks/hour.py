"""An hour of visitors through the shipped Apache, with a cycle every minute and nights.

What becomes of memory, descriptors and connections: `python -m benchmarks.hour [MINUTES]`, 60 by default. A
minute stands for ten: feed, collector and API live ten times as fast as the machine. On MariaDB, with its own
database, since that is ten hours older afterwards.
"""

from __future__ import annotations

import os
import shutil
import signal
import sys
import tempfile
import time
from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from threading import Event
from typing import Any

import apache
from apache import Apache
from deployed_site import ask
from deployment import CHECKOUT
from sqlalchemy import Engine, text

from benchmarks import _hour_report, _report
from benchmarks._databases import database, engines
from benchmarks._feed import feed
from benchmarks._full_size import INTERVAL, NOW, PARKS, RIDES, build
from benchmarks._hour_report import Sample
from benchmarks._processes import in_own_process
from benchmarks._shipped_apache import shipped_apache
from benchmarks._visitors import CONNECTIONS, PER_SECOND, Visitors
from benchmarks._watched import family_of
from park_downtime.clock import utc_now
from park_downtime.database.engine import make_engine

MINUTES = 60
LEAST_MINUTES = 3  # one for each third
SPEED = 10
LATENCY_SECONDS = 0.3
SAMPLE_SECONDS = 15
TOLD_ERRORS = 20
CYCLES_BETWEEN_NIGHTS = 6  # an hour of the data, as the timer has it
START = NOW + INTERVAL  # of the first cycle

CLOCK = f"""
from datetime import datetime

from park_downtime import clock

_machine_now, _begun = clock.utc_now, datetime.fromisoformat({{begun!r}})
clock.utc_now = lambda: datetime.fromisoformat({START.isoformat()!r}) + {SPEED} * (_machine_now() - _begun)
"""


@dataclass
class Jobs:
    """What cron starts, each in a process of its own, and what these told: cycles by their number, nights."""

    feed_url: str
    database_url: str
    ending: Event = field(default_factory=Event)
    cycles: list[dict[str, Any]] = field(default_factory=list)
    nights: list[dict[str, Any]] = field(default_factory=list)

    def run(self, minutes: int) -> None:
        """A cycle every minute; nights from the middle on, beside them."""
        begun = time.monotonic()
        running: list[Future[None]] = []
        with ThreadPoolExecutor(1) as beside:
            for number in range(minutes):
                if self.ending.wait(max(0.0, begun + 60 * number - time.monotonic())):
                    break
                now = (START + number * INTERVAL).isoformat()
                if number >= minutes // 2 and (number - minutes // 2) % CYCLES_BETWEEN_NIGHTS == 0:
                    running.append(beside.submit(self._night, now))
                self.cycles.append(in_own_process("_collector", self.feed_url, self.database_url, now))
        for night in running:
            night.result()

    def _night(self, now: str) -> None:
        self.nights.append(in_own_process("_night_worker", self.database_url, now))


@contextmanager
def served(folder: Path, url: str) -> Iterator[tuple[Apache, str]]:
    """The site over the database, and the feed's URL; time begins now."""
    shutil.copytree(CHECKOUT / "frontend", folder / "root" / "frontend" / "current")
    settings = {"DATABASE_URL": url, "SPOOL_DIR": str(folder / "home"), "LOG_LEVEL": "WARNING"}
    begun = utc_now().isoformat()
    with (
        feed(PARKS, RIDES, START, LATENCY_SECONDS, speed=SPEED) as feed_url,
        shipped_apache(folder, settings, program_begins_with=CLOCK.format(begun=begun)) as server,
    ):
        health = ask(server, "GET", "/api/health").json()
        assert health["timestamp"] >= f"{START:%Y-%m-%dT%H:%M}" and not health["stale"], health
        yield server, feed_url


def watch(server: Apache, engine: Engine, minutes: int, ending: Event) -> list[Sample]:
    port = engine.url.port
    assert port is not None
    apache_pid = int((server.folder / "apache.pid").read_text())
    begun, passed = time.monotonic(), 0.0
    samples: list[Sample] = []
    while passed < 60 * minutes:
        with engine.connect() as connection:
            row = connection.execute(text("SHOW STATUS LIKE 'Threads_connected'")).one()
        others = int(row[1]) - 1
        samples.append(Sample(passed / 60, family_of(apache_pid, port), others, os.getloadavg()[0]))
        if ending.wait(SAMPLE_SECONDS):
            break
        passed = time.monotonic() - begun
    return samples


def main(minutes: int) -> None:
    with ExitStack() as held:
        folder = Path(held.enter_context(tempfile.TemporaryDirectory(prefix="park-downtime-bench-")))
        folder.chmod(0o755)
        url = held.enter_context(database("MariaDB"))
        build(url, night_is_due=True, years=1)
        server, feed_url = held.enter_context(served(folder, url))
        jobs, visitors = Jobs(feed_url, url), Visitors(server, PARKS, RIDES)
        with ThreadPoolExecutor(1) as beside, visitors.there():
            begun = time.monotonic()
            working = beside.submit(jobs.run, minutes)
            working.add_done_callback(lambda done: jobs.ending.set() if done.exception() else None)
            try:
                samples = watch(server, make_engine(url), minutes, jobs.ending)
            finally:
                jobs.ending.set()
            working.result()
        errors = [line for line in server.log().splitlines() if ":error]" in line]
    print(f"MariaDB; {PER_SECOND} requests a second at most, over {CONNECTIONS} connections.")
    asked = [(one, (one.begun - begun) / 60) for one in visitors.asked]
    _hour_report.by_time(minutes, samples, asked, jobs.cycles)
    _hour_report.verdicts(minutes, samples, visitors.asked, jobs.cycles, jobs.nights)
    if errors:
        print("\nOf the server's log:\n", *errors[-TOLD_ERRORS:], sep="\n")


if __name__ == "__main__":
    _report.heading("Visitors through Apache, a cycle every minute, nights")
    missing = apache.missing_part()
    if missing is None and "MariaDB" in engines():
        signal.signal(signal.SIGTERM, lambda *_: sys.exit("ended early"))  # Apache would go on by itself
        main(max(LEAST_MINUTES, int(sys.argv[1])) if sys.argv[1:] else MINUTES)
    else:
        print(missing or "MariaDB is left out", file=sys.stderr)
    _report.end()

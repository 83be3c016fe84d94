"""The simulated feed in a process of its own, so that its work is not counted as the collector's."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime

from park_downtime.clock import utc_now
from park_downtime.simulator.quirks import parse_quirks
from park_downtime.simulator.server import SimulatedFeedServer
from park_downtime.simulator.virtual_clock import VirtualClock
from park_downtime.simulator.worlds import synthetic_world


@contextmanager
def feed(parks: int, rides: int, start: datetime, latency_seconds: float, quirks: str = "") -> Iterator[str]:
    """Its URL; time begins at `start` and runs as ours does."""
    arguments = [str(value) for value in (parks, rides, start.isoformat(), latency_seconds, quirks)]
    server = subprocess.Popen(
        [sys.executable, "-m", "benchmarks._feed", *arguments],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
    )
    assert server.stdin is not None and server.stdout is not None
    try:
        yield server.stdout.readline().strip()
    finally:
        server.stdin.close()
        server.wait(timeout=30)


def _serve(parks: int, rides: int, start: datetime, latency_seconds: float, quirks: str) -> None:
    """Until standard input ends, which it also does when the benchmark is killed."""
    world, clock = synthetic_world(parks, rides), VirtualClock(utc_now, start)
    with SimulatedFeedServer(
        world, clock, quirks=parse_quirks(quirks), latency_seconds=latency_seconds
    ) as server:
        print(server.url, flush=True)
        sys.stdin.read()


if __name__ == "__main__":
    _serve(
        int(sys.argv[1]),
        int(sys.argv[2]),
        datetime.fromisoformat(sys.argv[3]),
        float(sys.argv[4]),
        sys.argv[5],
    )

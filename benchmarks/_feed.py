"""The simulated feed in a process of its own, so that its work is not counted as the collector's."""

from __future__ import annotations

import sys
from contextlib import AbstractContextManager
from datetime import datetime

from benchmarks._processes import serving
from park_downtime.clock import utc_now
from park_downtime.simulator.quirks import parse_quirks
from park_downtime.simulator.server import SimulatedFeedServer
from park_downtime.simulator.virtual_clock import VirtualClock
from park_downtime.simulator.worlds import synthetic_world


def feed(
    parks: int, rides: int, start: datetime, latency_seconds: float, quirks: str = "", speed: int = 1
) -> AbstractContextManager[str]:
    """Its URL; time begins at `start` and runs `speed` times as fast as ours."""
    return serving("_feed", parks, rides, start.isoformat(), latency_seconds, quirks, speed)


def _serve(parks: int, rides: int, start: datetime, latency_seconds: float, quirks: str, speed: int) -> None:
    world, clock = synthetic_world(parks, rides), VirtualClock(utc_now, start, speed)
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
        int(sys.argv[6]),
    )

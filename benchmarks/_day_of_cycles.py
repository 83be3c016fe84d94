"""Two local days of cycles in simulated time, without HTTP: `... DATABASE`."""

from __future__ import annotations

import logging
import sys
import time
from collections import defaultdict
from datetime import UTC, datetime, timedelta
from statistics import median
from zoneinfo import ZoneInfo

from benchmarks._processes import report
from benchmarks._world import register
from park_downtime.classification.classifier import Classifier
from park_downtime.collection.store import store_cycle
from park_downtime.config.gc_tuning import look_rarely
from park_downtime.database.engine import make_engine
from park_downtime.database.schema import migrate
from park_downtime.feed.readings import read_payload
from park_downtime.model import Cycle
from park_downtime.simulator.payload import queue_times_json
from park_downtime.simulator.world import World
from park_downtime.simulator.worlds import synthetic_world

ZONE = "America/New_York"
START = datetime(2026, 7, 13, 16, 0, tzinfo=UTC)  # noon of the day before: the look-back is full
FROM = datetime(2026, 7, 14, 4, 0, tzinfo=UTC)
END = datetime(2026, 7, 15, 4, 0, tzinfo=UTC)
INTERVAL_SECONDS = 600


def main(database_url: str) -> None:
    look_rarely()  # as every command does
    logging.basicConfig(level="CRITICAL")
    every = synthetic_world(100, 50)
    world = World(1, [park for park in every.parks.values() if park.local_timezone == ZONE])
    engine = make_engine(database_url)
    migrate(engine)
    classifier = Classifier.load()
    register(engine, world, START)
    spent: defaultdict[int, list[float]] = defaultdict(list)
    at = START
    while at < END:
        bodies = {park_id: queue_times_json(world, park_id, at) for park_id in world.parks}
        cycle = Cycle(at, INTERVAL_SECONDS, tuple(read_payload(i, body, at) for i, body in bodies.items()))
        begun = time.process_time()
        store_cycle(engine, cycle, classifier)
        if at >= FROM:
            spent[at.astimezone(ZoneInfo(ZONE)).hour].append((time.process_time() - begun) * 1000)
        at += timedelta(seconds=INTERVAL_SECONDS)
    report(milliseconds_by_hour={hour: median(of_hour) for hour, of_hour in spent.items()})


if __name__ == "__main__":
    main(sys.argv[1])

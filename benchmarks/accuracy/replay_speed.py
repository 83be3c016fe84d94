"""How long a day of one park at ten minutes takes to replay, nights included (issue: under 2 seconds)."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from datetime import datetime, timedelta
from pathlib import Path
from tempfile import TemporaryDirectory
from time import monotonic, process_time

from benchmarks.accuracy.replayed import replayed
from benchmarks.accuracy.tables import Report
from park_downtime.feed.recording import COLUMNS
from park_downtime.periods import start_of_day
from park_downtime.simulator.payload import queue_times_json
from park_downtime.simulator.world import World
from park_downtime.simulator.worlds import default_world

CYCLE = timedelta(minutes=10)
CYCLES = 144
BUDGET_SECONDS = 2.0
PARK_ID = 6
DAY = datetime(2026, 7, 6)  # noqa: DTZ001 - a date of the park


def recorded_rows(world: World, park_id: int, start: datetime, cycles: int) -> Iterator[dict[str, object]]:
    """What a recorder would have written: the simulated feed, row by row."""
    for number in range(cycles):
        at = start + number * CYCLE
        payload = json.loads(queue_times_json(world, park_id, at))
        lands = [*((land["name"], land["rides"]) for land in payload["lands"]), ("", payload["rides"])]
        for land, rides in lands:
            for ride in rides:
                yield {
                    "recorded_at": at.isoformat(),
                    "park_id": park_id,
                    "land": land,
                    "ride_id": ride["id"],
                    "ride_name": ride["name"],
                    "is_open": str(ride["is_open"]).lower(),
                    "wait_time": ride["wait_time"],
                    "last_updated": ride["last_updated"],
                }


def write_recording(path: Path, world: World, park_id: int, start: datetime, cycles: int) -> None:
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        writer.writerows(recorded_rows(world, park_id, start, cycles))


def replay_speed(report: Report) -> None:
    """The time beyond that of a single cycle, so that creating the database is not in it. Held to the
    budget is this process's own work, which a busy machine makes slower but not meaningless.
    """
    world = default_world()
    start = start_of_day(DAY.date(), world.park(PARK_ID).local_timezone)
    seconds = {}
    with TemporaryDirectory() as folder:
        for cycles in (1, CYCLES + 1):
            file = Path(folder) / f"{cycles}.csv"
            write_recording(file, world, PARK_ID, start, cycles)
            seconds[cycles] = min(_replay_seconds(file) for _ in range(3))
    day, of_work = (seconds[CYCLES + 1][place] - seconds[1][place] for place in (0, 1))
    report.check(
        f"replaying a day of one park ({len(world.park(PARK_ID).rides)} entries) takes under 2 s of work",
        of_work < BUDGET_SECONDS,
        f"{of_work:.2f} s of work, {day:.2f} s by the clock",
    )
    report.lines.append("")


def _replay_seconds(file: Path) -> tuple[float, float]:
    """By the clock on the wall, and of this process alone."""
    started, worked = monotonic(), process_time()
    with replayed([file], 10):
        return monotonic() - started, process_time() - worked

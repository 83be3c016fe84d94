"""The archive of stretches: what a year of 5,000 rides takes, and what keeping and reading a day costs."""

from __future__ import annotations

import tempfile
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from time import process_time

from benchmarks import _report
from park_downtime.clock import monotonic_seconds
from park_downtime.model import Category
from park_downtime.periods import DAY, Zone
from park_downtime.simulator.backfill_runs import MadeUpDays
from park_downtime.simulator.world import World
from park_downtime.simulator.worlds import synthetic_world
from park_downtime.stretches.archive import StretchArchive
from park_downtime.stretches.archived_day import ArchivedDay, ArchivedRide

PARKS, OF_PARKS, RIDES = 4, 100, 50
"""So many of the parks are made; what they take stands for all."""
FIRST, DAYS = date(2025, 11, 1), 365
SEEN = datetime(2025, 1, 1, tzinfo=UTC)


def main() -> None:
    _report.heading(
        f"A year of stretches: {PARKS} of {OF_PARKS} parks x {RIDES} rides, each day kept by itself"
    )
    with tempfile.TemporaryDirectory() as folder:
        archive = StretchArchive(Path(folder))
        days = runs = 0
        wall = cpu = 0.0
        for day in _days(synthetic_world(PARKS, RIDES)):
            began, used = monotonic_seconds(), process_time()
            archive.keep(day)
            wall, cpu = wall + monotonic_seconds() - began, cpu + process_time() - used
            days, runs = days + 1, runs + len(day.runs)
        files = [file.stat().st_size for file in Path(folder).rglob("*.csv.gz")]
        began = monotonic_seconds()
        for month in range(1, 13):
            archive.days_of(1, date(2026, month, 1) if month < 11 else date(2025, month, 1))
        reading = monotonic_seconds() - began
    share = OF_PARKS / PARKS
    columns = ["runs per ride and day", "MB a year, all parks", "kB a file, mean", "largest", "bytes a run"]
    size = sum(files)
    _report.table(
        columns,
        [
            [
                runs / days / RIDES,
                size * share / 1e6,
                size / len(files) / 1e3,
                max(files) / 1e3,
                size / runs,
            ]
        ],
    )
    columns = ["a night of all parks, s", "of it CPU", "reading a year of a park, s"]
    _report.table(columns, [[wall / days * OF_PARKS, cpu / days * OF_PARKS, reading]])


def _days(world: World) -> list[ArchivedDay]:
    found = []
    for park_id, park in world.parks.items():
        rides = [ArchivedRide(ride.ride_id, Category.RIDE, SEEN, None) for ride in park.rides]
        zone = Zone(park.local_timezone)
        until = datetime.combine(FIRST, datetime.min.time(), UTC) + timedelta(days=DAYS + 1)
        made = MadeUpDays(world, park_id, zone, [ride.ride_id for ride in rides], FIRST, until)
        for number in range(DAYS):
            day = FIRST + number * DAY
            found.append(
                ArchivedDay(
                    park_id, day, zone.name, rides, list(made.runs(day)), list(made.park_runs(day)), [], []
                )
            )
            made.forget_before(day - DAY)
    return found


if __name__ == "__main__":
    main()
    _report.end()

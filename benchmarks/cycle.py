"""A collection cycle of 100 parks and 5,000 rides: seconds, own work, memory, and its cost through the day.

`python -m benchmarks.cycle [answering] [standing] [hanging] [hostile] [hours]`, all by default.
"""

from __future__ import annotations

import sys
from datetime import UTC, datetime, timedelta
from statistics import median

from benchmarks import _report
from benchmarks._databases import database, engines
from benchmarks._feed import feed
from benchmarks._hostile_feed import NAMES, hostile_feed
from benchmarks._processes import in_own_process
from park_downtime.database.engine import make_engine
from park_downtime.database.schema import migrate

PARKS, RIDES = 100, 50
LATENCY_SECONDS = 0.3
START = datetime(2026, 7, 14, 19, 0, tzinfo=UTC)  # afternoon in every zone of the world
INTERVAL = timedelta(minutes=10)
CYCLES = 4
HANGING = list(range(5, 101, 10))

COLUMNS = ["database", "cycle", "parks", "wall s", "feed s", "store s", "CPU s", "own work s", "peak MB"]


def cycles(name: str, how_many: int, quirks: str = "", *, moves: bool = True) -> list[list[object]]:
    """Own work is all but waiting for the feed: parsing, checking, storing, start-up. Unless it `moves`, the
    feed says in every cycle what it said in the first one.
    """
    with database(name) as url:
        migrate(make_engine(url))
        rows: list[list[object]] = []
        for number in range(how_many):
            at = START + number * INTERVAL
            with feed(PARKS, RIDES, at if moves else START, LATENCY_SECONDS, quirks) as feed_url:
                told = in_own_process("_collector", feed_url, url, at.isoformat())
            own = told["wall_seconds"] - told["fetch_seconds"]
            which = "first ever" if number == 0 else str(number + 1)
            rows.append(
                [
                    name,
                    which,
                    told["parks_ok"],
                    told["wall_seconds"],
                    told["fetch_seconds"],
                    told["store_seconds"],
                    told["cpu_seconds"],
                    own,
                    told["peak_mb"],
                ]
            )
        return rows


def answering(moves: bool = True) -> None:
    how = "answering in 300 ms" if moves else "answering in 300 ms what it answered before"
    _report.heading(f"A cycle of 100 parks x 50 rides, the feed {how}")
    rows = [row for name in engines() for row in cycles(name, CYCLES, moves=moves)]
    _report.table(COLUMNS, rows)
    usual = [row for row in rows if row[1] != "first ever"]
    _budgets(usual, 30)
    own = max(median(float(str(row[7])) for row in usual if row[0] == name) for name in engines())
    print(f"Own work beside waiting for the feed, process start included: {own:.1f} s,", end=" ")
    print(f"budget {_report.within(own, 3, 'own work')} s.")


def standing() -> None:
    """The most that is asked of a park's past: every one may stand still."""
    answering(moves=False)


def hanging() -> None:
    _report.heading(f"The same with {len(HANGING)} parks that never answer")
    quirks = ",".join(f"{park}:hang" for park in HANGING)
    rows = [row for name in engines() for row in cycles(name, 1, quirks)]
    _report.table(COLUMNS, rows)
    _budgets(rows, 120)
    stored = min(int(str(row[2])) for row in rows)
    print(f"The other parks are stored: {stored}, budget {_report.at_least(stored, 90, 'parks stored')}.")


def hostile() -> None:
    _report.heading(f"The same with every one of {PARKS} parks hostile")
    rows: list[list[object]] = []
    for name in engines():
        for mode in NAMES:
            with database(name) as url, hostile_feed(PARKS, mode) as feed_url:
                migrate(make_engine(url))
                told = in_own_process("_collector", feed_url, url, START.isoformat())
            rows.append([name, mode, told["parks_ok"], told["rows"], told["wall_seconds"], told["peak_mb"]])
    _report.table(["database", "every park sends", "parks", "rows", "wall s", "peak MB"], rows)
    peak = max(float(str(row[5])) for row in rows)
    print(f"\nPeak memory: {peak:.0f} MB, budget {_report.within(peak, 150, 'memory')} MB.")


def _budgets(rows: list[list[object]], wall_budget: float) -> None:
    wall = max(float(str(row[3])) for row in rows)
    peak = max(float(str(row[8])) for row in rows)
    print(f"\nWall: {wall:.1f} s, budget {_report.within(wall, wall_budget, 'wall seconds')} s.", end=" ")
    print(f"Peak memory: {peak:.0f} MB, budget {_report.within(peak, 150, 'memory')} MB.")


def hours() -> None:
    _report.heading("The cost of storing a cycle through a local day (25 parks x 50 rides of one zone)")
    shown = (1, 5, 9, 12, 15, 18, 21, 22, 23)
    rows = []
    for name in engines():
        with database(name) as url:
            told = in_own_process("_day_of_cycles", url)["milliseconds_by_hour"]
        ratio = told["23"] / told["1"]
        budget = _report.within(ratio, 1.5, f"23:00 against 01:00 on {name}")
        rows.append([name, *(float(told[str(hour)]) for hour in shown), f"{ratio:.2f}", budget])
    columns = ["CPU ms a cycle", *(f"{hour:02}:00" for hour in shown), "23:00 / 01:00", "budget"]
    _report.table(columns, rows)
    print("\nMedians of the hour; the collector's CPU time, so that a busy machine changes little.")


PARTS = {"answering": answering, "standing": standing, "hanging": hanging, "hostile": hostile, "hours": hours}

if __name__ == "__main__":
    for part in sys.argv[1:] or PARTS:
        PARTS[part]()
    _report.end()

"""Closing one local day of 5,000 rides x 144 readings in all zones, with a year of statistics behind it."""

from __future__ import annotations

from statistics import median

from benchmarks import _report
from benchmarks._databases import engines
from benchmarks._full_size import NOW, full_size, open_night
from benchmarks._processes import in_own_process
from park_downtime.database.engine import make_engine

NIGHTS = 3
SECONDS, MEGABYTES = 10, 300


def main() -> None:
    _report.heading("One night: 5,000 rides x 144 readings, refolded, judged, rolled up, summed")
    rows: list[list[object]] = []
    for name in engines():
        with full_size(name, night_is_due=True) as url:
            nights = [_night(url) for _ in range(NIGHTS)]
        wall, cpu = (median(night[what] for night in nights) for what in ("wall_seconds", "cpu_seconds"))
        peak = max(night["peak_mb"] for night in nights)
        last = nights[-1]
        assert not last["failed"], last["failed"]
        rows.append(
            [
                name,
                last["zone_days"],
                last["parks"],
                last["rows"],
                wall,
                _report.within(wall, SECONDS, f"seconds on {name}"),
                cpu,
                peak,
                _report.within(peak, MEGABYTES, f"memory on {name}"),
            ]
        )
    columns = ["database", "zones", "parks", "rows", "wall s", "budget", "CPU s", "peak MB", "budget"]
    _report.table(columns, rows)
    print(f"\nMedian of {NIGHTS} nights, process start included.")


def _night(url: str) -> dict[str, float]:
    engine = make_engine(url)
    open_night(engine)
    engine.dispose()
    return in_own_process("_night_worker", url, NOW.isoformat())


if __name__ == "__main__":
    main()
    _report.end()

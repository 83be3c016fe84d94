"""A cycle, a night, `prune` and the API at full size, under the limits of the shipped services."""

from __future__ import annotations

from benchmarks import _report
from benchmarks._databases import engines
from benchmarks._feed import feed
from benchmarks._full_size import INTERVAL, NOW, PARKS, RIDES, full_size, open_night
from benchmarks._limits import CORE_SHARE, MEGABYTES, limited
from benchmarks._processes import in_own_process
from park_downtime.database.engine import make_engine
from park_downtime.periods import DAY

LATENCY_SECONDS = 0.3
NIGHT_SECONDS = 3600
PRUNE_SECONDS = 3600
"""It runs once a day, beside everything else."""


def main() -> None:
    _report.heading(f"Under {CORE_SHARE:.0%} of a core and {MEGABYTES} MB, the database beside it")
    rows: list[list[object]] = []
    with limited() as (enter, how):
        for name in engines():
            with full_size(name, night_is_due=True, is_used_up=True) as url:
                engine = make_engine(url)
                open_night(engine)
                engine.dispose()
                at = NOW + INTERVAL
                with feed(PARKS, RIDES, at, LATENCY_SECONDS) as feed_url:
                    arguments = ("_collector", feed_url, url, at.isoformat())
                    told = in_own_process(*arguments, timeout=2000, enter=enter)
                rows.append(_row(name, "a cycle", told, INTERVAL.total_seconds()))
                told = in_own_process("_night_worker", url, NOW.isoformat(), timeout=4000, enter=enter)
                assert not told["failed"], told["failed"]
                rows.append(_row(name, "a night", told, NIGHT_SECONDS))
                told = in_own_process("_answers", url, timeout=4000, enter=enter)
                answers = f"answers, p50 {told['p50_ms']:.0f} ms, p95 {told['p95_ms']:.0f} ms"
                rows.append(_row(name, answers, told, None))
                told = in_own_process(
                    "_prune_worker", url, (NOW + DAY).isoformat(), timeout=4000, enter=enter
                )
                rows.append(_row(name, f"prune, {told['rows']:,} rows", told, PRUNE_SECONDS))
    _report.table(["database", "what", "wall s", "budget", "CPU s", "peak MB", "budget"], rows)
    print(f"\nLimited by {how}.")


def _row(name: str, what: str, told: dict[str, float], seconds: float | None) -> list[object]:
    wall, peak = told["wall_seconds"], told["peak_mb"]
    budget = "" if seconds is None else _report.within(wall, seconds, f"{what} on {name}")
    memory = _report.within(peak, MEGABYTES, f"memory of {what} on {name}")
    return [name, what, wall, budget, told["cpu_seconds"], peak, memory]


if __name__ == "__main__":
    main()
    _report.end()

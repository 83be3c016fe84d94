"""Answers, a night and a cycle after five years, beside the same after one: in turns, on the same machine."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable
from statistics import median
from typing import Any

from benchmarks import _report
from benchmarks._databases import engines
from benchmarks._feed import feed
from benchmarks._full_size import INTERVAL, NOW, PARKS, RIDES, full_size, open_night
from benchmarks._processes import in_own_process
from benchmarks._requests import PATHS
from park_downtime.database.engine import make_engine

YEARS = 5
RATIO = 1.2
ROUNDS = 5
CYCLES = 3  # ages of the feed's entries allow no more without waiting
LATENCY_SECONDS = 0.3

Measured = Callable[[str, int], dict[str, Any]]
"""Of the database at this URL, in this round."""


def main() -> None:
    _report.heading(f"After {YEARS} years, beside the same after one")
    rows: list[list[object]] = []
    for name in engines():
        due = {"night_is_due": True, "is_used_up": True}
        with full_size(name, years=1, **due) as one, full_size(name, years=YEARS, **due) as five:
            rows += _of_answers(name, one, five)
            rows += _of_a_job(name, "a night", _in_turns(_night, ROUNDS, one, five))
            rows += _of_a_job(name, "a cycle", _in_turns(_cycle, CYCLES, one, five))
    _report.table(["database", "what", "one year", f"{YEARS} years", "ratio", "budget"], rows)
    print("\nMedians. A cycle's seconds are those of its own work, without waiting for the feed.")


def _in_turns(measure: Measured, rounds: int, *urls: str) -> list[list[dict[str, Any]]]:
    """What each round told of each database; the machine's moods meet both."""
    told = [[measure(url, number) for url in urls] for number in range(rounds)]
    return [list(of_url) for of_url in zip(*told, strict=True)]


def _of_answers(name: str, one: str, five: str) -> list[list[object]]:
    """All together, the path that grew most, and the CPU of all."""
    told = _in_turns(_answers, ROUNDS, one, five)
    milliseconds = [{path: _median_of(path, of_url) for path in PATHS} for of_url in told]
    before, after = milliseconds
    worst = max(PATHS, key=lambda path: after[path] / before[path])
    return [
        _row(name, "first answers, ms, mean of the paths", *(sum(m.values()) / len(m) for m in milliseconds)),
        _row(name, f"the worst of them, `{worst}`, ms", before[worst], after[worst]),
        _row(name, "first answers, CPU s", *(median(t["cpu_seconds"] for t in of_url) for of_url in told)),
    ]


def _median_of(path: str, told: list[dict[str, Any]]) -> float:
    spent: list[float] = [took for of_round in told for took in of_round["milliseconds"][path]]
    return median(spent)


def _of_a_job(name: str, what: str, told: list[list[dict[str, Any]]]) -> list[list[object]]:
    medians: dict[str, list[float]] = defaultdict(list)
    for of_url in told:
        medians["s"].append(median(t["wall_seconds"] - t.get("fetch_seconds", 0) for t in of_url))
        medians["CPU s"].append(median(t["cpu_seconds"] for t in of_url))
    return [_row(name, f"{what}, {unit}", *both) for unit, both in medians.items()]


def _row(name: str, what: str, one: float, five: float) -> list[object]:
    ratio = five / one
    return [name, what, one, five, f"{ratio:.2f}", _report.within(ratio, RATIO, f"{what} on {name}")]


def _answers(url: str, number: int) -> dict[str, Any]:
    return in_own_process("_answers", url)


def _night(url: str, number: int) -> dict[str, Any]:
    engine = make_engine(url)
    open_night(engine)
    engine.dispose()
    told = in_own_process("_night_worker", url, NOW.isoformat())
    assert not told["failed"], told["failed"]
    return told


def _cycle(url: str, number: int) -> dict[str, Any]:
    at = NOW + (number + 1) * INTERVAL
    with feed(PARKS, RIDES, at, LATENCY_SECONDS) as feed_url:
        return in_own_process("_collector", feed_url, url, at.isoformat())


if __name__ == "__main__":
    main()
    _report.end()

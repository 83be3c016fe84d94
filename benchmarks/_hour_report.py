"""What `benchmarks.hour` has seen: a table by time, and its verdicts."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from statistics import fmean, quantiles
from typing import Any

from benchmarks import _report
from benchmarks._full_size import PARKS
from benchmarks._visitors import Asked
from benchmarks._watched import Seen
from park_downtime.database.engine import POOL_OVERFLOW, POOL_SIZE

MEGABYTES = 150
GROWTH = 1.05
"""How much more the last third may take than the one before; the first is for warming up."""
PARTS = 6
TOLD_PROBLEMS = 5


@dataclass(frozen=True, slots=True)
class Sample:
    """`connections`: all that the database's server has, whoever they belong to."""

    minute: float
    processes: list[Seen]
    connections: int
    load: float

    def of(self, role: str) -> list[Seen]:
        return [seen for seen in self.processes if seen.role == role]


def by_time(
    minutes: int,
    samples: Sequence[Sample],
    asked: Sequence[tuple[Asked, float]],
    cycles: Sequence[dict[str, Any]],
) -> None:
    """`asked`: requests with the minute in which they began; `cycles`: one each minute."""
    step = minutes / PARTS
    rows: list[list[object]] = []
    for number in range(PARTS):
        start, end = number * step, (number + 1) * step
        seen = [sample for sample in samples if start <= sample.minute < end]
        answers = [one for one, minute in asked if start <= minute < end]
        told = [cycle for minute, cycle in enumerate(cycles) if start <= minute < end]
        if not (seen and len(answers) > 1):
            continue
        slowest = quantiles((1000 * one.seconds for one in answers if one.is_of_the_program), n=20)
        pids = sorted({process.pid for sample in seen for process in sample.of("API")})
        rows.append(
            [
                f"{start:.3g} to {end:.3g}",
                " / ".join(f"{_mean_mb(seen, pid):.1f}" for pid in pids),
                max(one.resident_mb for sample in seen for one in sample.of("Apache")),
                max((cycle["peak_mb"] for cycle in told), default="-"),
                _span(sum(one.descriptors for one in sample.of("API")) for sample in seen),
                _span(sum(one.descriptors for one in sample.of("Apache")) for sample in seen),
                max(one.connections for sample in seen for one in sample.of("API")),
                max(sample.connections for sample in seen),
                len(answers),
                f"{fmean(one.is_copy for one in answers):.0%}",
                sum(one.problem is not None for one in answers),
                f"{slowest[9]:.0f} / {slowest[18]:.0f}",
                max((cycle["wall_seconds"] for cycle in told), default="-"),
                f"{fmean(sample.load for sample in seen):.1f}",
            ]
        )
    columns = ["minutes", "API MB", "Apache MB", "collector peak MB", "descriptors of the API", "of Apache"]
    columns += ["connections of one API process", "of all", "requests", "copies", "failed"]
    _report.table([*columns, "p50 / p95 ms of the program", "longest cycle s", "load"], rows)


def _mean_mb(samples: Sequence[Sample], pid: int) -> float:
    return fmean(one.resident_mb for sample in samples for one in sample.processes if one.pid == pid)


def _span(figures: Iterable[int]) -> str:
    found = sorted(figures)
    return f"{found[0]}" if found[0] == found[-1] else f"{found[0]} to {found[-1]}"


def verdicts(
    minutes: int,
    samples: Sequence[Sample],
    asked: Sequence[Asked],
    cycles: Sequence[dict[str, Any]],
    nights: Sequence[dict[str, Any]],
) -> None:
    middle = [sample for sample in samples if minutes / 3 <= sample.minute < 2 * minutes / 3]
    last = [sample for sample in samples if 2 * minutes / 3 <= sample.minute]
    seen = [one for sample in samples for one in sample.processes]
    api = {one.pid for one in seen if one.role == "API"}
    pids = lasting([*middle, *last])
    stored = sum(cycle["parks_ok"] == PARKS and cycle["rows"] > 0 for cycle in cycles)
    part = len(cycles) // 3
    peaks = [cycle["peak_mb"] for cycle in cycles]
    problems = [one for one in asked if one.problem is not None]
    largest = [
        ("the API", max(one.peak_mb for one in seen if one.role == "API")),
        ("Apache", max(one.peak_mb for one in seen if one.role != "API")),
        ("a cycle", max(peaks)),
        ("a night", max(night["peak_mb"] for night in nights)),
    ]
    grown = [
        ("the API", growth(middle, last, pids & api)),
        ("Apache", growth(middle, last, pids - api)),
        ("a cycle", fmean(peaks[-part:]) / fmean(peaks[part : 2 * part])),
    ]
    most = max(one.connections for one in seen)
    closed = sum(night["zone_days"] for night in nights)
    unclosed = sum(len(night["failed"]) for night in nights)
    rows: list[list[object]] = []
    for who, mb in largest:
        rows.append([f"peak of {who}, MB", mb, _report.within(mb, MEGABYTES, f"memory of {who}")])
    for who, by in grown:
        budget = _report.within(by, GROWTH, f"growth of {who}")
        rows.append([f"{who}, last third / middle third", f"{by:.3f}", budget])
    connections = "connections of one API process"
    rows += [
        [connections, most, _report.within(most, POOL_SIZE + POOL_OVERFLOW, connections)],
        _none("descriptors lost", descriptors_lost(middle, last, pids)),
        _none("API processes started again", len(api) - len(samples[0].of("API"))),
        _none(f"failed of {len(asked):,} requests", len(problems)),
        _none(f"not stored of {minutes} cycles", minutes - stored),
        _none(f"not closed beside {closed} days of a zone", unclosed),
    ]
    _report.table(["what", "seen", "budget"], rows)
    for one in problems[:TOLD_PROBLEMS]:
        print(f"\nFailed: {one.path}: {one.problem} after {one.seconds:.1f} s")


def _none(what: str, count: int) -> list[object]:
    return [what, count, _report.within(count, 0, what)]


def lasting(samples: Sequence[Sample]) -> set[int]:
    """Processes that are in every sample."""
    return set.intersection(*({one.pid for one in sample.processes} for sample in samples))


def growth(middle: Sequence[Sample], last: Sequence[Sample], pids: set[int]) -> float:
    """Of the process that grew most; 1 where none lasted."""
    return max((_mean_mb(last, pid) / _mean_mb(middle, pid) for pid in pids), default=1.0)


def descriptors_lost(middle: Sequence[Sample], last: Sequence[Sample], pids: set[int]) -> int:
    """By how many the fewest of a process have grown: what is open for a while comes and goes."""

    def fewest(samples: Sequence[Sample], pid: int) -> int:
        return min(one.descriptors for sample in samples for one in sample.processes if one.pid == pid)

    return sum(max(0, fewest(last, pid) - fewest(middle, pid)) for pid in pids)

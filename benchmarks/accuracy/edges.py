"""Part 3: late starts and rides that did not reopen, against official hours of the same days."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path

from benchmarks.accuracy.day_edges import DayEdges, Difference, day_edges
from benchmarks.accuracy.edge_score import EVERY_KIND, INTERRUPTIONS, EdgeScore, Found
from benchmarks.accuracy.hindsight import Trouble
from benchmarks.accuracy.tables import Report, hours, minutes

LEAST_RECALL = 0.88
LEAST_PRECISION = 0.97
LEAST_PRECISION_OF_LATE_STARTS = 0.90
LONGEST = 10
LATE_STARTS = (Trouble.LATE_START,)
DID_NOT_REOPEN = (Trouble.DID_NOT_REOPEN,)
EDGE_COLUMNS = ("were", "said", "recall", "precision")


def edges(report: Report, shared: Path) -> None:
    found = day_edges(shared)
    pooled = found.pooled
    rows = [("all rides", pooled), *((found.names[id], score) for id, score in found.scores.items())]
    report.say("Troubles in hours; what was trouble is told by hindsight from official hours.")
    report.table(
        (
            "ride",
            "trouble",
            "of it while the park ran",
            "recall of interruptions alone",
            "precision",
            "recall of all three kinds",
            "while the park ran",
            "precision",
        ),
        [
            (
                name,
                hours(score.by_kinds[EVERY_KIND].true),
                hours(score.by_kinds[EVERY_KIND].true_in_sessions),
                *_shares(score.by_kinds[INTERRUPTIONS]),
                _share(score.by_kinds[EVERY_KIND].recall),
                _share(score.by_kinds[EVERY_KIND].recall_in_sessions),
                _share(score.by_kinds[EVERY_KIND].precision),
            )
            for name, score in rows
        ],
    )
    kinds = (LATE_STARTS, DID_NOT_REOPEN)
    report.table(
        ("ride", *(f"{kind}: {what}" for (kind,) in kinds for what in EDGE_COLUMNS)),
        [(name, *(cell for kind in kinds for cell in _edge(score.by_kinds[kind]))) for name, score in rows],
    )
    report.say(f"The {LONGEST} longest that were missed:", *_longest(found, found.missed))
    report.say(f"The {LONGEST} longest that were said and were none:", *_longest(found, found.invented))
    _check(report, pooled)


def _edge(found: Found) -> tuple[str, ...]:
    return hours(found.true), hours(found.said), *_shares(found)


def _shares(found: Found) -> tuple[str, str]:
    return _share(found.recall), _share(found.precision)


def _share(share: float | None) -> str:
    return "-" if share is None else f"{share:.3f}"


def _longest(found: DayEdges, differences: Iterable[Difference]) -> list[str]:
    longest = sorted(differences, key=lambda each: each.seconds, reverse=True)[:LONGEST]
    return [
        f"- {found.names[each.ride_id]}, {each.start:%d %b %H:%M} to {each.end:%H:%M} UTC: "
        f"{minutes(each.seconds)} min, {each.kind}"
        for each in longest
    ] or ["- none"]


def _check(report: Report, pooled: EdgeScore) -> None:
    everything, late = pooled.by_kinds[EVERY_KIND], pooled.by_kinds[LATE_STARTS]
    report.check(
        f"all three kinds, while the park ran: recall {LEAST_RECALL} or more",
        (everything.recall_in_sessions or 0.0) >= LEAST_RECALL,
        _share(everything.recall_in_sessions),
    )
    report.check(
        f"all three kinds: precision {LEAST_PRECISION} or more",
        (everything.precision or 0.0) >= LEAST_PRECISION,
        _share(everything.precision),
    )
    report.check(
        f"late starts: precision {LEAST_PRECISION_OF_LATE_STARTS} or more",
        (late.precision or 0.0) >= LEAST_PRECISION_OF_LATE_STARTS,
        _share(late.precision),
    )
    report.lines.append("")

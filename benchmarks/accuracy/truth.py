"""Part 2: downtime found in a boolean feed against a recording that says DOWN."""

from __future__ import annotations

from pathlib import Path

from benchmarks.accuracy.ground_truth import Counts, Difference, Score, ground_truth, pooled, worst
from benchmarks.accuracy.tables import Report, minutes
from park_downtime.model import StretchKind

GOAL = {5: 0.91, 7: 0.96}
"""Our own reading of the rules before there was code; it did not say whether of minutes or of readings."""
LEAST_RECALL = {5: 0.90, 7: 0.95}
"""Of readings: less than this is a step back."""
WHY = {
    StretchKind.LATE_START: "before its first opening, beyond its habit: a late start",
    StretchKind.DID_NOT_REOPEN: "after its last opening, before it usually closes: it did not reopen",
    StretchKind.LATE_OPENING: "before its first opening of the session: a late opening by rule",
    StretchKind.EARLY_CLOSE: "closed until the end of the session: an early close by rule",
    StretchKind.DID_NOT_OPERATE: "never open in the session: did not operate by rule",
    StretchKind.ONGOING: "not reopened yet",
    StretchKind.OPEN: "the hold of an open reading",
    StretchKind.UNKNOWN: "no reading holds",
    StretchKind.OUTAGE: "an interruption that the source does not call DOWN",
}


def truth(report: Report, shared: Path) -> None:
    scores = ground_truth(shared)
    together = pooled(scores)
    if scores:
        report.say(recall_line(together, worst(scores)))
    report.table(
        (
            "park",
            "found, min",
            "invented, min",
            "missed, min",
            "precision",
            "recall of minutes",
            "recall of DOWN readings",
            "precision if every entry counted",
        ),
        [
            _row(name, counts)
            for name, counts in (("all", together), *((str(score.park_id), score) for score in scores))
        ],
    )
    report.say("Every minute that differs:")
    for score in scores:
        report.lines.extend(_line(score, each) for each in score.differences)
    report.lines.append("")
    for score in scores:
        report.check(f"park {score.park_id}: nothing invented", score.invented == 0)
        goal = GOAL.get(score.park_id, 0.0)
        report.lines.append(
            f"- park {score.park_id}: goal {goal}, reached {score.recall:.3f} of minutes "
            f"and {score.recall_of_readings:.3f} of readings"
        )
        least = LEAST_RECALL.get(score.park_id, 0.0)
        report.check(
            f"park {score.park_id}: recall of readings {least} or more", score.recall_of_readings >= least
        )
    report.lines.append("")


def recall_line(together: Counts, least: Score) -> str:
    """The pooled figure first, the worst park beside it."""
    return (
        f"Recall of interruptions over all parks: {_readings(together)} of DOWN readings, "
        f"{together.recall:.3f} of minutes; the worst, park {least.park_id}: {_readings(least)} of DOWN "
        f"readings, {least.recall:.3f} of minutes."
    )


def _row(name: str, counts: Counts) -> tuple[str, ...]:
    return (
        name,
        minutes(counts.right),
        minutes(counts.invented),
        minutes(counts.missed),
        f"{counts.precision:.2f}",
        f"{counts.recall:.3f}",
        _readings(counts),
        f"{counts.precision_of_all_entries:.2f}",
    )


def _readings(counts: Counts) -> str:
    return (
        f"{counts.recall_of_readings:.3f} "
        f"({counts.readings_right} of {counts.readings_right + counts.readings_missed})"
    )


def _line(score: Score, each: Difference) -> str:
    return (
        f"- park {score.park_id}, {each.ride}, {score.local(each.start)} to {score.local(each.end)[-5:]}, "
        f"{minutes(each.seconds)} min: {each.status} there, {WHY[each.kind]}"
    )

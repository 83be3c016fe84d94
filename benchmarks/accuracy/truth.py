"""Part 2: downtime found in a boolean feed against a recording that says DOWN."""

from __future__ import annotations

from pathlib import Path

from benchmarks.accuracy.ground_truth import Difference, Score, ground_truth
from benchmarks.accuracy.tables import Report, minutes
from park_downtime.model import StretchKind

GOAL = {5: 0.91, 7: 0.96}
"""Our own reading of the rules before there was code; it did not say whether of minutes or of readings."""
LEAST_RECALL = {5: 0.90, 7: 0.95}
"""Of readings: less than this is a step back."""
WHY = {
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
            (
                score.park_id,
                minutes(score.right),
                minutes(score.invented),
                minutes(score.missed),
                f"{score.precision:.2f}",
                f"{score.recall:.3f}",
                f"{score.recall_of_readings:.3f} "
                f"({score.readings_right} of {score.readings_right + score.readings_missed})",
                f"{score.precision_of_all_entries:.2f}",
            )
            for score in scores
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


def _line(score: Score, each: Difference) -> str:
    return (
        f"- park {score.park_id}, {each.ride}, {score.local(each.start)} to {score.local(each.end)[-5:]}, "
        f"{minutes(each.seconds)} min: {each.status} there, {WHY[each.kind]}"
    )

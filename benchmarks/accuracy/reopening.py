"""Part 6: the chance that a closed ride is back today, against what came of it and beside the rule before."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import NamedTuple

from benchmarks.accuracy.asked_again import Asked, Seen, add_votes, seen_in
from benchmarks.accuracy.recordings import Recorded
from benchmarks.accuracy.tables import Report, percent
from park_downtime.periods import Zone
from park_downtime.timeline.reopening import (
    CELLS,
    CLOSED_FOR_MINUTES,
    LONG_AFTER,
    SHIPPED,
    SHIPPED_WEIGHT,
    TO_CLOSING_MINUTES,
    Cell,
    Odds,
    Votes,
    back_today_percentage,
)
from park_downtime.timeline.status import LEAST_CHANCE

NEW_YORK = Zone("America/New_York")
RESORTS: Mapping[str, tuple[Zone, Sequence[Recorded]]] = {
    "Gardaland": (Zone("Europe/Rome"), (Recorded("gardaland_2025_2026", 15),)),
    "Universal Orlando": (
        NEW_YORK,
        (
            Recorded("universal_orlando_2025_08", 20),
            Recorded("universal_orlando_2025_12", 44),
            Recorded("universal_orlando_2026", 60),
        ),
    ),
    "Walt Disney World, posted waits of five rides": (NEW_YORK, (Recorded("wdw_edges_2017", 10),)),
}
"""What is tried on one was learnt from the others. Left out are recordings in which no ride was seen to
close on three days.
"""
MOST_BRIER, LEAST_RIGHT = 0.14, 0.78


class Score(NamedTuple):
    """`brier`: the mean square of what the chance was off by. `right`: of the looks, how many said Down of a
    ride that came back or Closed of one that did not.
    """

    looks: int
    back: int
    brier: float
    right: int


def reopening(report: Report, shared: Path) -> None:
    seen = {resort: seen_in(shared, recorded, zone) for resort, (zone, recorded) in RESORTS.items()}
    report.say(
        "At every reading of a closed ride with a habit of closing, while its park ran: was it back that day?"
    )
    of_resort, before_closing = {}, {}
    for resort, own in seen.items():
        others = [each for other, each in seen.items() if other != resort]
        of_resort[resort] = scores_of(own.asked, others)
        early = [each for each in own.asked if each.look.cell.to_closing_minutes != LONG_AFTER]
        before_closing[resort] = scores_of(early, others)
    pooled = _pooled(of_resort.values())
    rows = [
        _row("all", pooled),
        _row("of these, until 20 minutes after it usually closes", _pooled(before_closing.values())),
        *(_row(resort, scores) for resort, scores in of_resort.items()),
    ]
    report.table(
        (
            "tried on",
            "readings",
            "back that day",
            "rule before: Brier",
            "right",
            "learnt elsewhere: Brier",
            "right",
            "as shipped: Brier",
            "right",
        ),
        rows,
    )
    _calibration(report, seen)
    _table(report, seen)
    report.check(f"Brier at most {MOST_BRIER}", pooled[1].brier <= MOST_BRIER, f"{pooled[1].brier:.3f}")
    right = pooled[1].right / pooled[1].looks if pooled[1].looks else 0.0
    report.check(f"right at least {LEAST_RIGHT:.0%}", right >= LEAST_RIGHT, f"{right:.1%}")


def scores_of(asked: Sequence[Asked], others: Sequence[Seen]) -> list[Score]:
    """Of the rule before, of a table that was learnt from `others` alone, and of the shipped one."""
    votes: dict[Cell, Votes] = {}
    for other in others:
        add_votes(votes, other.votes)
    return [
        _rule_before(asked, [each for other in others for each in other.asked]),
        score(asked, learned_alone(votes)),
        score(asked, SHIPPED),
    ]


def score(asked: Iterable[Asked], odds: Odds) -> Score:
    total, back, off, right = 0, 0, 0.0, 0
    for look in (each.look for each in asked):
        percentage = back_today_percentage(odds, look.cell)
        total += 1
        back += look.is_back
        off += (percentage / 100 - look.is_back) ** 2
        right += (percentage >= LEAST_CHANCE) == look.is_back
    return Score(total, back, off / total if total else 0.0, right)


def learned_alone(votes: Mapping[Cell, Votes]) -> dict[Cell, float]:
    """As a night learns, but starting from how many were back so long before closing, whatever else."""
    margins: dict[int, Votes] = {}
    for cell, own in votes.items():
        before = margins.get(cell.to_closing_minutes, Votes())
        margins[cell.to_closing_minutes] = Votes(before.closures + own.closures, before.back + own.back)
    found = {}
    for cell in CELLS:
        margin = margins.get(cell.to_closing_minutes, Votes())
        start = margin.back / margin.closures if margin.closures else 0.5
        own = votes.get(cell, Votes())
        found[cell] = (own.back + SHIPPED_WEIGHT * start) / (own.closures + SHIPPED_WEIGHT)
    return found


def _rule_before(asked: Sequence[Asked], others: Sequence[Asked]) -> Score:
    """It knew no chance: its two words are given the share that came back of them elsewhere."""
    said: defaultdict[bool, list[bool]] = defaultdict(list)
    for each in others:
        said[each.was_called_down].append(each.look.is_back)
    chance = {word: sum(back) / len(back) for word, back in said.items()}
    off = sum((chance.get(each.was_called_down, 0.5) - each.look.is_back) ** 2 for each in asked)
    right = sum(each.was_called_down == each.look.is_back for each in asked)
    back = sum(each.look.is_back for each in asked)
    return Score(len(asked), back, off / len(asked) if asked else 0.0, right)


def _pooled(scores: Iterable[Sequence[Score]]) -> list[Score]:
    """By way of saying it."""
    return [
        Score(
            looks := sum(each.looks for each in of_way),
            sum(each.back for each in of_way),
            sum(each.brier * each.looks for each in of_way) / looks if looks else 0.0,
            sum(each.right for each in of_way),
        )
        for of_way in zip(*scores, strict=True)
    ]


def _row(name: str, scores: Sequence[Score]) -> list[str]:
    looks, back = scores[0].looks, scores[0].back
    cells = [cell for each in scores for cell in (f"{each.brier:.3f}", percent(each.right, looks, 0))]
    return [name, f"{looks:,}", percent(back, looks, 0), *cells]


def _calibration(report: Report, seen: Mapping[str, Seen]) -> None:
    """Of what a chance was said, learnt elsewhere, so many came back."""
    said: defaultdict[int, list[bool]] = defaultdict(list)
    for resort, own in seen.items():
        votes: dict[Cell, Votes] = {}
        for other, each in seen.items():
            if other != resort:
                add_votes(votes, each.votes)
        odds = learned_alone(votes)
        for asked in own.asked:
            said[back_today_percentage(odds, asked.look.cell)].append(asked.look.is_back)
    report.say("What was said, learnt elsewhere, and what came of it:")
    bands = [(5, 15), (20, 30), (35, 45), (50, 60), (65, 75), (80, 90), (95, 95)]
    report.table(
        ("back today", "readings", "back that day"),
        [
            (
                f"{low} to {high} %" if low < high else f"{low} %",
                f"{len(of_band):,}",
                percent(sum(of_band), len(of_band), 0),
            )
            for low, high in bands
            for of_band in [[back for p, backs in said.items() if low <= p <= high for back in backs]]
        ],
    )


def _table(report: Report, seen: Mapping[str, Seen]) -> None:
    """The shipped table, and what the recordings here make of it by readings, as it was fitted."""
    looks: defaultdict[Cell, list[bool]] = defaultdict(list)
    for own in seen.values():
        for asked in own.asked:
            looks[asked.look.cell].append(asked.look.is_back)
    report.say(
        "The shipped table in percent, and behind it what these recordings say with how many readings:"
    )
    report.table(
        ("closed for, few open", *map(_to_closing, TO_CLOSING_MINUTES)),
        [
            (
                f"from {closed_for} min{', few open' if are_few_open else ''}",
                *(
                    _beside(SHIPPED[cell], looks.get(cell, []))
                    for cell in (Cell(closed_for, edge, are_few_open) for edge in TO_CLOSING_MINUTES)
                ),
            )
            for closed_for in CLOSED_FOR_MINUTES
            for are_few_open in (False, True)
        ],
    )
    total = sum(map(len, looks.values()))
    off = sum(len(own) * abs(SHIPPED[cell] - sum(own) / len(own)) for cell, own in looks.items() if own)
    report.say(f"Weighed by readings, the two differ by {100 * off / total:.1f} points." if total else "")


def _to_closing(edge: int) -> str:
    return "longer after closing" if edge == LONG_AFTER else f"from {edge} min to closing"


def _beside(shipped: float, own: Sequence[bool]) -> str:
    here = f"{100 * sum(own) / len(own):.0f} ({len(own):,})" if own else "-"
    return f"{100 * shipped:.0f}: {here}"

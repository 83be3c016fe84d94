"""Part 1: the rules on readings every ten minutes against the same rules on what really happened."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from functools import partial
from time import monotonic

from benchmarks.accuracy.by_cause import KINDS, ByCause, seconds_by_cause
from benchmarks.accuracy.called_report import called_report
from benchmarks.accuracy.compare import Comparison, OneSided, Why, compare_day
from benchmarks.accuracy.edge_causes import CalledStretch, called_stretches
from benchmarks.accuracy.plans import planned
from benchmarks.accuracy.simulated_days import QuietWorld, compared_days, quiet_world
from benchmarks.accuracy.tables import Report, hours, minutes, percent
from park_downtime.model import StretchKind
from park_downtime.periods import DAY
from park_downtime.simulator.causes import Cause

TEN_PARKS = (5, 6, 16, 64, 66, 10, 50, 312, 61, 316)
"""From coast to coast: late nights, evening events, winter weekdays, water parks, five rides."""
YEAR = (date(2026, 1, 1), 365)
WEEK = (date(2026, 7, 6), 7)
REAL_TROUBLE = (Cause.BREAKDOWN, Cause.WEATHER)


@dataclass(slots=True)
class Look:
    """What was found in some parks over some days. `called` by park."""

    whole: Comparison = field(default_factory=Comparison)
    causes: ByCause = field(default_factory=Counter)
    called: dict[int, list[CalledStretch]] = field(default_factory=dict)


def compare_parks(world: QuietWorld, park_ids: tuple[int, ...], first: date, days: int) -> Look:
    look = Look()
    for park_id in park_ids:
        called = look.called.setdefault(park_id, [])
        for day in compared_days(world, park_id, first, days):
            look.whole.add(compare_day(park_id, day))
            look.causes.update(seconds_by_cause(day))
            around = [day.seen.day + offset * DAY for offset in (-1, 0, 1)]
            called += called_stretches(day, partial(planned, world, park_id, days=around))
    return look


def simulated(report: Report) -> None:
    world = quiet_world()
    looks = {
        "ten parks, a year": (TEN_PARKS, *YEAR),
        "all parks, a week of July": (tuple(world.parks), *WEEK),
    }
    found = {}
    for name, (park_ids, first, days) in looks.items():
        started = monotonic()
        found[name] = compare_parks(world, park_ids, first, days)
        report.say(f"{name}: {len(park_ids)} parks, {days} days from {first}, {monotonic() - started:.0f} s")
    _minutes_and_outages(report, {name: look.whole for name, look in found.items()})
    for name, look in found.items():
        _checks(report, name, look.whole)
    for name, look in found.items():
        _causes(report, name, look.causes)
    for name, look in found.items():
        called_report(report, name, world, look.called, look.whole.seen_seconds)


def _minutes_and_outages(report: Report, found: dict[str, Comparison]) -> None:
    figures: dict[str, Callable[[Comparison], object]] = {
        "ride-days": lambda c: f"{c.ride_days:,}",
        "of them with downtime": lambda c: f"{c.with_downtime:,}",
        "downtime that was, h": lambda c: hours(c.real_seconds),
        "downtime seen, h": lambda c: hours(c.seen_seconds),
        "difference of the sums": lambda c: percent(c.seen_seconds - c.real_seconds, c.real_seconds, 2),
        "mean error per ride-day with downtime, min": lambda c: minutes(
            c.absolute_error / max(1, c.with_downtime)
        ),
        "mean error per outage edge, min": lambda c: minutes(c.absolute_error / max(1, c.edges)),
        "worst error per outage edge, min": lambda c: minutes(c.worst_per_edge),
        "ride-days beyond 10 min per edge": lambda c: len(c.beyond),
        "outages that were": lambda c: f"{c.real_outages:,}",
        "outages seen": lambda c: f"{c.seen_outages:,}",
        "of 20 min or more: were": lambda c: f"{c.real_long:,}",
        "of 20 min or more: missed": lambda c: len(c.missed),
        "their hours": lambda c: hours(sum(each.outage.seconds for each in c.missed)),
        "of 20 min or more: invented": lambda c: len(c.invented),
    }
    report.table(
        ("", *found), [(what, *(figure(c) for c in found.values())) for what, figure in figures.items()]
    )


def _checks(report: Report, name: str, whole: Comparison) -> None:
    """What the rules promise; outages whose only opening nobody read cannot be seen by anybody."""
    # The promise is none at all; what no reading could have shown is told, not called kept.
    report.lines.append(
        f"- {name}: {len(whole.missed)} long outages missed, {len(whole.invented)} invented; "
        f"{len(whole.beyond)} ride-days beyond 10 min per edge"
    )
    for what, one_sided in (("missed", whole.missed), ("invented", whole.invented)):
        for why, number in Counter(each.why for each in one_sided).items():
            report.lines.append(f"- {name}, {what}: {number} because {why}")
    open_days = [each for each in whole.beyond if not each.is_one_sided]
    report.check(f"{name}: every missed long outage is explained", not _unexplained(whole.missed))
    report.check(f"{name}: every invented long outage is explained", not _unexplained(whole.invented))
    report.check(
        f"{name}: every ride-day without a one-sided outage within 10 min per edge",
        not open_days,
        len(open_days),
    )
    for each in open_days[:20]:
        report.lines.append(
            f"  - park {each.park_id} ride {each.ride_id} {each.day}: {minutes(each.seconds)} min, "
            f"{each.edges} edges"
        )
    for side in (*whole.missed, *whole.invented):
        if side.why is Why.UNEXPLAINED:
            report.lines.append(f"  - unexplained: park {side.park_id} {side.outage}")
    report.lines.append("")


def _unexplained(one_sided: list[OneSided]) -> list[OneSided]:
    return [each for each in one_sided if each.why is Why.UNEXPLAINED]


def _causes(report: Report, name: str, causes: ByCause) -> None:
    report.say(f"{name}: where the time of each true cause went, counted rides:")
    totals = Counter[Cause]()
    for (cause, _), length in causes.items():
        totals[cause] += length
    report.table(
        ("cause", "hours", *KINDS),
        [
            (cause, hours(totals[cause]), *(percent(causes[cause, kind], totals[cause]) for kind in KINDS))
            for cause in REAL_TROUBLE
        ],
    )
    down = {cause: causes[cause, StretchKind.OUTAGE] for cause in Cause if causes[cause, StretchKind.OUTAGE]}
    report.say(f"{name}: what the counted downtime really was:")
    report.table(
        ("cause", "hours", "share"),
        [
            (cause, hours(length), percent(length, sum(down.values()), 2))
            for cause, length in sorted(down.items(), key=lambda entry: -entry[1])
        ],
    )

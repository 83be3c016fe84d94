"""What the late starts and did-not-reopens of simulated days were, in a table; and those that were plan."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from zoneinfo import ZoneInfo

from benchmarks.accuracy.edge_causes import CalledStretch, Was, added_up
from benchmarks.accuracy.tables import Report, hours, minutes, percent
from park_downtime.model import StretchKind
from park_downtime.simulator.world import World
from park_downtime.timeline.edge_calls import CALLED

GOAL = 0.002
"""Of what did not reopen, plan or open, as a share of outage time; of late starts there should be none."""
MOST_THAT_WAS_NONE = 0.005
MOST_LATE_STARTS_IN_PLAN = 0.01
"""Of late starts, as a share of their own time: jitter of the plan."""
LONGEST = 10
NO_TROUBLE = (Was.PLAN, Was.OPEN)


def called_report(
    report: Report,
    name: str,
    world: World,
    called: Mapping[int, Sequence[CalledStretch]],
    outage_seconds: int,
) -> None:
    """`called` by park."""
    calls = [each for own in called.values() for each in own]
    totals = {kind: added_up(calls, kind) for kind in CALLED.values()}
    report.say(f"{name}: what late starts and rides that did not reopen really were, hours:")
    report.table(
        (
            "called",
            "calls",
            "of them plan or open alone",
            "hours",
            *Was,
            "plan or open, share of outage hours",
        ),
        [
            (
                kind,
                f"{sum(each.kind is kind for each in calls):,}",
                sum(each.kind is kind and each.is_none for each in calls),
                hours(found.total()),
                *(hours(found[was]) for was in Was),
                percent(sum(found[was] for was in NO_TROUBLE), outage_seconds, 2),
            )
            for kind, found in totals.items()
        ],
    )
    late = totals[StretchKind.LATE_START]
    none = sum(totals[StretchKind.DID_NOT_REOPEN][was] for was in NO_TROUBLE)
    report.lines += [
        f"- {name}, late starts that were plan: goal 0 h, reached {hours(late[Was.PLAN])} h",
        f"- {name}, did not reopen, plan or open: goal {GOAL:.1%} of outage time, "
        f"reached {percent(none, outage_seconds, 2)}",
    ]
    report.check(
        f"{name}: at most {MOST_LATE_STARTS_IN_PLAN:.0%} of late starts were plan",
        late[Was.PLAN] <= MOST_LATE_STARTS_IN_PLAN * late.total(),
    )
    report.check(
        f"{name}: did not reopen, plan or open: below {MOST_THAT_WAS_NONE:.1%} of outage time",
        none < MOST_THAT_WAS_NONE * outage_seconds,
    )
    report.say("", f"The {LONGEST} that were plan for longest:", *worst(world, called))


def worst(world: World, called: Mapping[int, Sequence[CalledStretch]]) -> list[str]:
    """Those with the most time that was plan, the longest first, in the park's own time."""
    wrong = [
        (each.seconds[Was.PLAN], park_id, each)
        for park_id, own in called.items()
        for each in own
        if each.seconds[Was.PLAN]
    ]
    wrong.sort(key=lambda entry: -entry[0])
    lines = []
    for length, park_id, each in wrong[:LONGEST]:
        zone = ZoneInfo(world.park(park_id).local_timezone)
        start, end = each.start.astimezone(zone), each.end.astimezone(zone)
        lines.append(
            f"- park {park_id} ride {each.ride_id}, {start:%d %b %H:%M} to {end:%H:%M}: {each.kind}, "
            f"{minutes(length)} min were plan"
        )
    return lines or ["- none"]

"""What we assume of stamps (`last_updated`): they are there, they are fresh, they move."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from statistics import median

from park_downtime.feed.assumptions.finding import (
    Finding,
    Verdict,
    first_few,
    held_if,
    none_of,
    not_seen,
    percent,
)
from park_downtime.feed.assumptions.heard import ParkHeard
from park_downtime.feed.readings import FUTURE_AFTER
from park_downtime.timeline.stamps import (
    BEHIND_AFTER,
    GROWS_EVERY,
    SLOW_STANDS_STILL_AFTER,
    STANDS_STILL_AFTER,
)

LEAST_FRESH = 0.90
"""In recordings 99 % of the rows are younger than 6 minutes, also at night."""
MOST_BEHIND = 0.05
SURE_SECONDS = 360
"""Stamps are renewed every five minutes, and an answer may be kept for one."""


def stamp_findings(heard: Sequence[ParkHeard]) -> list[Finding]:
    return [present(heard), not_ahead(heard), fresh(heard), open_behind(heard)]


def present(heard: Sequence[ParkHeard]) -> Finding:
    """One that cannot be read makes an odd entry."""
    without = [park.ride(entry) for park in heard for entry in park.entries if entry.last_updated is None]
    return none_of("without", without, "stamps", "every entry has one", *_of(heard))


def not_ahead(heard: Sequence[ParkHeard]) -> Finding:
    ahead = [
        f"{park.ride(entry)}: {how_long(entry.last_updated - park.fetched_at)} ahead"
        for park in heard
        for entry in park.entries
        if entry.last_updated is not None and entry.last_updated - park.fetched_at > FUTURE_AFTER
    ]
    expected = f"at most {how_long(FUTURE_AFTER)} ahead of our clock"
    finding = none_of("further ahead", ahead, "stamps not ahead", expected, *_of(heard))
    if len(ahead) * 2 > sum(len(park.entries) for park in heard):
        return replace(finding, found=f"{finding.found}: is our clock behind?")
    return finding


def fresh(heard: Sequence[ParkHeard]) -> Finding:
    """The newest stamp of each payload beside our clock. Hours off but moving, stamps are believed."""
    expected = f"{LEAST_FRESH:.0%} of parks younger than {how_long(GROWS_EVERY)}"
    ages = {park.title: park.fetched_at - park.newest for park in heard if park.newest is not None}
    if not ages:
        return not_seen("stamps fresh", expected, "no payload with a stamp that is not ahead")
    share = {
        limit: sum(age < limit for age in ages.values())
        for limit in (GROWS_EVERY, STANDS_STILL_AFTER, SLOW_STANDS_STILL_AFTER)
    }
    worst = max(ages.values())
    middle = timedelta(seconds=median(age.total_seconds() for age in ages.values()))
    found = f"newest of a payload: median {how_long(middle)} old, worst {how_long(worst)}; " + ", ".join(
        f"{percent(count, len(ages))} younger than {how_long(limit)}" for limit, count in share.items()
    )
    if not share[GROWS_EVERY]:
        found += (
            f"; not one is: the feed stands still, or its clock and ours differ, --wait {SURE_SECONDS} tells"
        )
    old = sorted((title for title, age in ages.items() if age >= GROWS_EVERY), key=lambda title: -ages[title])
    return held_if(
        share[GROWS_EVERY] / len(ages) >= LEAST_FRESH,
        "stamps fresh",
        expected,
        found,
        [f"{title}: {how_long(ages[title])}" for title in old],
    )


def open_behind(heard: Sequence[ParkHeard]) -> Finding:
    """Entries that were dropped: open, and long behind the newest of their payload."""
    expected = (
        f"at most {MOST_BEHIND:.0%} of all entries open and {how_long(BEHIND_AFTER)} behind their payload"
    )
    behind = []
    open_entries = 0
    for park in heard:
        newest = park.newest
        for entry in park.entries:
            open_entries += bool(entry.is_open)
            if entry.is_open and newest is not None and entry.last_updated is not None:
                lag = newest - entry.last_updated
                if lag > BEHIND_AFTER:
                    behind.append(f"{park.ride(entry)}: {how_long(lag)}")
    entries = sum(len(park.entries) for park in heard)
    if not open_entries:
        return not_seen("left open", expected, f"none of {entries} entries is open: look again by day")
    found = (
        f"{len(behind)} of {open_entries} open entries ({percent(len(behind), open_entries)}), "
        f"{percent(len(behind), entries)} of all"
    )
    return held_if(len(behind) / entries <= MOST_BEHIND, "left open", expected, found, behind)


def stamps_move(
    first: Sequence[ParkHeard], second: Sequence[ParkHeard], wait_seconds: float | None
) -> Finding:
    """A few parks looked at twice. `wait_seconds` None: they were not."""
    expected = "newer at a second look"
    if wait_seconds is None:
        found = f"one cycle sees each stamp once; --wait {SURE_SECONDS} looks at three parks again"
        return not_seen("stamps move", expected, found)
    before = {park.park_id: park for park in first}
    pairs = [(before[park.park_id], park) for park in second if park.park_id in before]
    pairs = [(old, new) for old, new in pairs if old.newest is not None and new.newest is not None]
    if not pairs:
        return not_seen("stamps move", expected, f"no park could be looked at again after {wait_seconds:g} s")
    moved = sum(_move(old, new) > timedelta(0) for old, new in pairs)
    back = [
        f"{new.title}: back by {how_long(-_move(old, new))}"
        for old, new in pairs
        if _move(old, new) < timedelta(0)
    ]
    still = [f"{new.title}: the same" for old, new in pairs if _move(old, new) == timedelta(0)]
    changed = sum(_changed(old, new) for old, new in pairs)
    found = (
        f"{moved} of {len(pairs)} parks after {wait_seconds:g} s; "
        f"{changed} of their entries changed state or wait"
    )
    if not back and still and wait_seconds < SURE_SECONDS:
        found += f"; the feed renews every five minutes, {SURE_SECONDS} s would tell"
        verdict = Verdict.HELD if moved else Verdict.NOT_SEEN
    else:
        verdict = Verdict.BROKEN if back or still else Verdict.HELD
    return Finding("stamps move", verdict, expected, found, first_few(back + still))


def worth_another_look(heard: Sequence[ParkHeard], most: int = 3) -> list[ParkHeard]:
    """The parks with most open entries: values move there too."""
    stamped = [park for park in heard if park.newest is not None]
    return sorted(stamped, key=lambda park: -sum(bool(entry.is_open) for entry in park.entries))[:most]


def how_long(length: timedelta) -> str:
    """As a person says it: seconds below two minutes, hours from two on, days from two on."""
    seconds = length.total_seconds()
    for unit, size in (("days", 86400), ("h", 3600), ("min", 60)):
        if abs(seconds) >= 2 * size:
            return f"{seconds / size:.1f}".removesuffix(".0") + f" {unit}"
    return f"{seconds:.0f} s"


def _move(old: ParkHeard, new: ParkHeard) -> timedelta:
    if old.newest is None or new.newest is None:
        return timedelta(0)
    return new.newest - old.newest


def _changed(old: ParkHeard, new: ParkHeard) -> int:
    before = {entry.id: (entry.is_open, entry.wait_time) for entry in old.entries}
    return sum(
        entry.id in before and before[entry.id] != (entry.is_open, entry.wait_time) for entry in new.entries
    )


def _of(heard: Sequence[ParkHeard]) -> tuple[str, bool]:
    entries = sum(len(park.entries) for park in heard)
    return f"{entries} entries", entries > 0

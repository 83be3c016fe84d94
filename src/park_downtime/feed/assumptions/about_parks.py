"""What we assume of the cycle as a whole: how many parks and rides, and what they cost."""

from __future__ import annotations

from collections.abc import Sequence

from park_downtime.feed.assumptions.finding import Finding, Verdict, first_few, held_if, none_of, not_seen
from park_downtime.feed.assumptions.heard import ParkHeard

LONGEST_CYCLE_SECONDS = 60.0
"""Half of what a cycle is given."""


def parks_tracked(count: int, planned: int | None) -> Finding:
    """`planned` None: the settings track other parks than those that were planned."""
    return _beside("parks tracked", "parks", count, planned)


def rides_listed(heard: Sequence[ParkHeard], planned: int | None) -> Finding:
    rides = {entry.id for park in heard for entry in park.entries}
    return _beside("rides", "different entries", len(rides), planned)


def parks_answer(asked: int, not_heard: Sequence[str]) -> Finding:
    """`not_heard` names each park of which there is nothing, with the reason."""
    heard = asked - len(not_heard)
    return held_if(
        asked > 0 and not not_heard,
        "parks answer",
        "every tracked park, with a payload",
        f"{heard} of {asked}" + (", each of the others is named below" if not_heard else ""),
    )


def payloads_filled(heard: Sequence[ParkHeard]) -> Finding:
    accepted = [park for park in heard if not park.is_rejected]
    empty = [park.title for park in accepted if not park.entries and not park.odd]
    return none_of(
        "empty",
        empty,
        "payloads filled",
        "each names a ride",
        f"{len(accepted)} payloads",
        bool(accepted),
    )


def cost(heard: Sequence[ParkHeard], seconds: float) -> Finding:
    expected = f"a cycle takes less than {LONGEST_CYCLE_SECONDS:g} s"
    if not heard:
        return not_seen("size and time", expected, f"no payload in {seconds:.1f} s")
    largest = max(heard, key=lambda park: park.size_bytes)
    total = sum(park.size_bytes for park in heard)
    found = (
        f"{len(heard)} payloads in {seconds:.1f} s, {total / 1000:.0f} kB unpacked, "
        f"the largest {largest.size_bytes / 1000:.1f} kB"
    )
    verdict = Verdict.HELD if seconds < LONGEST_CYCLE_SECONDS else Verdict.BROKEN
    return Finding("size and time", verdict, expected, found, first_few([largest.title]))


def _beside(name: str, what: str, count: int, planned: int | None) -> Finding:
    if planned is None:
        expected = "no number is known for what the settings track"
        found = f"{count:,} {what}"
        return not_seen(name, expected, found) if count else held_if(False, name, expected, found)
    low, high = planned // 2, planned * 2
    expected = f"about {planned:,} in North America ({low:,} to {high:,})"
    return held_if(low <= count <= high, name, expected, f"{count:,} {what}")

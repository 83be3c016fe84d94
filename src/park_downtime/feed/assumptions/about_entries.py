"""What we assume of the entries of payloads: their keys, ids and waits."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator, Sequence

from park_downtime.feed.assumptions.finding import Finding, held_if, none_of, not_seen, percent
from park_downtime.feed.assumptions.heard import ParkHeard, titled
from park_downtime.feed.payload import RideShape
from park_downtime.feed.readings import LONGEST_WAIT_MINUTES
from park_downtime.timeline.stamps import BEHIND_AFTER

LEAST_ZERO, MOST_ZERO = 0.05, 0.60
"""In recordings 18 to 34 % of the open entries of a park have a wait of 0."""
FEWEST_OPEN = 200
"""Fewer open entries say nothing of a share: at night few parks are open, and in the first hour few wait."""


def entry_findings(heard: Sequence[ParkHeard]) -> list[Finding]:
    return [
        keys(heard),
        readable(heard),
        ids_in_a_park(heard),
        ids_across_parks(heard),
        nothing_null(heard),
        waits_in_range(heard),
        closed_without_wait(heard),
        zero_waits(heard),
    ]


def keys(heard: Sequence[ParkHeard]) -> Finding:
    unknown = {key: None for park in heard for key in park.unknown_keys}
    expected = "no key that we do not know (top, land, ride)"
    return none_of("unknown", list(unknown), "payload keys", expected, f"{len(heard)} payloads", bool(heard))


def readable(heard: Sequence[ParkHeard]) -> Finding:
    odd = [f"{park.title}, {entry.path}: {entry.reason}" for park in heard for entry in park.odd]
    entries = sum(len(park.entries) + len(park.odd) for park in heard)
    return none_of("odd", odd, "entries", "every entry can be read", f"{entries} entries", entries > 0)


def ids_in_a_park(heard: Sequence[ParkHeard]) -> Finding:
    """Where one is repeated, the newest counts."""
    repeated = []
    for park in heard:
        count = Counter(entry.id for entry in park.entries)
        names = {entry.id: entry for entry in park.entries}
        repeated += [park.ride(names[ride_id]) for ride_id, times in count.items() if times > 1]
    return none_of("twice or more", repeated, "ids in a park", "every id once", *_of(heard))


def ids_across_parks(heard: Sequence[ParkHeard]) -> Finding:
    parks: dict[int, list[str]] = {}
    names: dict[int, str] = {}
    for park in heard:
        for ride in {entry.id: entry for entry in park.entries}.values():
            parks.setdefault(ride.id, []).append(park.name)
            names.setdefault(ride.id, ride.name)
    shared = [
        f"{titled(names[ride_id], ride_id)} in {' and '.join(where[:2])}"
        for ride_id, where in parks.items()
        if len(where) > 1
    ]
    return none_of("in several", shared, "ids across parks", "every id in one park", *_of(heard))


def nothing_null(heard: Sequence[ParkHeard]) -> Finding:
    found = _those(heard, lambda entry: entry.is_open is None or entry.wait_time is None)
    return none_of(
        "null", found, "nothing null", "every entry says whether it is open, and a wait", *_of(heard)
    )


def waits_in_range(heard: Sequence[ParkHeard]) -> Finding:
    found = _those(
        heard,
        lambda entry: entry.wait_time is not None and not 0 <= entry.wait_time <= LONGEST_WAIT_MINUTES,
        lambda entry: f"{str(entry.wait_time)[:20]} minutes",
    )
    expected = f"0 to {LONGEST_WAIT_MINUTES} minutes"
    return none_of("outside", found, "waits", expected, *_of(heard))


def closed_without_wait(heard: Sequence[ParkHeard]) -> Finding:
    """A wait within range counts as open all the same."""
    found = _those(
        heard,
        lambda entry: entry.is_open is False and (entry.wait_time or 0) > 0,
        lambda entry: f"{str(entry.wait_time)[:20]} minutes",
    )
    closed = sum(entry.is_open is False for park in heard for entry in park.entries)
    return none_of(
        "with a wait",
        found,
        "closed means no wait",
        "no positive wait beside is_open=false",
        f"{closed} closed entries",
        closed > 0,
    )


def zero_waits(heard: Sequence[ParkHeard]) -> Finding:
    """Only of entries with a fresh stamp: those that were dropped keep saying "open, 0 minutes"."""
    fresh = [entry for park in heard for entry in _open_and_fresh(park)]
    zero = sum(entry.wait_time == 0 for entry in fresh)
    expected = f"{LEAST_ZERO:.0%} to {MOST_ZERO:.0%} of open rides"
    if len(fresh) < FEWEST_OPEN:
        found = f"{zero} of {len(fresh)} open entries, too few to judge ({FEWEST_OPEN} would do)"
        return not_seen("zero waits", expected, found)
    is_held = LEAST_ZERO <= zero / len(fresh) <= MOST_ZERO
    found = f"{percent(zero, len(fresh))} ({zero} of {len(fresh)} open entries)"
    return held_if(is_held, "zero waits", expected, found)


def _open_and_fresh(park: ParkHeard) -> Iterator[RideShape]:
    newest = park.newest
    for entry in park.entries:
        is_fresh = newest is None or entry.last_updated is None or newest - entry.last_updated <= BEHIND_AFTER
        if entry.is_open and is_fresh:
            yield entry


def _those(
    heard: Sequence[ParkHeard],
    is_one: Callable[[RideShape], bool],
    why: Callable[[RideShape], str] | None = None,
) -> list[str]:
    return [
        park.ride(entry) + (f": {why(entry)}" if why else "")
        for park in heard
        for entry in park.entries
        if is_one(entry)
    ]


def _of(heard: Sequence[ParkHeard]) -> tuple[str, bool]:
    entries = sum(len(park.entries) for park in heard)
    return f"{entries} entries", entries > 0

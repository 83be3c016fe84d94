"""What the stamps of a payload say of it: whether it is new, and which of its entries are (DESIGN, Reading).

Stamps are compared with each other and not with our clock: hours off but moving, they are believed.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from park_downtime.model import RideReading, State

STANDS_STILL_AFTER = timedelta(minutes=30)
"""So long without a newer stamp, in a park whose stamps grew every GROWS_EVERY for DAY_BEFORE."""
SLOW_STANDS_STILL_AFTER = timedelta(hours=2)
"""So long in any other."""
GROWS_EVERY = timedelta(minutes=10)
DAY_BEFORE = timedelta(hours=24)
LOOKS_BACK = DAY_BEFORE + SLOW_STANDS_STILL_AFTER
BEHIND_AFTER = timedelta(minutes=30)
JUMPS_WITHIN = timedelta(hours=2)
LEAST_MOVING_SHARE = 0.5


class Stamp(NamedTuple):
    """The newest stamp that a park had shown by a cycle."""

    recorded_at: datetime
    newest: datetime


def newest_stamp(readings: Iterable[RideReading]) -> datetime | None:
    return max((one.last_updated for one in readings if one.last_updated is not None), default=None)


def grew_at(seen: Sequence[Stamp]) -> datetime:
    """Our clock at the first cycle that showed the newest stamp of `seen`; where nobody saw it grow, the
    stamp itself.
    """
    first = next(place for place, stamp in enumerate(seen) if stamp.newest == seen[-1].newest)
    return seen[first].recorded_at if first else min(seen[0].newest, seen[0].recorded_at)


def stands_still(seen: Sequence[Stamp], interval_seconds: int) -> bool:
    """Whether the last payload of `seen`, a park's cycles of LOOKS_BACK in time order, is an old one."""
    grew = grew_at(seen)
    standing = seen[-1].recorded_at - grew
    if standing >= SLOW_STANDS_STILL_AFTER:
        return True
    return standing >= STANDS_STILL_AFTER and _grew_often(seen, grew, interval_seconds)


def falls_behind(seen: Iterable[Stamp], stamp: Stamp) -> bool:
    """Whether a stamp that grew lies much further behind our clock than those of `seen`, the cycles of
    JUMPS_WITHIN before: an old answer of some cache, or our clock has been set ahead.
    """
    freshest = max((one.newest - one.recorded_at for one in seen), default=None)
    return freshest is not None and freshest - (stamp.newest - stamp.recorded_at) > BEHIND_AFTER


def _grew_often(seen: Sequence[Stamp], until: datetime, interval_seconds: int) -> bool:
    """Whether the stamp grew at least every 10 minutes over the 24 hours before `until`, as far as can be
    seen that often: one reading in between that shows the same is none yet.
    """
    if seen[0].recorded_at > until - DAY_BEFORE:
        return False
    longest = max(GROWS_EVERY, 1.5 * timedelta(seconds=interval_seconds))
    grew = seen[0]
    for stamp in seen:
        if stamp.recorded_at > until:
            return True
        if stamp.newest > grew.newest:
            grew = stamp
        elif stamp.recorded_at - grew.recorded_at > longest and stamp.recorded_at > until - DAY_BEFORE:
            return False
    return True


def believed(
    readings: Sequence[RideReading], newest: datetime | None, *, is_old: bool, are_entries_judged: bool
) -> tuple[RideReading, ...]:
    """`is_old`: the payload stands still; `are_entries_judged`: an open entry far behind it is forgotten."""
    is_unknown = is_old and any(one.state is State.OPEN for one in readings)
    return tuple(_believed(one, newest, is_old, is_unknown, are_entries_judged) for one in readings)


def is_behind(reading: RideReading, newest: datetime | None) -> bool:
    stamp = reading.last_updated
    return newest is not None and stamp is not None and newest - stamp > BEHIND_AFTER


def _believed(
    reading: RideReading, newest: datetime | None, is_old: bool, is_unknown: bool, are_entries_judged: bool
) -> RideReading:
    behind = are_entries_judged and is_behind(reading, newest)
    if not (behind or is_old):
        return reading
    # Dropped rides keep saying "open" for up to 7 days, all night long.
    if is_unknown or (behind and reading.state is State.OPEN):
        return replace(reading, state=State.UNKNOWN, wait_minutes=None, is_stale=True)
    return replace(reading, is_stale=True)


def moves(unchanged: int, moved: int) -> bool:
    """Whether enough readings of a day that changed nothing moved their stamp."""
    return moved >= LEAST_MOVING_SHARE * unchanged

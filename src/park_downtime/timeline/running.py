"""Whether a park runs at a reading, and what its rides add up to there (DESIGN, Running)."""

from __future__ import annotations

from collections import deque
from collections.abc import Collection, Iterable, Mapping, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from typing import assert_never

from park_downtime.model import State
from park_downtime.timeline.holds import held, open_seconds
from park_downtime.timeline.last_said import LastSaid
from park_downtime.timeline.runs import Run, Said
from park_downtime.timeline.spans import Span, joined

LOOKBACK = timedelta(hours=24)
ALWAYS_OPEN_SECONDS = 20 * 3600
LEAST_OPEN_RIDES = 2
LEAST_OPEN_SHARE = 0.1
SMALL_PARK_RIDES = 4
LEAST_CHANGED = 3
"""Of rides that never close, in a park that never does."""


@dataclass(frozen=True, slots=True)
class ParkActivity:
    """One park at one reading. Rides and waits are of counted rides only.

    `running_count` is the number that decides whether the park runs: open counted rides without
    those that never close. `is_open` and `quiet_since` are what is said of the park (`doubts.Said`).
    `stamp_offset_seconds`: the newest stamp that it has shown so far, against our clock; None: none.
    `rides_unchanged` said what they had said, `stamps_moved` of them under another stamp.
    The rest says whether the feed moves (`doubts.Liveness`). `is_partial`: it says nothing of the park.
    """

    rides_open: int
    rides_closed: int
    rides_unknown: int
    running_count: int
    is_running: bool
    average_wait_minutes: float | None
    max_wait_minutes: int | None
    rides_waiting: int = 0
    rides_alive: int = 0
    has_changed: bool = False
    is_partial: bool = False
    is_open: bool | None = None
    quiet_since: datetime | None = None
    stamp_offset_seconds: int | None = None
    rides_unchanged: int | None = None
    stamps_moved: int | None = None

    @property
    def says_nothing(self) -> bool:
        """Every reading was unknown, as of a feed that stands still: as if absent, not a closed park."""
        return self.rides_unknown > 0 and self.rides_open == self.rides_closed == 0


def always_open(runs_by_ride: Mapping[int, Iterable[Run]], at: datetime) -> frozenset[int]:
    """Rides known open for at least 20 of the 24 hours before `at`: they say nothing of the park."""
    return frozenset(
        ride_id
        for ride_id, runs in runs_by_ride.items()
        if open_seconds(runs, at - LOOKBACK, at) >= ALWAYS_OPEN_SECONDS
    )


def is_running(running_count: int, largest_in_lookback: int, known_rides: int) -> bool:
    """`largest_in_lookback` is the largest running count of the preceding 24 hours, this one included."""
    if known_rides < SMALL_PARK_RIDES:
        return running_count >= 1
    return running_count >= max(LEAST_OPEN_RIDES, LEAST_OPEN_SHARE * largest_in_lookback)


def never_closes(
    said: Iterable[Said], always_open: Collection[int], last: Mapping[int, LastSaid], at: datetime
) -> bool:
    """Whether a whole park does: most of what is open always is, and its waits go on changing."""
    ride_ids = [ride_id for ride_id, state, _ in said if state is State.OPEN]
    always = [ride_id for ride_id in ride_ids if ride_id in always_open]
    fresh = sum(ride_id in last and last[ride_id].is_fresh(at) for ride_id in always)
    return 2 * len(always) > len(ride_ids) and fresh >= LEAST_CHANGED


def park_activity(
    said: Iterable[Said],
    never_closing: Collection[int],
    largest_before: int,
    alive: Collection[int] = (),
    has_changed: bool = False,
    is_partial: bool = False,
) -> ParkActivity:
    """What the readings of the counted rides in one cycle say of their park.

    `largest_before`: the largest running count of the 24 hours before this reading, 0 if none.
    `alive`: rides whose wait is.
    """
    rides_open = rides_closed = rides_unknown = running_count = rides_alive = 0
    waits: list[int] = []
    for ride_id, state, wait in said:
        match state:
            case State.OPEN:
                rides_open += 1
                running_count += ride_id not in never_closing
                rides_alive += ride_id in alive
                if wait is not None:
                    waits.append(wait)
            case State.CLOSED:
                rides_closed += 1
            case State.UNKNOWN:
                rides_unknown += 1
            case _:
                assert_never(state)
    return ParkActivity(
        rides_open=rides_open,
        rides_closed=rides_closed,
        rides_unknown=rides_unknown,
        running_count=running_count,
        is_running=is_running(running_count, max(largest_before, running_count), rides_open + rides_closed),
        average_wait_minutes=sum(waits) / len(waits) if waits else None,
        max_wait_minutes=max(waits, default=None),
        rides_waiting=sum(wait > 0 for wait in waits),
        rides_alive=rides_alive,
        has_changed=has_changed,
        is_partial=is_partial,
    )


def lists_too_few(listed: AbstractSet[int], runs_by_ride: Mapping[int, Iterable[Run]], at: datetime) -> bool:
    """Whether a payload says nothing of the park: of the counted rides of which anything was known in the
    24 hours before it names fewer than half.
    """
    if 2 * len(runs_by_ride.keys() & listed) >= len(runs_by_ride):
        return False
    known = [
        ride_id
        for ride_id, runs in runs_by_ride.items()
        if any(run.started_at < at and run.last_reading_at >= at - LOOKBACK for run in runs)
    ]
    return 2 * sum(ride_id in listed for ride_id in known) < len(known)


class LargestInLookback:
    """The largest running count of the 24 hours before each of a sequence of readings."""

    def __init__(self, before: Sequence[tuple[datetime, int]] = ()) -> None:
        self._falling: deque[tuple[datetime, int]] = deque()
        for at, count in before:
            self.add(at, count)

    def add(self, at: datetime, count: int) -> None:
        while self._falling and self._falling[-1][1] <= count:
            self._falling.pop()
        self._falling.append((at, count))

    def before(self, at: datetime) -> int:
        """Readings are asked for in time order; 0 where there was none."""
        while self._falling and self._falling[0][0] < at - LOOKBACK:
            self._falling.popleft()
        return self._falling[0][1] if self._falling else 0


def always_open_spans(runs: Iterable[Run]) -> list[Span]:
    """When a ride had been known open for at least 20 of the 24 hours before; `always_open` for all
    instants at once. Its open time in the last 24 hours grows while it is open and shrinks while
    it was open a day before, so it is a straight line between the edges of its open time.
    """
    opened = joined((run.started_at, until) for run, until in held(runs) if run.state is State.OPEN)
    if sum((end - start).total_seconds() for start, end in opened) < ALWAYS_OPEN_SECONDS:
        return []
    slope_changes: dict[datetime, int] = {}
    for start, end in opened:
        for at, change in ((start, 1), (end, -1), (start + LOOKBACK, -1), (end + LOOKBACK, 1)):
            slope_changes[at] = slope_changes.get(at, 0) + change
    edges = sorted(slope_changes)
    found: list[Span] = []
    level, slope = 0.0, 0
    for at, following in pairwise(edges):
        slope += slope_changes[at]
        reached = level + slope * (following - at).total_seconds()
        begin, end = at, following
        if level < ALWAYS_OPEN_SECONDS <= reached:
            begin = at + timedelta(seconds=ALWAYS_OPEN_SECONDS - level)
        elif reached < ALWAYS_OPEN_SECONDS <= level:
            end = at + timedelta(seconds=level - ALWAYS_OPEN_SECONDS)
        if max(level, reached) >= ALWAYS_OPEN_SECONDS:
            found.append((begin, end))
        level = reached
    return joined(found)


def covers(spans: Sequence[Span], at: datetime) -> bool:
    """Whether `at` lies in one of the spans, their ends included."""
    return any(start <= at <= end for start, end in spans)

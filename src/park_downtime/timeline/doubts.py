"""When a park's readings are not believed although their stamps are fresh (DESIGN, Doubt).

Feeds repeat a park's last values under new stamps, for hours after closing or all night. Runs hold what
the feed said; a doubt lies over them and is applied when a park is judged, so that an earlier moment
shows what was known then.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from typing import NamedTuple

from park_downtime.model import DoubtKind
from park_downtime.timeline.last_said import ALIVE_FOR
from park_downtime.timeline.runs import ParkRun, Run, hold_limit
from park_downtime.timeline.sessions import ENDS_AFTER

STANDS_STILL_FOR = timedelta(hours=2)
LEAST_READINGS = 3
LEAST_WAITING = 3
OPEN_WITHOUT_WAITS_FOR = timedelta(minutes=30)
"""A park that shows no wait that is alive is said to be open for so long."""
POSTS_WAITS_SHARE = 0.25
POSTS_WAITS_DAYS = 7
INSTANT = timedelta(seconds=1)
"""Instants are whole seconds: so much lies between one and the next."""


class Liveness(NamedTuple):
    """What one cycle says of whether a park's feed moves. Rides and waits are of counted rides only.

    `has_changed`: a ride's state or wait differs from its own last known reading; `rides_alive`: open ones
    whose positive wait, or state, changed within ALIVE_FOR.
    """

    recorded_at: datetime
    local_date: date
    interval_seconds: int
    is_running: bool
    rides_open: int
    rides_waiting: int
    rides_alive: int
    has_changed: bool


@dataclass(frozen=True, slots=True)
class Doubt:
    """Readings from `started_at` on and before `ended_at` are doubted; `ended_at` None: up to now.

    `recognised_at`: the reading with which it was recognised, much later than it started.
    """

    kind: DoubtKind
    started_at: datetime
    recognised_at: datetime
    ended_at: datetime | None = None

    def covers(self, recorded_at: datetime) -> bool:
        return self.started_at <= recorded_at and (self.ended_at is None or recorded_at < self.ended_at)

    def is_known_at(self, at: datetime) -> bool:
        return self.recognised_at <= at and self.covers(at)


def standstills(doubts: Iterable[Doubt]) -> list[Doubt]:
    return [doubt for doubt in doubts if doubt.kind is DoubtKind.STANDSTILL]


def breaks(doubts: Iterable[Doubt]) -> list[datetime]:
    """Instants over which no run is extended: just before readings are believed otherwise than before."""
    edges = (edge for doubt in doubts for edge in (doubt.started_at, doubt.ended_at) if edge is not None)
    return [edge - INSTANT for edge in edges]


def posts_waits(first_posted: Mapping[date, datetime], day: date, at: datetime) -> bool:
    """Whether the park posted waits by `at` on one of its last 7 local days. `first_posted`: on which days
    some cycle showed enough of them, and the first such cycle of the day.
    """
    days = (first_posted.get(day - timedelta(days=back)) for back in range(POSTS_WAITS_DAYS))
    return any(first is not None and first <= at for first in days)


class Quiet(NamedTuple):
    """A cycle, and since when the park shows no wait that is alive, by what was known then: since the last
    one, or since it runs again after a night. None: it shows one, or nobody knows.

    `begins`: with it the park runs again. `is_doubted`: it lies in a standstill, known then or not.
    """

    live: Liveness
    since: datetime | None
    begins: bool
    is_doubted: bool


def begins_to_run(is_running: bool, last_ran: datetime, at: datetime) -> bool:
    """Whether a park runs again after a night. `last_ran`: its last running reading before."""
    return is_running and at - last_ran >= ENDS_AFTER


def quiet(
    seen: Iterable[Liveness], standing: Collection[Doubt], last_alive: datetime | None, start: datetime
) -> Iterator[Quiet]:
    """`seen`: a park's cycles from `start` on; `standing` the standstills over them; `last_alive` the last
    cycle before them with a wait that was alive.
    """
    since = seems = last_alive
    last_ran = start
    for one in seen:
        at = one.recorded_at
        over = [doubt for doubt in standing if doubt.covers(at)]
        if over:
            if one.rides_alive:
                seems = at
            is_known = any(doubt.is_known_at(at) for doubt in over)
            yield Quiet(one, since if is_known else None if one.rides_alive else seems, False, True)
            continue
        begins = begins_to_run(one.is_running, last_ran, at)
        if one.is_running:
            last_ran = at
        if one.rides_alive or begins:
            since = at
        seems = since
        yield Quiet(one, None if one.rides_alive else since, begins, False)


class Said(NamedTuple):
    """What is said of a park at a reading. `is_open` None: it is not known.

    `quiet_since`: the park posts waits, and after then none was alive; what its rides said since may
    still turn out to be forgotten entries.
    """

    is_open: bool | None
    quiet_since: datetime | None


def is_pending(quiet_since: datetime, at: datetime) -> bool:
    """Whether it is still open at a reading if what was read since then is believed."""
    return at - quiet_since < ALIVE_FOR


def said_of_park(live: Liveness, quiet_since: datetime | None, doubts: Iterable[Doubt]) -> Said:
    """By what was known at the reading. `quiet_since`: of a park that posts waits, else None."""
    at = live.recorded_at
    kinds = {doubt.kind for doubt in doubts if doubt.is_known_at(at)}
    if quiet_since is not None and not is_pending(quiet_since, at):
        quiet_since = None
    if DoubtKind.STANDSTILL in kinds:
        return Said(None, quiet_since)
    if not live.is_running or kinds:
        return Said(False, quiet_since)
    return Said(quiet_since is None or at - quiet_since < OPEN_WITHOUT_WAITS_FOR, quiet_since)


def recognise(
    seen: Sequence[Liveness],
    start: datetime,
    since: datetime,
    known: Iterable[Doubt],
    last_alive: datetime | None,
    first_posted: Mapping[date, datetime],
) -> list[Doubt]:
    """The doubts over a park's readings after those of `since` and later were read.

    `seen` are its cycles from `start` on in time order, those before `since` too as far as they may count;
    `known` the doubts as they stood before `since`; `last_alive` the last cycle before `start` with a wait
    that was alive.
    """
    over = [doubt for doubt in known if doubt.ended_at is not None]
    still = {doubt.kind: doubt for doubt in known if doubt.ended_at is None}
    standing = [
        *standstills(over),
        *_standstills(seen, since, still.get(DoubtKind.STANDSTILL)),
    ]
    believed = (one for one in quiet(seen, standing, last_alive, start) if not one.is_doubted)
    left = [
        *(doubt for doubt in over if doubt.kind is DoubtKind.LEFT_OPEN),
        *_left_open(believed, since, still.get(DoubtKind.LEFT_OPEN), last_alive, first_posted),
    ]
    return sorted([*standing, *left], key=lambda doubt: (doubt.recognised_at, doubt.kind))


def _standstills(seen: Iterable[Liveness], since: datetime, still: Doubt | None) -> list[Doubt]:
    """`still`: one that had been recognised before `since` and was not over then."""
    doubts: list[Doubt] = []
    before: Liveness | None = None
    same: list[datetime] = []  # from the last reading that changed something, or the first after a gap
    for one in seen:
        is_new = one.recorded_at >= since
        if still is not None and is_new:
            if not one.has_changed:
                continue
            doubts.append(replace(still, ended_at=one.recorded_at))
            still = None
        is_gap = before is not None and one.recorded_at - before.recorded_at > hold_limit(
            before.interval_seconds
        )
        before = one
        if one.rides_waiting < LEAST_WAITING:
            same = []
            continue
        if one.has_changed or is_gap:
            same = []
        same.append(one.recorded_at)
        is_long = same[-1] - same[0] >= STANDS_STILL_FOR
        if is_new and is_long and len(same) >= LEAST_READINGS:
            still = Doubt(DoubtKind.STANDSTILL, same[1], one.recorded_at)
    return doubts if still is None else [*doubts, still]


def _left_open(
    believed: Iterable[Quiet],
    since: datetime,
    still: Doubt | None,
    quiet_since: datetime | None,
    first_posted: Mapping[date, datetime],
) -> list[Doubt]:
    """`quiet_since`: the last cycle before `believed` with a wait that was alive."""
    doubts: list[Doubt] = []
    ran_from: datetime | None = None  # the first reading without such a wait at which the park runs
    for one in believed:
        live, at = one.live, one.live.recorded_at
        is_new = at >= since
        if live.rides_alive or one.begins:  # of a night without readings nothing is concluded
            if still is not None and is_new:
                doubts.append(replace(still, ended_at=at))
                still = None
            ran_from = None if live.rides_alive else at
            quiet_since = at
            continue
        if live.is_running and ran_from is None:
            ran_from = at
        if (
            is_new
            and still is None
            and ran_from is not None
            and quiet_since is not None
            and not is_pending(quiet_since, at)
            and posts_waits(first_posted, live.local_date, at)
        ):
            still = Doubt(DoubtKind.LEFT_OPEN, ran_from, at)
    return doubts if still is None else [*doubts, still]


def believed_runs(runs: Iterable[Run], doubts: Iterable[Doubt]) -> list[Run]:
    """Without what was read while the park's feed stood still. Runs do not reach across a doubt's edges."""
    standing = standstills(doubts)
    return [run for run in runs if not any(doubt.covers(run.started_at) for doubt in standing)]


def believed_park_runs(runs: Iterable[ParkRun], doubts: Sequence[Doubt]) -> list[ParkRun]:
    """Unknown while the feed stood still, and not running while nothing but forgotten entries was open."""
    believed = []
    for run in runs:
        kinds = {doubt.kind for doubt in doubts if doubt.covers(run.started_at)}
        if DoubtKind.STANDSTILL not in kinds:
            believed.append(replace(run, is_running=False) if kinds and run.is_running else run)
    return believed

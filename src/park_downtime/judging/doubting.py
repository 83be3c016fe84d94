"""Which doubts lie over a park's readings: asked at each cycle, and again where readings came late."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from park_downtime.database.doubts import (
    Heard,
    doubts_since,
    first_posted,
    has_posted,
    last_alive,
    liveness,
    save_doubts,
    say_of_park,
)
from park_downtime.model import DoubtKind
from park_downtime.periods import Zone, start_of_day
from park_downtime.timeline.doubts import (
    LEAST_WAITING,
    POSTS_WAITS_DAYS,
    Doubt,
    Liveness,
    Said,
    is_pending,
    posts_waits,
    quiet,
    recognise,
    said_of_park,
    standstills,
)

LOOKS_BACK = timedelta(hours=26)
"""More than any stretch can be long in which a doubt is not yet recognised, and a night."""
POSTED_WITHIN = timedelta(days=POSTS_WAITS_DAYS + 1)


def may_be_news(live: Liveness, known: Sequence[Doubt], began_to_run: bool) -> bool:
    """Whether a cycle can have begun a doubt, or ended one: mostly it cannot, and nothing is asked."""
    still = {doubt.kind for doubt in known if doubt.ended_at is None}
    if DoubtKind.STANDSTILL in still:
        return False
    if live.rides_waiting >= LEAST_WAITING and not live.has_changed:
        return True
    return not live.rides_alive and (began_to_run or DoubtKind.LEFT_OPEN not in still)


def recognise_since(
    connection: Connection, park_id: int, zone: Zone, since: datetime, until: datetime
) -> datetime | None:
    """Store the doubts that the cycles of `[since, until]` tell of. Answers from when on readings are
    believed otherwise than before; None: nothing has changed.
    """
    start = since - LOOKS_BACK
    before = doubts_since(connection, park_id, start)
    doubts = recognise(
        liveness(connection, park_id, zone, start, until),
        start,
        since,
        [_as_stood(doubt, since) for doubt in before if doubt.recognised_at < since],
        last_alive(connection, park_id, start),
        first_posted(connection, park_id, zone, start - POSTED_WITHIN, until),
    )
    news = [doubt for doubt in (*doubts, *before) if (doubt in doubts) != (doubt in before)]
    if not news:
        return None
    save_doubts(connection, park_id, since, doubts)
    return min(_changed_from(doubt, news) for doubt in news)


def end_doubts(
    connection: Connection,
    park_id: int,
    known: Sequence[Doubt],
    at: datetime,
    *,
    has_changed: bool,
    is_alive: bool,
) -> list[Doubt]:
    """`known` with those over that a reading at `at` ends: it changed something, or a wait is alive."""
    stands_still = not has_changed and any(doubt.ended_at is None for doubt in standstills(known))
    ends = {DoubtKind.STANDSTILL: has_changed, DoubtKind.LEFT_OPEN: is_alive and not stands_still}
    is_over = {
        doubt: replace(doubt, ended_at=at) for doubt in known if doubt.ended_at is None and ends[doubt.kind]
    }
    if is_over:
        save_doubts(connection, park_id, at, list(is_over.values()))
    return [is_over.get(doubt, doubt) for doubt in known]


def say_now(
    connection: Connection,
    park_id: int,
    zone: Zone,
    live: Liveness,
    known: Sequence[Doubt],
    before: Heard | None,
    began_to_run: bool,
) -> Said:
    """What is said of the park at that cycle, after what was at the one `before`."""
    at = live.recorded_at
    stands_still = any(doubt.is_known_at(at) for doubt in standstills(known))
    since = _quiet_since(live, known, before, began_to_run, stands_still)
    if since is not None and is_pending(since, at):
        first_day = live.local_date - timedelta(days=POSTS_WAITS_DAYS - 1)
        if has_posted(connection, park_id, start_of_day(first_day, zone), at):
            return said_of_park(live, since, known)
    return said_of_park(live, None, known)


def _quiet_since(
    live: Liveness, known: Sequence[Doubt], before: Heard | None, began_to_run: bool, stands_still: bool
) -> datetime | None:
    if live.rides_alive and not stands_still:
        return None
    if began_to_run and not stands_still:
        return live.recorded_at
    if before is None:
        return None
    was_standing = any(doubt.covers(before.recorded_at) for doubt in standstills(known))
    return before.recorded_at if before.rides_alive and not was_standing else before.quiet_since


def say_again(connection: Connection, park_id: int, zone: Zone, since: datetime, until: datetime) -> None:
    """What is said of the park at the cycles of `[since, until]`, which have been read anew."""
    known = doubts_since(connection, park_id, since - LOOKS_BACK)
    start = since - LOOKS_BACK
    posted = first_posted(connection, park_id, zone, start - POSTED_WITHIN, until)
    told = quiet(
        liveness(connection, park_id, zone, start, until),
        standstills(known),
        last_alive(connection, park_id, start),
        start,
    )
    said: dict[datetime, Said] = {}
    for one in told:
        at = one.live.recorded_at
        if at >= since:
            posts = posts_waits(posted, one.live.local_date, at)
            said[at] = said_of_park(one.live, one.since if posts else None, known)
    say_of_park(connection, park_id, said)


def _as_stood(doubt: Doubt, before: datetime) -> Doubt:
    is_over = doubt.ended_at is not None and doubt.ended_at < before
    return doubt if is_over else replace(doubt, ended_at=None)


def _changed_from(doubt: Doubt, news: Sequence[Doubt]) -> datetime:
    """Where only its end is another, the earlier of the two; else where it starts."""
    twins = [other for other in news if replace(other, ended_at=None) == replace(doubt, ended_at=None)]
    ends = [twin.ended_at for twin in twins if twin.ended_at is not None]
    return min(ends) if len(twins) > 1 else doubt.started_at

"""What a park's feed does that is not believed: it stands still, its stamps are off, it lists too little."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime, timedelta
from statistics import median

from sqlalchemy import Connection

from park_downtime.database.doubts import counted_rides_known, ongoing_standstills
from park_downtime.database.stamps import LastAnswer, last_answers, stamps_between
from park_downtime.model import ParkOutcome
from park_downtime.timeline.stamps import BEHIND_AFTER, DAY_BEFORE, Stamp, grew_at

INSTANT = timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class FeedDoubt:
    """`stamp_offset`: the newest stamps of a day against our clock, their median. `listed_missing`: counted
    rides known within a day that the last answer did not list.
    """

    park_id: int
    standing_still_since: datetime | None
    stamp_offset: timedelta | None
    listed_missing: int


def feed_doubts(
    connection: Connection, at: datetime, among: Collection[int] | None = None
) -> list[FeedDoubt]:
    """Of the parks whose feed is in doubt at `at`; `among`: of these only."""
    standing = ongoing_standstills(connection)
    return [
        _doubt(connection, answer, standing.get(answer.park_id), at)
        for answer in last_answers(connection, at, among)
        if answer.park_id in standing or _is_odd(answer)
    ]


def _is_odd(answer: LastAnswer) -> bool:
    is_off = answer.stamp_offset is not None and abs(answer.stamp_offset) > BEHIND_AFTER
    return is_off or answer.says_nothing or answer.outcome in (ParkOutcome.PARTIAL, ParkOutcome.EMPTY)


def _doubt(
    connection: Connection, answer: LastAnswer, repeats_since: datetime | None, at: datetime
) -> FeedDoubt:
    day_before = at - DAY_BEFORE
    stamps = stamps_between(connection, answer.park_id, day_before, at + INSTANT)
    known = counted_rides_known(connection, answer.park_id, day_before)
    return FeedDoubt(
        park_id=answer.park_id,
        standing_still_since=repeats_since or _stamps_stand_since(answer, stamps),
        stamp_offset=_median_offset(stamps),
        listed_missing=max(0, known - answer.rides_listed),
    )


def _median_offset(stamps: list[Stamp]) -> timedelta | None:
    seconds = [(stamp.newest - stamp.recorded_at).total_seconds() for stamp in stamps]
    return timedelta(seconds=median(seconds)) if seconds else None


def _stamps_stand_since(answer: LastAnswer, stamps: list[Stamp]) -> datetime | None:
    """An answer with a stamp that says nothing is an old one."""
    return grew_at(stamps) if stamps and answer.says_nothing else None

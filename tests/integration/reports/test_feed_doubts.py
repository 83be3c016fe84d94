"""What is said of a feed that is in doubt: since when it stands still, how far its stamps are off, what it
does not list.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from cycles import add_parks, park
from lying import CLOSES, EVERY_MINUTES, MIDNIGHT, RIDES, Feed, cycles, honest, listing, repeating
from recorded import collect
from sqlalchemy import Engine

from park_downtime.database.engine import reading
from park_downtime.model import Cycle
from park_downtime.reports.feed_doubts import FeedDoubt, feed_doubts

PARK, OTHER = 7, 6
NOON = 12 * 60


def minute(count: int) -> datetime:
    return MIDNIGHT + timedelta(minutes=count)


def until(feed: Feed, end: int, park_id: int = PARK) -> list[Cycle]:
    return [one for one in cycles(feed, 1, park_id) if one.recorded_at <= minute(end)]


def stamped(cycle: Cycle, behind: timedelta) -> Cycle:
    parks = [
        replace(
            said,
            readings=tuple(replace(one, last_updated=cycle.recorded_at - behind) for one in said.readings),
        )
        for said in cycle.parks
    ]
    return replace(cycle, parks=tuple(parks))


def doubts(engine: Engine, at: int, *among: int) -> list[FeedDoubt]:
    with reading(engine) as connection:
        return feed_doubts(connection, minute(at), among or None)


def test_an_honest_feed_is_in_none(sqlite_engine: Engine) -> None:
    add_parks(sqlite_engine, park(PARK))
    collect(sqlite_engine, until(honest, NOON))
    assert doubts(sqlite_engine, NOON) == []


def test_it_stands_still_since_the_first_repetition(engine: Engine) -> None:
    add_parks(engine, park(PARK))
    end = CLOSES + 3 * 60
    collect(engine, until(repeating(end), end - EVERY_MINUTES))
    expected = [FeedDoubt(PARK, minute(CLOSES), None, 0)]
    assert doubts(engine, end - EVERY_MINUTES) == expected
    assert doubts(engine, end - EVERY_MINUTES, OTHER) == []
    collect(engine, [one for one in until(repeating(end), end) if one.recorded_at == minute(end)])
    assert doubts(engine, end) == []


def test_how_far_stamps_are_off_is_the_median_of_a_day(engine: Engine) -> None:
    add_parks(engine, park(PARK))
    collect(engine, [stamped(one, timedelta(hours=7)) for one in until(honest, NOON)])
    assert doubts(engine, NOON) == [FeedDoubt(PARK, None, -timedelta(hours=7), 0)]


def test_stamps_that_stand_still_do_so_since_they_last_grew(sqlite_engine: Engine) -> None:
    add_parks(sqlite_engine, park(PARK))
    feed = until(honest, NOON + 3 * 60)
    stamp = minute(NOON)
    collect(
        sqlite_engine,
        [stamped(one, max(timedelta(), one.recorded_at - stamp)) for one in feed],
    )
    [found] = doubts(sqlite_engine, NOON + 3 * 60)
    assert found.standing_still_since == stamp


def test_what_is_not_listed_is_counted(engine: Engine) -> None:
    add_parks(engine, park(PARK))
    collect(engine, until(listing([0, 1], NOON, CLOSES), NOON))
    assert doubts(engine, NOON) == [FeedDoubt(PARK, None, None, RIDES - 2)]
    collect(engine, until(listing([], NOON, CLOSES), NOON + 30)[-1:])
    assert doubts(engine, NOON + 30) == [FeedDoubt(PARK, None, None, RIDES)]

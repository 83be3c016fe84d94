"""Downtime that has been said is not taken back: from cycle to cycle a day's only grows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path

import cycles as drawn
import moments
import pytest
from lying import cycles, honest, left_open, reopening, repeating
from sqlalchemy import Engine, select

from park_downtime.classification.classifier import Classifier
from park_downtime.collection.store import store_cycle
from park_downtime.database.engine import reading
from park_downtime.database.statistics_tables import park_daily_stats
from park_downtime.jobs.aggregate import aggregate_due
from park_downtime.model import Cycle

pytestmark = pytest.mark.no_cover  # long walks through lines that others cover: watched, twice as long

START = datetime(2026, 7, 1, 12, tzinfo=UTC)
NEW_YORK, PARIS = "America/New_York", "Europe/Paris"


def downtime(engine: Engine) -> dict[tuple[int, date], int]:
    c = park_daily_stats.c
    with reading(engine) as connection:
        found = connection.execute(select(c.park_id, c.stat_date, c.downtime_seconds)).all()
    return {(row.park_id, row.stat_date): row.downtime_seconds for row in found}


def falls(engine: Engine, feed: Sequence[Cycle], zone: str) -> list[str]:
    parks = {readings.park_id for one in feed for readings in one.parks}
    first = feed[0].recorded_at
    drawn.add_parks(engine, *(replace(drawn.park(park, zone), first_seen_at=first) for park in sorted(parks)))
    classifier, found = Classifier.load(), []
    before: dict[tuple[int, date], int] = {}
    for one in feed:
        store_cycle(engine, one, classifier)
        aggregate_due(engine, one.recorded_at)
        now = downtime(engine)
        found += [
            f"{one.recorded_at}: park {park_id}, {day}: {seconds} to {now.get((park_id, day), 0)}"
            for (park_id, day), seconds in before.items()
            if now.get((park_id, day), 0) < seconds
        ]
        before = now
    assert sum(before.values()) > 0
    return found


@pytest.mark.parametrize(
    ("recording", "minutes", "zone"),
    [
        ("disneyland_paris_2026_08", 15, PARIS),
        ("universal_orlando_2025_08", 20, NEW_YORK),
        ("universal_orlando_2025_12", 44, NEW_YORK),
    ],
)
def test_in_a_recording(
    sqlite_engine: Engine, shared_data: Path, recording: str, minutes: int, zone: str
) -> None:
    files = sorted((shared_data / "recordings" / recording).glob("park_*.csv.gz"))
    assert falls(sqlite_engine, moments.recorded(files, minutes, most=200), zone) == []


def test_on_an_evening_that_ends_with_rides_left_open(sqlite_engine: Engine, shared_data: Path) -> None:
    file = shared_data / "recordings" / "universal_orlando_2026" / "park_64.csv.gz"
    first, last = datetime(2026, 5, 13, 4, tzinfo=UTC), datetime(2026, 5, 16, 4, tzinfo=UTC)
    feed = [one for one in moments.recorded([file], 60) if first <= one.recorded_at < last]
    assert falls(sqlite_engine, feed, NEW_YORK) == []


def test_in_simulated_days(sqlite_engine: Engine) -> None:
    assert falls(sqlite_engine, moments.simulated(START, 150, 20), NEW_YORK) == []


@pytest.mark.parametrize(
    "feed",
    [
        honest,
        repeating(23 * 60),
        left_open(1, 2),
        reopening(20 * 60, is_proven=False),
        reopening(20 * 60, is_proven=True),
    ],
)
def test_in_a_feed_that_lies(sqlite_engine: Engine, feed: object) -> None:
    assert callable(feed)
    assert falls(sqlite_engine, list(cycles(feed, 2, 6)), NEW_YORK) == []

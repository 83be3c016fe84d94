"""A payload that says nothing of any ride, as of a feed that stands still, is no sign of a closed park."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from cycles import add_parks, park
from recorded import collect, recording, rows
from sqlalchemy import Engine

from park_downtime.database.parks import all_parks
from park_downtime.judging.close_day import close_park_day

DAY = date(2026, 7, 1)
NOON = datetime(2026, 7, 1, 16, tzinfo=UTC)  # in New York
CLOSED_AGAIN = "X" * 24  # four hours


@pytest.fixture
def stood_still(engine: Engine) -> Engine:
    """Four rides open for an hour, nothing known for 50 minutes, open for another hour, then closed."""
    add_parks(engine, park(6))
    pictures = {6: tuple("ooooooo" + "...." + "ooooooo" + CLOSED_AGAIN for _ in range(4))}
    collect(engine, list(recording(pictures, NOON, timedelta(minutes=10))))
    return engine


def park_day(engine: Engine) -> dict[str, Any]:
    (row,) = rows(engine, "park_daily_stats", ["is_final"], stat_date=DAY)
    return row


def test_its_time_is_unknown_and_no_park_stop(stood_still: Engine) -> None:
    row = park_day(stood_still)
    assert (row["park_stop_seconds"], row["park_unknown_seconds"]) == (0, 40 * 60)


def test_its_rides_have_unknown_time(stood_still: Engine) -> None:
    assert [row["unknown_seconds"] for row in rows(stood_still, "ride_daily_stats", [])] == [40 * 60] * 4


def test_the_night_says_the_same(stood_still: Engine) -> None:
    before = park_day(stood_still)
    with stood_still.begin() as connection:
        close_park_day(connection, all_parks(connection)[6], DAY, NOON + timedelta(hours=14))
    assert park_day(stood_still) == before

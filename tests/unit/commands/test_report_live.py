"""The live table in the terminal: what a closed ride says of itself."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from park_downtime.commands.report_live import live_lines
from park_downtime.model import Category, Status
from park_downtime.reports.live import LiveEntry, LivePark, LiveView

AT = datetime(2026, 7, 1, 16, tzinfo=UTC)


def line(status: Status, down_for_minutes: int | None = None, back_today: int | None = None) -> str:
    since = None if down_for_minutes is None else AT - timedelta(minutes=down_for_minutes)
    ride = LiveEntry(101, "Coaster", None, Category.RIDE, status, None, since, back_today)
    park = LivePark(6, "Park", None, None, None, "America/New_York", True, (ride,))
    (found,) = (each for each in live_lines(LiveView(AT, False, (park,)), [6]) if "Coaster" in each)
    return " ".join(found.split())


@pytest.mark.parametrize(
    ("down_for", "back_today", "said"),
    [
        (40, 95, "Coaster closed down for 40 min, back today: 95 %"),
        (0, 55, "Coaster closed down just now, back today: 55 %"),
        (40, None, "Coaster closed down for 40 min"),
    ],
)
def test_a_ride_that_is_down_says_for_how_long_and_how_likely(
    down_for: int, back_today: int | None, said: str
) -> None:
    assert line(Status.DOWN, down_for, back_today) == said


def test_a_closed_one_says_how_likely_where_that_is_known() -> None:
    assert line(Status.CLOSED, back_today=20) == "Coaster closed back today: 20 %"
    assert line(Status.CLOSED) == "Coaster closed"

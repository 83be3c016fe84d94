"""How a period compares with the one before (DESIGN, Periods)."""

from __future__ import annotations

from typing import NamedTuple

from park_downtime.statistics.columns import Columns
from park_downtime.statistics.measures import Measures

LEAST_COVERAGE = 0.5
LEAST_CHANGE_POINTS = 5.0
LEAST_OPERATING_SECONDS = 4 * 3600
LEAST_DOWNTIME_SECONDS = 3600
COMPARED_WITH = ("open_seconds", "downtime_seconds", "unknown_seconds", "expected_seconds")
"""What of the period before a trend is made of."""


def trend_percentage(current: Measures, previous: Measures) -> float | None:
    """Change of the downtime rate in percent; a rate, so that half of today compares fairly.

    None when the previous period has less than half of its expected time observed, or no downtime, and when
    neither period has an hour of downtime: one short outage more would be a trend of hundreds of percent.
    """
    return _trend(
        current.downtime_seconds,
        current.operating_seconds,
        previous.downtime_seconds,
        previous.operating_seconds,
        previous.coverage_share,
    )


def trend_percentages(current: Columns, previous: Columns) -> list[float | None]:
    """The same of many rides."""
    return list(
        map(
            _trend,
            current.parts["downtime_seconds"],
            current.operating_seconds(),
            previous.parts["downtime_seconds"],
            previous.operating_seconds(),
            previous.coverage_shares(),
        )
    )


def _trend(
    down: int, operating: int, down_before: int, operating_before: int, coverage_before: float | None
) -> float | None:
    if down < LEAST_DOWNTIME_SECONDS and down_before < LEAST_DOWNTIME_SECONDS:
        return None
    if coverage_before is None or coverage_before < LEAST_COVERAGE or not operating or not down_before:
        return None
    before = down_before / operating_before
    return (down / operating - before) / before * 100


class UptimeChange(NamedTuple):
    """Uptime of both periods in percent, and the signed change in points."""

    previous_percentage: float
    current_percentage: float

    @property
    def points(self) -> float:
        return self.current_percentage - self.previous_percentage

    @property
    def is_listed(self) -> bool:
        """Whether a trend table names it: 5 points of uptime or more."""
        return abs(self.points) >= LEAST_CHANGE_POINTS


def uptime_change(
    current: Measures, previous: Measures, current_rides: int = 1, previous_rides: int = 1
) -> UptimeChange | None:
    """None where the periods cannot be compared: less than 4 h (per counted ride on average) ran or was
    down in either.
    """
    return _change(
        current.open_seconds,
        current.operating_seconds,
        previous.open_seconds,
        previous.operating_seconds,
        current_rides,
        previous_rides,
    )


def uptime_changes(current: Columns, previous: Columns) -> list[UptimeChange | None]:
    """The same of many rides."""
    return list(
        map(
            _change,
            current.parts["open_seconds"],
            current.operating_seconds(),
            previous.parts["open_seconds"],
            previous.operating_seconds(),
        )
    )


def _change(
    opened: int,
    operating: int,
    opened_before: int,
    operating_before: int,
    rides: int = 1,
    rides_before: int = 1,
) -> UptimeChange | None:
    if operating < LEAST_OPERATING_SECONDS * max(rides, 1):
        return None
    if operating_before < LEAST_OPERATING_SECONDS * max(rides_before, 1):
        return None
    return UptimeChange(opened_before / operating_before * 100, opened / operating * 100)

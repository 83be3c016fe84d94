"""How a period compares with the one before (DESIGN, Periods)."""

from __future__ import annotations

from dataclasses import dataclass

from park_downtime.statistics.measures import Measures

LEAST_COVERAGE = 0.5
LEAST_CHANGE_POINTS = 5.0
LEAST_OPERATING_SECONDS = 4 * 3600
LEAST_DOWNTIME_SECONDS = 3600


def trend_percentage(current: Measures, previous: Measures) -> float | None:
    """Change of the downtime rate in percent; a rate, so that half of today compares fairly.

    None when the previous period has less than half of its expected time observed, or no downtime, and when
    neither period has an hour of downtime: one short outage more would be a trend of hundreds of percent.
    """
    if max(current.downtime_seconds, previous.downtime_seconds) < LEAST_DOWNTIME_SECONDS:
        return None
    coverage = previous.coverage_share
    now, before = current.downtime_rate, previous.downtime_rate
    if coverage is None or coverage < LEAST_COVERAGE or now is None or not before:
        return None
    return (now - before) / before * 100


@dataclass(frozen=True, slots=True)
class UptimeChange:
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
    if current.operating_seconds < LEAST_OPERATING_SECONDS * max(current_rides, 1):
        return None
    if previous.operating_seconds < LEAST_OPERATING_SECONDS * max(previous_rides, 1):
        return None
    now, before = current.uptime_share, previous.uptime_share
    if now is None or before is None:
        return None
    return UptimeChange(before * 100, now * 100)

"""Local days as ranges of UTC: a park's day is midnight to midnight in its own zone."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo


def local_date(instant: datetime, timezone: str) -> date:
    """The calendar day that it is in `timezone` at `instant`."""
    return instant.astimezone(ZoneInfo(timezone)).date()


def start_of_day(day: date, timezone: str) -> datetime:
    """The first instant of a local day, in UTC.

    Where a clock change skips midnight, the day begins with the change; where it repeats
    midnight, with the first of the two.
    """
    return datetime.combine(day, time(), ZoneInfo(timezone)).astimezone(UTC)


def day_range(day: date, timezone: str) -> tuple[datetime, datetime]:
    """`[start, end)` of a local day in UTC: 24 hours, or 23 or 25 at a clock change."""
    return start_of_day(day, timezone), start_of_day(day + timedelta(days=1), timezone)

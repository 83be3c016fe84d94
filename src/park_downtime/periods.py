"""Local days, ISO weeks, months, years and kept sums as ranges of dates and of UTC.

A park's day is midnight to midnight in its own zone. A park whose zone was corrected keeps the
old one for instants before the change: relabelling moves days, never time.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from typing import assert_never
from zoneinfo import ZoneInfo

from park_downtime.model import PeriodTotal

DAY = timedelta(days=1)
NIGHT_AFTER = timedelta(minutes=10)
NIGHTS_EVERY = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Zone:
    """A park's time zone, with the one before it if that was corrected at `changed_at`."""

    name: str
    previous: str | None = None
    changed_at: datetime | None = None


@dataclass(frozen=True, slots=True)
class DateRange:
    """Local days from `first` to `last`, both included."""

    first: date
    last: date

    @property
    def days(self) -> int:
        return (self.last - self.first).days + 1

    def each_day(self) -> list[date]:
        return [self.first + timedelta(days=number) for number in range(self.days)]


def local_date(instant: datetime, zone: str | Zone) -> date:
    """The calendar day that it is in `zone` at `instant`."""
    if isinstance(zone, Zone):
        zone = _name_at(instant, zone)
    return instant.astimezone(ZoneInfo(zone)).date()


@lru_cache(maxsize=4096)
def start_of_day(day: date, zone: str | Zone) -> datetime:
    """The first instant of a local day, in UTC.

    Where a clock change skips midnight, the day begins with the change; where it repeats
    midnight, with the first of the two.
    """
    if isinstance(zone, str):
        return datetime.combine(day, time(), ZoneInfo(zone)).astimezone(UTC)
    if zone.previous is None or zone.changed_at is None:
        return start_of_day(day, zone.name)
    before = start_of_day(day, zone.previous)
    return before if before < zone.changed_at else max(start_of_day(day, zone.name), zone.changed_at)


def day_range(day: date, zone: str | Zone) -> tuple[datetime, datetime]:
    """`[start, end)` of a local day in UTC: 24 hours, or 23 or 25 at a clock change."""
    return start_of_day(day, zone), start_of_day(day + DAY, zone)


def days_touched(start: datetime, end: datetime, zone: str | Zone) -> Iterator[date]:
    """The local days that `[start, end)` has a part in."""
    day = local_date(start, zone)
    while start_of_day(day, zone) < end:
        yield day
        day += DAY


def night_slot(day: date, timezone: str, now: datetime) -> datetime | None:
    """When the newest attempt to close a local day became due: 10, 70, 130 ... minutes after the next day
    began. None before the first.
    """
    first = start_of_day(day + DAY, timezone) + NIGHT_AFTER
    return None if now < first else first + NIGHTS_EVERY * ((now - first) // NIGHTS_EVERY)


def seconds_into_day(instant: datetime, day: date, zone: str | Zone) -> float:
    """Seconds by the clock on the wall from the midnight of `day`; above 86,400 after the next one."""
    local = instant.astimezone(ZoneInfo(_name_at(instant, zone) if isinstance(zone, Zone) else zone))
    return (local.replace(tzinfo=None) - datetime.combine(day, time())).total_seconds()


def instant_on(day: date, seconds: float, zone: str | Zone) -> datetime:
    """The instant so many seconds by the clock on the wall after the midnight of `day`."""
    name = zone_name_on(day, zone) if isinstance(zone, Zone) else zone
    wall = datetime.combine(day, time()) + timedelta(seconds=seconds)
    return wall.replace(tzinfo=ZoneInfo(name)).astimezone(UTC)


def week_of(day: date) -> DateRange:
    """The ISO week, Monday to Sunday."""
    monday = day - timedelta(days=day.weekday())
    return DateRange(monday, monday + timedelta(days=6))


def month_of(day: date) -> DateRange:
    first = day.replace(day=1)
    return DateRange(first, (first + timedelta(days=31)).replace(day=1) - DAY)


def year_of(day: date) -> DateRange:
    return DateRange(date(day.year, 1, 1), date(day.year, 12, 31))


def ended_periods(range_of: Callable[[date], DateRange], first: date, last: date) -> Iterator[DateRange]:
    """The weeks, months or years that were over with `last` and have a day from `first` on, newest first."""
    dates = range_of(range_of(last + DAY).first - DAY)
    while dates.last >= first:
        yield dates
        dates = range_of(dates.first - DAY)


def by_iso_week(dates: DateRange) -> list[DateRange]:
    """The range cut at Mondays."""
    weeks = []
    day = dates.first
    while day <= dates.last:
        weeks.append(DateRange(day, min(week_of(day).last, dates.last)))
        day = weeks[-1].last + DAY
    return weeks


def whole_days(total: PeriodTotal, today: date) -> DateRange:
    """The whole local days summed in a kept total, none of them today."""
    match total:
        case PeriodTotal.CURRENT_7:
            first, last = 6, 1
        case PeriodTotal.PREVIOUS_7:
            first, last = 13, 7
        case PeriodTotal.CURRENT_30:
            first, last = 29, 1
        case PeriodTotal.PREVIOUS_30:
            first, last = 59, 30
        case PeriodTotal.SEVEN_DAYS:
            first, last = 7, 1
        case _:
            assert_never(total)
    return DateRange(today - timedelta(days=first), today - timedelta(days=last))


def zone_name_on(day: date, zone: Zone) -> str:
    """The IANA name by which the local day begins."""
    return _name_at(start_of_day(day, zone), zone)


def _name_at(instant: datetime, zone: Zone) -> str:
    is_before = zone.previous is not None and zone.changed_at is not None and instant < zone.changed_at
    return zone.previous if is_before and zone.previous is not None else zone.name

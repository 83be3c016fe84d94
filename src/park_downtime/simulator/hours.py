"""When a park is open: seasons, weekdays, late nights and evening events, in its own zone."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from random import Random
from zoneinfo import ZoneInfo

from .catalogue import Calendar, SimulatedPark
from .causes import Cause
from .chance import chance

DAY_BEGINS_HOUR = 5
"""The simulator's day runs from 05:00 to 05:00 local: no opening ever crosses that hour."""

FRIDAY, SATURDAY, SUNDAY = 4, 5, 6


@dataclass(frozen=True, slots=True)
class Opening:
    """One stretch during which the park is open, in seconds since the epoch."""

    start: int
    end: int
    is_event: bool = False


@dataclass(frozen=True, slots=True)
class ParkDay:
    """`openings` is empty on a closed day, and `closed_because` then says why."""

    start: int
    end: int
    openings: tuple[Opening, ...]
    closed_because: Cause


def park_day(seed: int, park: SimulatedPark, day: date) -> ParkDay:
    """The simulator's day that begins at 05:00 on `day`."""
    zone = ZoneInfo(park.local_timezone)
    start = _seconds(day, DAY_BEGINS_HOUR * 60, zone)
    end = _seconds(day + timedelta(days=1), DAY_BEGINS_HOUR * 60, zone)
    closed_because = _closed_because(park.calendar, day)
    if closed_because is not None:
        return ParkDay(start, end, (), closed_because)
    minutes = _opening_minutes(seed, park, day)
    openings = tuple(
        Opening(_seconds(day, opens, zone), _seconds(day, closes, zone), is_event)
        for opens, closes, is_event in minutes
    )
    return ParkDay(start, end, openings, Cause.CLOSED_FOR_THE_NIGHT)


def day_of(at_seconds: int, zone: ZoneInfo) -> date:
    """The simulator's day that an instant falls into."""
    local = datetime.fromtimestamp(at_seconds, zone)
    return local.date() - timedelta(days=1) if local.hour < DAY_BEGINS_HOUR else local.date()


def _seconds(day: date, minutes: int, zone: ZoneInfo) -> int:
    """The instant at which the wall clock stands `minutes` after midnight of `day`."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
    return int(wall.replace(tzinfo=zone).timestamp())


def _closed_because(calendar: Calendar, day: date) -> Cause | None:
    in_year = (day.month, day.day)
    is_weekend = day.weekday() >= FRIDAY
    if calendar is Calendar.YEAR_ROUND:
        return None
    if calendar is Calendar.WATER_YEAR_ROUND:
        return Cause.PARK_CLOSED if day.month in (12, 1, 2) and day.weekday() in (1, 2) else None
    if calendar is Calendar.CLOSED_WINTER_WEEKDAYS:
        is_holiday = in_year >= (12, 20) or in_year <= (1, 3)
        is_winter = in_year >= (11, 3) or in_year < (3, 1)
        return Cause.PARK_CLOSED if is_winter and not is_weekend and not is_holiday else None
    first, daily_from, daily_until, last = (
        ((5, 15), (6, 1), (8, 20), (9, 15))
        if calendar is Calendar.WATER_SUMMER
        else ((4, 20), (5, 25), (8, 25), (11, 2))
    )
    if not first <= in_year <= last:
        return Cause.SEASON
    return None if daily_from <= in_year <= daily_until or is_weekend else Cause.PARK_CLOSED


def _opening_minutes(seed: int, park: SimulatedPark, day: date) -> list[tuple[int, int, bool]]:
    """(opens, closes, is_event) in minutes after midnight; past 1440 is the next morning."""
    own = chance("hours", seed, park.park_id)  # a park keeps its habits all year
    today = chance("hours", seed, park.park_id, day)
    is_busy = day.weekday() >= FRIDAY or 6 <= day.month <= 8 or (day.month, day.day) >= (12, 20)
    opens = own.choice((600, 600, 630) if park.is_water_park else (540, 540, 600, 600, 630))
    closes = own.choice((1080, 1140)) if park.is_water_park else own.choice((1140, 1200))
    if not is_busy and day.month in (11, 12, 1, 2):
        opens, closes = opens + 30, closes - 60
    elif is_busy and not park.is_water_park:
        closes += 120
    if park.has_evening_events and _is_event_night(park, day):
        return [(opens, 1020, False), _event(own, today)]
    if park.has_late_nights and is_busy:
        closes = _late_closing(day, closes, today)
    return [(opens, closes, False)]


def _late_closing(day: date, closes: int, today: Random) -> int:
    if (day.month, day.day) == (12, 31):
        return 1560
    if day.month in (7, 8) and day.weekday() in (FRIDAY, SATURDAY):
        return today.choice((1440, 1500, 1560))
    return max(closes, today.choice((1320, 1380, 1440)))


def _is_event_night(park: SimulatedPark, day: date) -> bool:
    nights = (FRIDAY, SATURDAY, SUNDAY) if park.calendar is Calendar.YEAR_ROUND else (FRIDAY, SATURDAY)
    return (9, 12) <= (day.month, day.day) <= (11, 1) and day.weekday() in nights


def _event(own: Random, today: Random) -> tuple[int, int, bool]:
    # Some events begin when the park has been empty for more than three hours, most sooner.
    return (1020 + own.choice((60, 90, 120, 210)), today.choice((1410, 1440, 1500, 1560)), True)

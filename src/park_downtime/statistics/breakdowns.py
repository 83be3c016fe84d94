"""When rides break down: outages by the weekday and hour in which they began, beside how long was looked."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

LEAST_OUTAGES = 10
"""Of fewer nothing is said."""
HOUR_SECONDS = 3600


class Hour(NamedTuple):
    """An hour of the week by the clock on the wall; `weekday`: 1 for Monday to 7 for Sunday."""

    weekday: int
    hour: int


@dataclass(frozen=True, slots=True)
class OperatingDay:
    """From when to when rides were open on a local day, and how long all of them were open or down in it."""

    start: datetime
    end: datetime
    operating_seconds: int


@dataclass(slots=True)
class OfHour:
    outages: int = 0
    observed_seconds: float = 0.0


def by_hour(begun: Collection[datetime], days: Iterable[OperatingDay], timezone: str) -> dict[Hour, OfHour]:
    """In the order of the week; nothing below LEAST_OUTAGES. When in a day rides were open is not kept: its
    operating time is laid evenly between its first and last.
    """
    if len(begun) < LEAST_OUTAGES:
        return {}
    zone = ZoneInfo(timezone)
    found: dict[Hour, OfHour] = {}
    for day in days:
        # One reading alone has no length, and yet it held.
        end = max(day.end, day.start + timedelta(minutes=1))
        rides = day.operating_seconds / (end - day.start).total_seconds()
        for hour, seconds in _hours(day.start, end, zone):
            found.setdefault(hour, OfHour()).observed_seconds += seconds * rides
    for at in begun:
        found.setdefault(_hour(at, zone), OfHour()).outages += 1
    return dict(sorted(found.items()))


def _hours(start: datetime, end: datetime, zone: ZoneInfo) -> Iterator[tuple[Hour, float]]:
    at = start
    while at < end:
        local = at.astimezone(zone)
        until = min(end, at + timedelta(seconds=HOUR_SECONDS - local.minute * 60 - local.second))
        yield _hour(at, zone), (until - at).total_seconds()
        at = until


def _hour(at: datetime, zone: ZoneInfo) -> Hour:
    local = at.astimezone(zone)
    return Hour(local.isoweekday(), local.hour)

"""How long the queue is: a daily curve, a busy or quiet day, and the noise of the hour."""

from __future__ import annotations

import math

from .hours import ParkDay

_SLOT_SECONDS = 900
_LONGEST_MINUTES = 240


def wait_minutes(popularity: float, busyness: float, park_day: ParkDay, at: int, luck: float) -> int:
    """A multiple of 5. `luck` in [0, 1) is the noise of the quarter of an hour (`slot`)."""
    expected = popularity * busyness * _time_of_day(park_day, at) * (0.5 + luck)
    return min(5 * int(expected / 5 + 0.5), _LONGEST_MINUTES)


def slot(at: int) -> int:
    """The quarter of an hour during which the noise stays the same."""
    return at // _SLOT_SECONDS


def _time_of_day(park_day: ParkDay, at: int) -> float:
    """0.25 at opening and closing, 1.0 in the middle of the day."""
    for opening in park_day.openings:
        if opening.start <= at < opening.end:
            part = (at - opening.start) / (opening.end - opening.start)
            return 0.25 + 0.75 * math.sin(math.pi * part)
    return 0.25

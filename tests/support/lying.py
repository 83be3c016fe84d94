"""A park day by day, and feeds that lie about it: what a ride says at a minute of the local day."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime, timedelta

from park_downtime.model import Cycle, ParkReadings, RideReading, State

MIDNIGHT = datetime(2026, 7, 1, 4, tzinfo=UTC)
"""Of the first local day, in New York."""
EVERY_MINUTES = 30
OPENS, CLOSES = 10 * 60, 18 * 60
RIDES = 5
DOWN_FROM, DOWN_UNTIL = 12 * 60, 13 * 60

Said = tuple[bool, int] | None
"""Open, and the wait; None: the ride is not listed."""
Feed = Callable[[int, int, int], Said]
"""What ride 0, 1, ... says on a day 0, 1, ... at a minute of it."""


def honest(ride: int, day: int, minute: int) -> Said:
    """Open from 10:00 to 18:00 with waits that change; ride 0 is down from 12:00 to 13:00."""
    is_open = OPENS <= minute < CLOSES and not (ride == 0 and DOWN_FROM <= minute < DOWN_UNTIL)
    return is_open, 5 + (7 * ride + 3 * day + minute // EVERY_MINUTES) % 9 * 5 if is_open else 0


def repeating(until: int) -> Feed:
    """The last values before closing are repeated until so many minutes after midnight of that day."""

    def feed(ride: int, day: int, minute: int) -> Said:
        before = minute < OPENS and minute + 24 * 60 < until and day > 0
        if before or CLOSES <= minute < until:
            return honest(ride, day - before, CLOSES - EVERY_MINUTES)
        return honest(ride, day, minute)

    return feed


def left_open(*rides: int) -> Feed:
    """From the first evening on these say at night that they are open, without a wait."""

    def feed(ride: int, day: int, minute: int) -> Said:
        is_night = minute >= CLOSES or (minute < OPENS and day > 0)
        return (True, 0) if ride in rides and is_night else honest(ride, day, minute)

    return feed


def reopening(at: int, is_proven: bool) -> Feed:
    """The park closes, but for rides 1 and 2; ride 0, closed for an hour then, opens at that minute without a
    wait, and they stay so. `is_proven`: half an hour later they show waits that change, until 22:00.
    """

    def feed(ride: int, day: int, minute: int) -> Said:
        if ride > 2 or not CLOSES - 60 <= minute < 22 * 60:
            return honest(ride, day, minute)
        if ride == 0 and minute < at:
            return False, 0
        shows_wait = minute < CLOSES or (is_proven and minute >= at + EVERY_MINUTES)
        return True, 5 + minute // EVERY_MINUTES % 9 * 5 if shows_wait else 0

    return feed


def listing(rides: Iterable[int], start: int, end: int) -> Feed:
    """Only these are listed between two minutes of each day."""
    listed = set(rides)

    def feed(ride: int, day: int, minute: int) -> Said:
        return None if start <= minute < end and ride not in listed else honest(ride, day, minute)

    return feed


def cycles(feed: Feed, days: int, *park_ids: int) -> Iterator[Cycle]:
    """The same of every park; rides of park 6 are 61, 62..."""
    for number in range(days * 24 * 60 // EVERY_MINUTES):
        day, minute = divmod(number * EVERY_MINUTES, 24 * 60)
        at = MIDNIGHT + timedelta(minutes=number * EVERY_MINUTES)
        parks = [
            ParkReadings(park_id, at, tuple(_readings(feed, park_id, day, minute))) for park_id in park_ids
        ]
        yield Cycle(at, EVERY_MINUTES * 60, tuple(parks))


def _readings(feed: Feed, park_id: int, day: int, minute: int) -> Iterator[RideReading]:
    for ride in range(RIDES):
        said = feed(ride, day, minute)
        if said is not None:
            ride_id, (is_open, wait) = park_id * 10 + ride + 1, said
            state = State.OPEN if is_open else State.CLOSED
            yield RideReading(ride_id, f"Ride {ride_id}", None, state, wait if is_open else None, False, None)

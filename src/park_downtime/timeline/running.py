"""Whether a park runs at a reading, and what its rides add up to there (DESIGN, Running)."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from park_downtime.model import Category, RideReading, State
from park_downtime.timeline.holds import open_seconds
from park_downtime.timeline.runs import Run

LOOKBACK = timedelta(hours=24)
ALWAYS_OPEN_SECONDS = 20 * 3600
LEAST_OPEN_RIDES = 2
LEAST_OPEN_SHARE = 0.1
SMALL_PARK_RIDES = 4


@dataclass(frozen=True, slots=True)
class ParkActivity:
    """One park at one reading. Rides and waits are of counted rides only.

    `running_count` is the number that decides whether the park runs: open counted rides without
    those that never close.
    """

    rides_open: int
    rides_closed: int
    rides_unknown: int
    running_count: int
    is_running: bool
    average_wait_minutes: float | None
    max_wait_minutes: int | None


def always_open(runs_by_ride: Mapping[int, Iterable[Run]], at: datetime) -> frozenset[int]:
    """Rides known open for at least 20 of the 24 hours before `at`: they say nothing of the park."""
    return frozenset(
        ride_id
        for ride_id, runs in runs_by_ride.items()
        if open_seconds(runs, at - LOOKBACK, at) >= ALWAYS_OPEN_SECONDS
    )


def is_running(running_count: int, largest_in_lookback: int, known_rides: int) -> bool:
    """`largest_in_lookback` is the largest running count of the preceding 24 hours, this one included."""
    if known_rides < SMALL_PARK_RIDES:
        return running_count >= 1
    return running_count >= max(LEAST_OPEN_RIDES, LEAST_OPEN_SHARE * largest_in_lookback)


def park_activity(
    readings: Sequence[RideReading],
    categories: Mapping[int, Category],
    never_closing: Collection[int],
    largest_before: int,
) -> ParkActivity:
    """What the readings of one cycle say of their park.

    `largest_before`: the largest running count of the 24 hours before this reading, 0 if none.
    """
    counted = [reading for reading in readings if categories[reading.ride_id].is_counted]
    open_now = [reading for reading in counted if reading.state is State.OPEN]
    closed = sum(reading.state is State.CLOSED for reading in counted)
    running_count = sum(reading.ride_id not in never_closing for reading in open_now)
    waits = [reading.wait_minutes for reading in open_now if reading.wait_minutes is not None]
    return ParkActivity(
        rides_open=len(open_now),
        rides_closed=closed,
        rides_unknown=len(counted) - len(open_now) - closed,
        running_count=running_count,
        is_running=is_running(running_count, max(largest_before, running_count), len(open_now) + closed),
        average_wait_minutes=sum(waits) / len(waits) if waits else None,
        max_wait_minutes=max(waits, default=None),
    )

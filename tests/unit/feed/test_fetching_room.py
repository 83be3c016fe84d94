"""A cycle holds so much and no more; small parks never lose their readings to large ones."""

from __future__ import annotations

from payloads import NOON

from park_downtime.feed.fetching import CycleRoom
from park_downtime.model import ParkReadings, RideReading, State


def of(park_id: int, rides: int, name: str = "Ride") -> ParkReadings:
    entry = RideReading(1, name, None, State.OPEN, 5, False, None)
    return ParkReadings(park_id, NOON, (entry,) * rides)


def test_what_fits_is_held() -> None:
    room = CycleRoom()
    assert [room.take(of(park_id, 60)) for park_id in range(100)] == [[]] * 100
    assert len(room.held) == 100


def test_the_largest_goes_first() -> None:
    room = CycleRoom(most_bytes=100_000)
    assert room.take(of(1, 200)) == []
    assert room.take(of(2, 60)) == []
    assert room.take(of(3, 100)) == [1]
    assert list(room.held) == [2, 3]


def test_one_that_is_too_large_by_itself_goes_alone() -> None:
    room = CycleRoom(most_bytes=100_000)
    room.take(of(1, 60))
    assert room.take(of(2, 5000)) == [2]
    assert list(room.held) == [1]


def test_long_names_weigh_what_they_take() -> None:
    room = CycleRoom(most_bytes=100_000)
    assert room.take(of(1, 100, "🎢" * 300)) == [1]

"""A virtual clock starts where it is told to and runs as fast as it is told to."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from park_downtime.simulator.virtual_clock import VirtualClock

REAL = datetime(2026, 1, 1, 12, tzinfo=UTC)


class Hand:
    def __init__(self) -> None:
        self.at = REAL

    def __call__(self) -> datetime:
        return self.at


def test_without_a_start_it_is_the_present() -> None:
    assert VirtualClock(Hand())() == REAL


def test_it_begins_at_its_start() -> None:
    assert VirtualClock(Hand(), datetime(2025, 7, 4, tzinfo=UTC))() == datetime(2025, 7, 4, tzinfo=UTC)


def test_at_speed_sixty_a_minute_is_an_hour() -> None:
    hand = Hand()
    clock = VirtualClock(hand, datetime(2025, 7, 4, tzinfo=UTC), speed=60)
    hand.at += timedelta(minutes=1)
    assert clock() == datetime(2025, 7, 4, 1, tzinfo=UTC)

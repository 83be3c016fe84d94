"""How many of the cycles that were due came on time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from park_downtime.api.health.rules import LandedCycles, on_time_percentage
from park_downtime.database.health import LandedCycle

START = datetime(2026, 7, 1, tzinfo=UTC)


def cycles(*minutes: float) -> list[LandedCycle]:
    return [LandedCycle(START + timedelta(minutes=minute), 600) for minute in minutes]


def share(end: float, *minutes: float) -> float | None:
    return on_time_percentage(LandedCycles.of(cycles(*minutes)), START, START + timedelta(minutes=end))


def test_every_cycle_came() -> None:
    assert share(30, 0, 10, 20, 30) == 100


def test_a_start_some_seconds_late_is_on_time() -> None:
    assert share(30, 0.1, 10.4, 19.9, 30) == 100


def test_one_of_four_is_missing() -> None:
    assert share(30, 0, 10, 30) == 75


def test_those_missing_at_the_end_count() -> None:
    assert share(40, 0, 10) == 50


def test_those_missing_at_the_beginning_count() -> None:
    assert share(30, 20, 30) == 50


def test_one_less_than_an_interval_late_is_not_missing_yet() -> None:
    assert share(19, 0, 10) == 100


def test_what_came_before_and_after_does_not_count() -> None:
    landed = LandedCycles.of(cycles(-60, -40, 0, 10, 30, 90, 100))
    assert on_time_percentage(landed, START, START + timedelta(minutes=30)) == 75


def test_nothing_ever_came() -> None:
    assert share(30) is None

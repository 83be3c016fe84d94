"""Since when a ride has not opened, out of its last days."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from park_downtime.api.resources.ride_details import not_operated_since

FIRST = date(2026, 7, 1)


def days(picture: str) -> list[dict[str, Any]]:
    """`o` it opened, `N` it did not although its park ran, `-` its park was closed, `.` nobody knows."""
    operated = {"o": True, "N": False, "-": None, ".": None}
    runs = {"o": True, "N": True, "-": False, ".": None}
    return [
        {"date": FIRST + timedelta(days=place), "operated": operated[letter], "park_operated": runs[letter]}
        for place, letter in enumerate(picture)
    ]


def test_a_ride_that_opened_on_its_last_known_day_has_no_such_day() -> None:
    assert not_operated_since(days("oNNo")) is None
    assert not_operated_since(days("NNo-.")) is None


def test_the_first_day_after_it_last_opened() -> None:
    assert not_operated_since(days("ooNNN")) == FIRST + timedelta(days=2)


def test_days_on_which_the_park_was_closed_or_nobody_looked_are_passed_over() -> None:
    assert not_operated_since(days("oo-N.N-")) == FIRST + timedelta(days=3)


def test_a_ride_of_which_nothing_is_known_has_none() -> None:
    assert not_operated_since(days("--..")) is None

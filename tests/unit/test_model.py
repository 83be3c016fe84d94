"""The words of the project: which categories count, and that spellings seen outside stay."""

from __future__ import annotations

from dataclasses import FrozenInstanceError

import pytest

from park_downtime.model import Category, Land, Status, StretchKind


def test_only_rides_and_water_slides_count() -> None:
    assert {category for category in Category if category.is_counted} == {Category.RIDE, Category.WATER_SLIDE}


def test_what_is_said_of_now() -> None:
    assert [str(status) for status in Status] == ["Running", "Down", "Closed", "Unknown"]


def test_kinds_of_a_session() -> None:
    assert {str(kind) for kind in StretchKind} == {
        "open",
        "outage",
        "ongoing",
        "late_start",
        "late_opening",
        "did_not_reopen",
        "early_close",
        "did_not_operate",
        "park_stop",
        "unknown",
    }


def test_a_value_cannot_be_changed_after_it_was_made() -> None:
    land = Land(12, "Tomorrowland")
    with pytest.raises(FrozenInstanceError):
        land.name = "Fantasyland"  # type: ignore[misc]

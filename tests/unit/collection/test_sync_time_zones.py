"""When a corrected time zone comes into force."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime

from park_downtime.collection.sync_time_zones import after_midnight, with_zone
from park_downtime.database.parks import ParkRow

AT = datetime(2026, 5, 3, 18, 0, tzinfo=UTC)
MIDNIGHT_IN_DENVER = datetime(2026, 5, 4, 6, 0, tzinfo=UTC)
PARK = ParkRow(
    23, None, "SeaWorld", None, None, None, None, None, None, "America/Denver", None, True, AT, None
)
ANNOUNCED = replace(PARK, next_timezone="America/Chicago", zone_changes_at=MIDNIGHT_IN_DENVER)


def test_a_collected_park_changes_at_its_next_midnight() -> None:
    assert with_zone(PARK, "America/Chicago", AT, was_collected=True) == ANNOUNCED


def test_a_park_without_readings_changes_at_once() -> None:
    found = with_zone(PARK, "America/Chicago", AT, was_collected=False)
    assert found == replace(PARK, timezone="America/Chicago")


def test_an_announced_change_keeps_its_instant() -> None:
    later = datetime(2026, 5, 4, 18, 0, tzinfo=UTC)
    assert with_zone(ANNOUNCED, "America/Chicago", later, was_collected=True) == ANNOUNCED


def test_an_announced_change_can_be_taken_back() -> None:
    assert with_zone(ANNOUNCED, "America/Denver", AT, was_collected=True) == PARK


def test_before_midnight_the_old_zone_holds() -> None:
    assert after_midnight(ANNOUNCED, AT) == ANNOUNCED


def test_from_midnight_on_the_new_zone_holds_and_the_old_one_is_remembered() -> None:
    assert after_midnight(ANNOUNCED, MIDNIGHT_IN_DENVER) == replace(
        PARK,
        timezone="America/Chicago",
        previous_timezone="America/Denver",
        zone_changed_at=MIDNIGHT_IN_DENVER,
    )

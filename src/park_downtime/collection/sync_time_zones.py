"""When a park's corrected time zone comes into force: at its next local midnight."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from park_downtime.database.parks import ParkRow, save_parks
from park_downtime.periods import local_date, start_of_day


def with_zone(park: ParkRow, wanted: str, at: datetime, was_collected: bool) -> ParkRow:
    """The park with `wanted` announced for its next local midnight, so that no day is torn.

    A park without any readings has no days to tear: there it holds at once.
    """
    if wanted == park.timezone:
        return replace(park, next_timezone=None, zone_changes_at=None)
    if not was_collected:
        return replace(park, timezone=wanted, next_timezone=None, zone_changes_at=None)
    if wanted == park.next_timezone:
        return park
    tomorrow = local_date(at, park.timezone) + timedelta(days=1)
    return replace(park, next_timezone=wanted, zone_changes_at=start_of_day(tomorrow, park.timezone))


def after_midnight(park: ParkRow, at: datetime) -> ParkRow:
    """The park as it is at `at`, once an announced zone holds."""
    if park.next_timezone is None or park.zone_changes_at is None or at < park.zone_changes_at:
        return park
    return replace(
        park,
        timezone=park.next_timezone,
        previous_timezone=park.timezone,
        zone_changed_at=park.zone_changes_at,
        next_timezone=None,
        zone_changes_at=None,
    )


def change_zones(connection: Connection, parks: Mapping[int, ParkRow], at: datetime) -> dict[int, ParkRow]:
    """Store the announced zones that hold by now; answers all parks as they are then."""
    now = {park_id: after_midnight(park, at) for park_id, park in parks.items()}
    save_parks(connection, [park for park_id, park in now.items() if park != parks[park_id]])
    return now

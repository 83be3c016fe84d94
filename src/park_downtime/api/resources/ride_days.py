"""One cell per local day of a ride: operated, not operated, park closed, not observed."""

from __future__ import annotations

from datetime import date
from typing import Any

from park_downtime.api.fields import minutes, was_observed
from park_downtime.database.ride_history import ParkDayRow
from park_downtime.statistics.parts import Parts

DAYS_SHOWN = 90

FIGURES = (
    "uptime_minutes",
    "downtime_minutes",
    "ongoing_minutes",
    "park_wide_minutes",
    "late_opening_minutes",
    "early_close_minutes",
    "unknown_minutes",
    "outage_count",
)


def day_row(day: date, ride: Parts | None, park: ParkDayRow | None) -> dict[str, Any]:
    return {
        "date": day,
        "operated": None if ride is None or not was_observed(ride) else ride.days_operated > 0,
        "park_operated": _park_operated(park),
        **(dict.fromkeys(FIGURES) if ride is None else _figures(ride)),
    }


def _park_operated(park: ParkDayRow | None) -> bool | None:
    """Null where the day was not observed, or not enough of it to say that the park was closed."""
    if park is None:
        return None
    if park.session_seconds:
        return True
    return None if park.park_expected_seconds else False


def _figures(ride: Parts) -> dict[str, Any]:
    return {
        "uptime_minutes": minutes(ride.open_seconds),
        "downtime_minutes": minutes(ride.downtime_seconds),
        "ongoing_minutes": minutes(ride.ongoing_seconds),
        "park_wide_minutes": minutes(ride.park_wide_seconds),
        "late_opening_minutes": minutes(ride.late_opening_seconds),
        "early_close_minutes": minutes(ride.early_close_seconds),
        "unknown_minutes": minutes(ride.unknown_seconds),
        "outage_count": ride.outage_count,
    }

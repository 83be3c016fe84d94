"""What stub answers say of time lost at the edges of the day, and how often and how long rides are down."""

from __future__ import annotations

from datetime import datetime
from typing import Any


def lost_fields(downtime_hours: float) -> dict[str, float]:
    return {
        "lost_hours": round(downtime_hours + 0.75, 2),
        "late_start_hours": 0.5,
        "did_not_reopen_hours": 0.25,
        "outages_per_100_hours": 4.2,
        "unknown_hours": 0.17,
    }


def outage_fields(downtime_hours: float) -> dict[str, Any]:
    lengths = {"median_outage_minutes": 25.0, "p90_outage_minutes": 55.0}
    return {
        **lengths,
        "without_park_wide": {
            "downtime_hours": downtime_hours,
            "uptime_percentage": 96.4,
            "outage_count": 4,
            "outages_per_100_hours": 3.4,
            **lengths,
        },
    }


def outage_id(ride_id: int, started_at: str) -> str:
    return f"{ride_id}-{datetime.fromisoformat(started_at).timestamp():.0f}"

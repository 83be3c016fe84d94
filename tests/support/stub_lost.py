"""What stub answers say of time lost at the edges of the day."""

from __future__ import annotations


def lost_fields(downtime_hours: float) -> dict[str, float]:
    return {
        "lost_hours": round(downtime_hours + 0.75, 2),
        "late_start_hours": 0.5,
        "did_not_reopen_hours": 0.25,
        "outages_per_100_hours": 4.2,
    }

"""What health says of the feed's list of parks: whether it was taken over, and who is left out."""

from __future__ import annotations

from dataclasses import asdict
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from park_downtime.api.health.rules import Health
from park_downtime.collection.park_list_state import PLANNED_PARKS, ParkListState, read_state
from park_downtime.database.parks import count_reached, count_tracked

REACHED_WITHIN = timedelta(hours=24)


def park_list(connection: Connection, spool_dir: Path, now: datetime) -> dict[str, Any]:
    """Degraded while the feed's list is not taken over; the parks known so far are collected all the same."""
    state = read_state(spool_dir)
    return {
        "status": Health.HEALTHY if state.problem is None else Health.DEGRADED,
        "message": state.problem,
        **_figures(count_tracked(connection), count_reached(connection, now - REACHED_WITHIN, now), state),
    }


def unasked_park_list() -> dict[str, Any]:
    return {
        "status": Health.UNHEALTHY,
        "message": "Not known while the database is away",
        **_figures(None, None, ParkListState()),
    }


def _figures(tracked: int | None, reached: int | None, state: ParkListState) -> dict[str, Any]:
    return {
        "refreshed_at": _moment(state.refreshed_at),
        "parks_listed": state.listed,
        "parks_tracked": tracked,
        "parks_heard_last_24_hours": reached,
        "parks_planned": PLANNED_PARKS,
        "not_tracked": [asdict(park) for park in state.not_tracked],
    }


def _moment(text: str) -> datetime | None:
    try:
        return datetime.fromisoformat(text)
    except (ValueError, TypeError):
        return None

"""Small hand-made payloads of the feed."""

from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

NOON = datetime(2025, 7, 9, 12, 0, tzinfo=UTC)
"""When the hand-made payloads were fetched."""


def minutes_ago(minutes: float) -> str:
    return (NOON - timedelta(minutes=minutes)).strftime("%Y-%m-%dT%H:%M:%S.000Z")


def ride(ride_id: int = 1, **fields: Any) -> dict[str, Any]:
    """An entry, closed and fresh unless told otherwise."""
    usual = {"name": f"Ride {ride_id}", "is_open": False, "wait_time": 0, "last_updated": minutes_ago(2)}
    return {"id": ride_id, **usual, **fields}


def without(entry: dict[str, Any], *names: str) -> dict[str, Any]:
    return {name: value for name, value in entry.items() if name not in names}


def land(*rides: Any, **fields: Any) -> dict[str, Any]:
    return {"id": 7, "name": "Frontierland", **fields, "rides": list(rides)}


def payload(*rides: Any, lands: Any = ()) -> bytes:
    """`rides` stand outside the lands."""
    return json.dumps({"lands": list(lands), "rides": list(rides)}).encode()

"""Parks as heard in one cycle, from hand-made payloads; and lists of parks."""

from __future__ import annotations

import json
from typing import Any

from payloads import NOON, payload

from park_downtime.feed.assumptions.heard import ListHeard, ParkHeard, hear_list, hear_park


def park(*rides: Any, park_id: int = 5, name: str = "Epcot", lands: Any = ()) -> ParkHeard:
    return hear_park(park_id, name, payload(*rides, lands=lands), NOON)


def listed_park(park_id: int, **fields: Any) -> dict[str, Any]:
    """An entry of the list, right unless told otherwise."""
    usual = {
        "name": f"Park {park_id}",
        "country": "United States",
        "continent": "North America",
        "latitude": "28.4",
        "longitude": "-81.5",
        "timezone": "America/New_York",
    }
    return {"id": park_id, **usual, **fields}


def list_body(*parks: Any, **group: Any) -> bytes:
    return json.dumps([{"id": 1, "name": "Made Up", **group, "parks": list(parks)}]).encode()


def park_list(*parks: Any, **group: Any) -> ListHeard:
    return hear_list(list_body(*parks, **group))

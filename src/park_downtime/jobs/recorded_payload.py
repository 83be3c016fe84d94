"""Recorded rows back to the payloads that they came from, so that one judgement serves both."""

from __future__ import annotations

import json
from collections.abc import Iterable
from typing import Any

from park_downtime.feed.errors import FeedRejected
from park_downtime.feed.readings import read_payload
from park_downtime.feed.recording import RecordedCycle, RecordedRow
from park_downtime.model import Cycle, ParkFailure, ParkOutcome, ParkReadings


def recorded_cycle(recorded: RecordedCycle, park_ids: Iterable[int], interval_seconds: int) -> Cycle:
    """The cycle that would have been collected: recorded rows judged as a payload is."""
    parks: list[ParkReadings] = []
    failures: list[ParkFailure] = []
    for park_id in park_ids:
        try:
            parks.append(read_payload(park_id, payload_of(recorded.parks[park_id]), recorded.recorded_at))
        except FeedRejected as error:
            failures.append(ParkFailure(park_id, ParkOutcome.REJECTED, str(error)))
    return Cycle(recorded.recorded_at, interval_seconds, tuple(parks), tuple(failures))


def payload_of(rows: Iterable[RecordedRow]) -> bytes:
    """The rows of one park at one instant in the feed's own shape; lands have no ids here."""
    lands: dict[str, list[dict[str, Any]]] = {}
    outside: list[dict[str, Any]] = []
    for row in rows:
        entry = {
            "id": row.ride_id,
            "name": row.ride_name,
            "is_open": row.is_open,
            "wait_time": row.wait_minutes,
            "last_updated": None if row.last_updated is None else row.last_updated.isoformat(),
        }
        (outside if row.land is None else lands.setdefault(row.land, [])).append(entry)
    named = [{"id": None, "name": name, "rides": rides} for name, rides in lands.items()]
    return json.dumps({"lands": named, "rides": outside}).encode()

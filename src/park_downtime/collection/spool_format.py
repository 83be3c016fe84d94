"""A cycle as lines of JSON and back: a head, a line per park, an end that says how many parks.

Numbers and short names stand in fixed places; the head carries the version of the format.
"""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any

from park_downtime.model import Cycle, Land, ParkFailure, ParkOutcome, ParkReadings, RideReading, State

VERSION = 1
NAME = "cycle-%Y%m%dT%H%M%SZ.jsonl.gz"


def waiting_files(folder: Path) -> list[Path]:
    """The cycles that wait in this folder, oldest first: their names are their times."""
    return sorted(folder.glob("cycle-*.jsonl.gz"))


class SpoolUnreadable(Exception):
    """These lines are not a whole cycle; the message says where they fail."""


def cycle_to_lines(cycle: Cycle) -> Iterator[str]:
    yield json.dumps(
        {
            "version": VERSION,
            "recorded_at": cycle.recorded_at.isoformat(),
            "interval_seconds": cycle.interval_seconds,
            "fetch_seconds": cycle.fetch_seconds,
            "is_simulated": cycle.is_simulated,
            "failures": [[failure.park_id, failure.outcome, failure.reason] for failure in cycle.failures],
        }
    )
    for park in cycle.parks:
        yield json.dumps(
            {
                "park_id": park.park_id,
                "fetched_at": park.fetched_at.isoformat(),
                "odd_entries": park.odd_entries,
                "dropped_waits": park.dropped_waits,
                "readings": [_reading_to_list(reading) for reading in park.readings],
            }
        )
    yield json.dumps({"parks": len(cycle.parks)})


def cycle_from_lines(lines: Sequence[str]) -> Cycle:
    """Raises SpoolUnreadable: a torn file, another version, anything else that is no cycle."""
    try:
        parts = [json.loads(line) for line in lines]
        head, parks, end = parts[0], parts[1:-1], parts[-1]
        if head["version"] != VERSION:
            raise SpoolUnreadable(f"version {head['version']} of the format, this program reads {VERSION}")
        if end != {"parks": len(parks)}:
            raise SpoolUnreadable("the end is missing")
        return Cycle(
            recorded_at=_instant(head["recorded_at"]),
            interval_seconds=int(head["interval_seconds"]),
            parks=tuple(_park(part) for part in parks),
            failures=tuple(
                ParkFailure(int(park_id), ParkOutcome(outcome), str(reason))
                for park_id, outcome, reason in head["failures"]
            ),
            fetch_seconds=float(head["fetch_seconds"]),
            is_simulated=bool(head.get("is_simulated", False)),  # earlier releases did not say it
        )
    except (ValueError, KeyError, IndexError, TypeError, AttributeError) as error:
        raise SpoolUnreadable(f"no kept cycle: {error!r}") from error


def _reading_to_list(reading: RideReading) -> list[Any]:
    return [
        reading.ride_id,
        reading.name,
        None if reading.land is None else [reading.land.land_id, reading.land.name],
        reading.state,
        reading.wait_minutes,
        reading.is_stale,
        None if reading.last_updated is None else reading.last_updated.isoformat(),
    ]


def _park(part: dict[str, Any]) -> ParkReadings:
    return ParkReadings(
        park_id=int(part["park_id"]),
        fetched_at=_instant(part["fetched_at"]),
        readings=tuple(_reading(*fields) for fields in part["readings"]),
        odd_entries=int(part["odd_entries"]),
        dropped_waits=int(part["dropped_waits"]),
    )


def _reading(
    ride_id: int,
    name: str | None,
    land: list[Any] | None,
    state: str,
    wait: int | None,
    is_stale: bool,
    updated: str | None,
) -> RideReading:
    return RideReading(
        ride_id=int(ride_id),
        name=name,
        land=None if land is None else Land(land[0], str(land[1])),
        state=State(state),
        wait_minutes=None if wait is None else int(wait),
        is_stale=bool(is_stale),
        last_updated=None if updated is None else _instant(updated),
    )


def _instant(text: str) -> datetime:
    instant = datetime.fromisoformat(text)
    if instant.tzinfo is None:
        raise ValueError(f"{text!r} has no zone")
    return instant

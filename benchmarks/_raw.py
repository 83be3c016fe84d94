"""Raw rows in bulk: what the simulated feed said at every cycle, without judging any of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from benchmarks._bulk import Bulk, Row
from benchmarks._history import ACTIVITY_COLUMNS, CYCLE_COLUMNS, cycle_values
from park_downtime.database.tables import (
    STATE,
    collection_cycles,
    park_activity_snapshots,
    ride_status_snapshots,
)
from park_downtime.feed.readings import read_payload
from park_downtime.model import ParkReadings
from park_downtime.simulator.payload import queue_times_json
from park_downtime.simulator.world import World

FIRST_CYCLE = 50_000  # above those of the history
INTERVAL = timedelta(minutes=10)
SNAPSHOT_COLUMNS = [column.name for column in ride_status_snapshots.columns]
HEARD = (0, 0, 50, 0, 0, 0, None, None, 0, 0, 0, 0, None, None, 0, 0)
CODES = {state: code for code, state in enumerate(STATE.members)}


def add_raw(bulk: Bulk, world: World, start: datetime, end: datetime) -> None:
    """Snapshots of every cycle in `[start, end)`, in the order of cycles. Activity is a placeholder
    until the day is refolded: it says only that the park was heard.
    """
    at, cycle_id = start, FIRST_CYCLE
    cycles: list[Row] = []
    activity: list[Row] = []
    while at < end:
        heard = [read_payload(i, queue_times_json(world, i, at), at) for i in world.parks]
        bulk.add(ride_status_snapshots, SNAPSHOT_COLUMNS, _snapshots(heard, at, cycle_id))
        cycles.append(cycle_values(cycle_id, at))
        activity.extend((i, _text(at), cycle_id, *HEARD) for i in world.parks)
        at, cycle_id = at + INTERVAL, cycle_id + 1
    bulk.add(collection_cycles, CYCLE_COLUMNS, cycles)
    bulk.add(park_activity_snapshots, ACTIVITY_COLUMNS, activity)


def _snapshots(heard: list[ParkReadings], at: datetime, cycle_id: int) -> Iterator[Row]:
    instant = _text(at)
    for park in heard:
        for r in park.readings:
            updated = None if r.last_updated is None else _text(r.last_updated)
            yield (
                park.park_id,
                instant,
                r.ride_id,
                cycle_id,
                CODES[r.state],
                r.wait_minutes,
                int(r.is_stale),
                updated,
            )


def _text(at: datetime) -> str:
    return f"{at:%Y-%m-%d %H:%M:%S}"

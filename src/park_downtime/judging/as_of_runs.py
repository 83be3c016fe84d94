"""Runs cut at an earlier moment: exactly while raw readings are kept, afterwards without their waits."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import datetime, timedelta

from sqlalchemy import Connection

from park_downtime.database.as_of_reads import LastReached
from park_downtime.database.cycles import cycle_at
from park_downtime.database.parks import ParkRow
from park_downtime.database.readings import add_activity, raw_readings, reached_cycles
from park_downtime.database.rides import counted_rides
from park_downtime.database.runs import (
    park_runs_since,
    park_runs_spanning,
    runs_since,
    runs_spanning,
    save_park_runs,
    save_runs,
)
from park_downtime.model import State
from park_downtime.periods import local_date
from park_downtime.timeline.as_of import run_as_of
from park_downtime.timeline.running import ParkActivity
from park_downtime.timeline.runs import KnownReading, ParkRun, Run, run_of

INSTANT = timedelta(seconds=1)
"""Instants are whole seconds: so much later is the first that lies after one."""


def cut_runs(
    source: Connection, target: Connection, park_id: int, as_of: datetime, reached: LastReached
) -> bool:
    """The runs that went on; answers whether their waits are known."""
    spanning = runs_spanning(source, park_id, as_of)
    cut = _from_readings(source, park_id, spanning, as_of)
    rest = [run_as_of(run, reached.said_at) for run in spanning if run.ride_id not in cut]
    save_runs(target, park_id, [*cut.values(), *(run for run in rest if run is not None)])
    save_park_runs(
        target, park_id, [_cut_park(run, reached) for run in park_runs_spanning(source, park_id, as_of)]
    )
    return len(cut) == len(spanning)


def _cut_park(run: ParkRun, reached: LastReached) -> ParkRun:
    return replace(run, last_reading_at=reached.of_park_at, interval_seconds=reached.interval_seconds)


def _from_readings(source: Connection, park_id: int, spanning: list[Run], as_of: datetime) -> dict[int, Run]:
    """Those of which all readings up to the moment are kept: snapshots go oldest first."""
    if not spanning:
        return {}
    own = {run.ride_id: run for run in spanning}
    start, end = min(run.started_at for run in spanning), as_of + INSTANT
    cycles = reached_cycles(source, park_id, start, end)
    readings: dict[int, list[KnownReading]] = {ride_id: [] for ride_id in own}
    for cycle_id, said in raw_readings(source, park_id, start, end):
        if cycle_id not in cycles:
            continue
        at, interval_seconds = cycles[cycle_id]
        for ride_id, state, wait in said:
            run = own.get(ride_id)
            if run is not None and state is run.state and at >= run.started_at:
                readings[ride_id].append(
                    KnownReading(ride_id, at, run.local_date, interval_seconds, state, wait)
                )
    return {
        ride_id: run_of(known)
        for ride_id, known in readings.items()
        if known and known[0].recorded_at == own[ride_id].started_at
    }


def make_up_activity(connection: Connection, park: ParkRow, at: datetime) -> None:
    """What a park adds up to by its runs, without waits."""
    zone = park.zone
    day = local_date(at, zone)
    cycle, own = cycle_at(connection, at), park_runs_since(connection, park.park_id, day, day)
    if cycle is None or not own:
        return
    runs = runs_since(connection, park.park_id, day, day)
    counted = counted_rides(connection, park.park_id, zone, also=runs)
    last = [mine[-1] for ride_id, mine in runs.items() if ride_id in counted]
    said = Counter(run.state for run in last if run.last_reading_at == at)
    is_running = own[-1].is_running
    open_rides, closed_rides = said[State.OPEN], said[State.CLOSED]
    activity = ParkActivity(
        open_rides, closed_rides, 0, open_rides, is_running, None, None, is_open=is_running
    )
    add_activity(connection, park.park_id, at, cycle.cycle_id, activity)

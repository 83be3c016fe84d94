"""What one accepted payload adds to a park: runs, activity, status now, and today's rows."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from sqlalchemy import Connection

from park_downtime.database.cycles import CycleRow
from park_downtime.database.parks import ParkRow
from park_downtime.database.readings import add_activity, largest_running_count, missed_cycles
from park_downtime.database.rides import RideRow
from park_downtime.database.runs import save_park_runs, save_runs
from park_downtime.database.sessions import latest_session
from park_downtime.database.totals import sync_totals
from park_downtime.judging.judge_and_save import judge_and_save
from park_downtime.judging.park_history import ParkHistory, load, touched_days
from park_downtime.judging.ride_statuses import save_statuses
from park_downtime.model import ParkReadings, State
from park_downtime.periods import local_date
from park_downtime.timeline.running import LOOKBACK, ParkActivity, always_open, park_activity
from park_downtime.timeline.runs import KnownReading, ParkReading, Run, extend_park, fold_one


def record_readings(
    connection: Connection,
    park: ParkRow,
    cycle: CycleRow,
    readings: ParkReadings,
    rides: Mapping[int, RideRow],
) -> None:
    """Fold a park's readings and judge the days of its open sessions anew, up to the cycle's instant.

    `readings` are of rides that belong to the park, `rides` knows each of them. The cost grows with
    changes of state, not with readings.
    """
    at, zone = cycle.recorded_at, park.zone
    today = local_date(at, zone)
    latest = latest_session(connection, park.park_id)
    is_open_since = latest.started_at if latest is not None and latest.ended_at is None else at
    history = load(connection, park, min(today, local_date(is_open_since, zone)))
    _fold(connection, history, cycle, readings, rides, today)
    found = history.sessions_at(at)
    changing = [session for session in found if _may_change(session.started_at, is_open_since)]
    days = touched_days(changing, zone, history.first_day)
    judged = judge_and_save(connection, history, found, days, at, changing).judged if changing else []
    save_statuses(
        connection,
        history,
        judged,
        at,
        {reading.ride_id: reading.wait_minutes for reading in readings.readings},
    )
    sync_totals(connection, park.park_id, today, is_earlier_day_judged=any(day < today for day in days))


def _may_change(started_at: datetime, is_open_since: datetime) -> bool:
    """A session stored as settled stays as it is; it is older than the open one, or than now."""
    return started_at >= is_open_since


def _fold(
    connection: Connection,
    history: ParkHistory,
    cycle: CycleRow,
    readings: ParkReadings,
    rides: Mapping[int, RideRow],
    today: date,
) -> ParkActivity:
    at, park_id = cycle.recorded_at, history.park_id
    missed = missed_cycles(connection, park_id, at - LOOKBACK, at)
    changed: list[Run] = []
    for reading in readings.readings:
        if reading.state is State.UNKNOWN:
            continue
        known = KnownReading(
            reading.ride_id, at, today, cycle.interval_seconds, reading.state, reading.wait_minutes
        )
        own = history.runs.setdefault(reading.ride_id, [])
        run = fold_one(own[-1] if own else None, known, missed)
        if own and own[-1].started_at == run.started_at:
            own[-1] = run
        else:
            own.append(run)
        changed.append(run)
    save_runs(connection, park_id, changed)
    counted = {ride_id for ride_id, ride in rides.items() if ride.category and ride.category.is_counted}
    said = [(r.ride_id, r.state, r.wait_minutes) for r in readings.readings if r.ride_id in counted]
    open_now = {ride_id: history.runs[ride_id] for ride_id, state, _ in said if state is State.OPEN}
    activity = park_activity(
        said, always_open(open_now, at), largest_running_count(connection, park_id, at, LOOKBACK)
    )
    add_activity(connection, park_id, at, cycle.cycle_id, activity)
    if activity.says_nothing:
        return activity
    last = history.park_runs[-1] if history.park_runs else None
    park_run = extend_park(last, ParkReading(at, today, cycle.interval_seconds, activity.is_running), missed)
    if last is not None and last.started_at == park_run.started_at:
        history.park_runs[-1] = park_run
    else:
        history.park_runs.append(park_run)
    save_park_runs(connection, park_id, [park_run])
    return activity

"""What one accepted payload adds to a park: runs, activity, status now, and today's rows."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import NamedTuple

from sqlalchemy import Connection

from park_downtime.database.cycles import CycleRow
from park_downtime.database.doubts import Heard, doubts_since, last_values
from park_downtime.database.park_past import ParkPast
from park_downtime.database.parks import ParkRow
from park_downtime.database.readings import add_activity
from park_downtime.database.ride_status import NO_VALUE, LastValue
from park_downtime.database.rides import RideRow
from park_downtime.database.runs import save_park_runs, save_runs
from park_downtime.database.sessions import newest_sessions
from park_downtime.database.totals import is_summed, rebuild_totals
from park_downtime.judging.doubting import LOOKS_BACK, end_doubts, may_be_news, recognise_since, say_now
from park_downtime.judging.judge_and_save import judge_and_save
from park_downtime.judging.judge_anew import judge_anew
from park_downtime.judging.park_history import Known, ParkHistory, load, touched_days
from park_downtime.judging.ride_statuses import save_statuses
from park_downtime.model import GoneReason, ParkReadings, State
from park_downtime.periods import local_date
from park_downtime.timeline.doubts import Liveness, begins_to_run, breaks, standstills
from park_downtime.timeline.last_said import LastSaid, changed, say
from park_downtime.timeline.reopening import Odds
from park_downtime.timeline.running import (
    ParkActivity,
    always_open,
    lists_too_few,
    never_closes,
    park_activity,
)
from park_downtime.timeline.runs import KnownReading, ParkReading, Run, extend_park, fold_one, hold_limit
from park_downtime.timeline.voided import breaks_at


class _Stamps(NamedTuple):
    """Readings that changed nothing, and those of them whose stamp moved."""

    offset_seconds: int | None
    unchanged: int
    moved: int


@dataclass(frozen=True, slots=True)
class _Read:
    """One accepted payload of a park: its readings, the counted rides, and what each ride said last."""

    park: ParkRow
    cycle: CycleRow
    readings: ParkReadings
    counted: Collection[int]
    last: Mapping[int, LastSaid]
    stamps: _Stamps
    past: ParkPast

    @property
    def at(self) -> datetime:
        return self.cycle.recorded_at

    @property
    def today(self) -> date:
        return local_date(self.at, self.park.zone)


def record_readings(
    connection: Connection,
    park: ParkRow,
    cycle: CycleRow,
    readings: ParkReadings,
    rides: Mapping[int, RideRow],
    stamp_offset_seconds: int | None,
    odds: Odds,
    past: ParkPast,
) -> None:
    """Fold a park's readings and judge the days of its open sessions anew, up to the cycle's instant.

    `readings` are of rides that belong to the park, `rides` knows each of them; the offset is that of the
    newest stamp, the odds those of the cycle, the past that before it. The cost grows with changes of state,
    not with readings.
    """
    at = cycle.recorded_at
    newest = newest_sessions(connection, park.park_id)
    latest = newest[0] if newest else None
    is_open_since = latest.started_at if latest is not None and latest.ended_at is None else at
    today = local_date(at, park.zone)
    first_day = min(today, local_date(is_open_since, park.zone))
    history = load(connection, park, first_day, known=Known(past, newest, rides))
    counted = {ride_id for ride_id, ride in rides.items() if ride.is_counted}
    values = last_values(connection, park.park_id)
    said = _said(history, readings, values, at)
    stamps = _Stamps(stamp_offset_seconds, *_unchanged(readings, values, said, at))
    read = _Read(park, cycle, readings, counted, said, stamps, past)
    activity, doubted_from = _fold(connection, history, read)
    if doubted_from is not None:
        anew = judge_anew(connection, park, doubted_from, at, GoneReason.DOUBTED)
        history, judged = anew.history, anew.judged
        is_earlier_day_judged = False  # and not summed yet
    else:
        sessions = history.sessions_at(at)
        changing = [session for session in sessions if _may_change(session.started_at, is_open_since)]
        days = touched_days(changing, park.zone, history.first_day)
        judged = judge_and_save(connection, history, sessions, days, at, changing) if changing else []
        is_earlier_day_judged = any(day < today for day in days)
    updated = {reading.ride_id: reading.last_updated for reading in readings.readings}
    last = values | {
        ride_id: LastValue(one.wait_minutes, one.changed_at, updated[ride_id])
        for ride_id, one in read.last.items()
    }
    save_statuses(connection, history, judged, at, last, activity.is_open, odds)
    if is_earlier_day_judged or not is_summed(past.summed_until, today):
        rebuild_totals(connection, [park.park_id], today)


def _may_change(started_at: datetime, is_open_since: datetime) -> bool:
    """A session stored as settled stays as it is; it is older than the open one, or than now."""
    return started_at >= is_open_since


def _said(
    history: ParkHistory,
    readings: ParkReadings,
    values: Mapping[int, LastValue],
    at: datetime,
) -> dict[int, LastSaid]:
    """What each ride of which something was read says, and since when."""
    said: dict[int, LastSaid] = {}
    for reading in readings.readings:
        if reading.state is State.UNKNOWN:
            continue
        own = history.runs.get(reading.ride_id)
        value = values.get(reading.ride_id, NO_VALUE)
        before = (
            LastSaid(own[-1].state, value.wait_minutes, own[-1].last_reading_at, value.changed_at)
            if own and value.changed_at
            else None
        )
        said[reading.ride_id] = say(before, reading.state, reading.wait_minutes, at)
    return said


def _unchanged(
    readings: ParkReadings, values: Mapping[int, LastValue], said: Mapping[int, LastSaid], at: datetime
) -> tuple[int, int]:
    """Readings that said what their ride had said, and those of them whose stamp had moved."""
    unchanged = [
        (reading.last_updated, values.get(reading.ride_id, NO_VALUE).last_updated)
        for reading in readings.readings
        if reading.ride_id in said and said[reading.ride_id].changed_at != at
    ]
    known = [now != before for now, before in unchanged if now is not None and before is not None]
    return len(known), sum(known)


def _fold(connection: Connection, history: ParkHistory, read: _Read) -> tuple[ParkActivity, datetime | None]:
    """Answers from when on readings are believed otherwise than before, None: as before."""
    at, park_id, zone = read.at, history.park_id, history.zone
    has_changed = changed(read.last, read.counted, at)
    is_alive = any(ride_id in read.counted and said.is_alive(at) for ride_id, said in read.last.items())
    if history.doubts and (has_changed or is_alive):
        history.doubts = end_doubts(
            connection, park_id, history.doubts, at, has_changed=has_changed, is_alive=is_alive
        )
    missed = [*read.past.missed, *breaks(history.doubts)]
    counted_runs = {ride_id: runs for ride_id, runs in history.runs.items() if ride_id in read.counted}
    is_partial = lists_too_few({reading.ride_id for reading in read.readings.readings}, counted_runs, at)
    _fold_rides(connection, history, read, missed)
    activity = _activity(history, read, has_changed, is_partial)
    began_to_run = False
    if activity.says_nothing or is_partial:
        activity = replace(activity, is_open=_still_open(history.heard, read.cycle))
    else:
        began_to_run = _began_to_run(history, at, activity.is_running)
        _fold_park(connection, history, read, activity.is_running, missed)
    if activity.says_nothing or (is_partial and not has_changed):
        add_activity(connection, park_id, at, read.cycle.cycle_id, activity)
        return activity, None
    live = Liveness(
        at,
        read.today,
        read.cycle.interval_seconds,
        activity.is_running,
        activity.rides_open,
        activity.rides_waiting,
        activity.rides_alive,
        has_changed,
    )
    doubted_from = None
    if may_be_news(live, history.doubts, began_to_run):
        # Doubts are recognised by the rows of cycles, of this one too.
        add_activity(connection, park_id, at, read.cycle.cycle_id, activity)
        doubted_from = recognise_since(connection, park_id, zone, at, at)
        if doubted_from is not None:
            history.doubts = doubts_since(connection, park_id, history.loaded_from)
    said = say_now(connection, park_id, zone, live, history.doubts, history.heard, began_to_run)
    activity = replace(
        activity, is_open=activity.is_open if is_partial else said.is_open, quiet_since=said.quiet_since
    )
    history.heard = Heard(at, activity.rides_alive, activity.is_open, activity.quiet_since)
    add_activity(connection, park_id, at, read.cycle.cycle_id, activity)
    return activity, doubted_from


def _began_to_run(history: ParkHistory, at: datetime, is_running: bool) -> bool:
    """Whether the reading at `at` is the first after a night at which the park runs."""
    standing = standstills(history.doubts)
    ran = [
        run.last_reading_at
        for run in history.park_runs
        if run.is_running and not any(doubt.covers(run.started_at) for doubt in standing)
    ]
    return begins_to_run(is_running, max(ran, default=at - LOOKS_BACK), at)


def _still_open(before: Heard | None, cycle: CycleRow) -> bool | None:
    """What is said of a park of which this cycle says nothing: what was said, while that holds."""
    if before is None or cycle.recorded_at - before.recorded_at > hold_limit(cycle.interval_seconds):
        return None
    return before.is_open


def _fold_rides(
    connection: Connection, history: ParkHistory, read: _Read, missed: Collection[datetime]
) -> None:
    folded: list[Run] = []
    today = read.today
    for ride_id, said in read.last.items():
        known = KnownReading(
            ride_id, read.at, today, read.cycle.interval_seconds, said.state, said.wait_minutes
        )
        own = history.runs.setdefault(ride_id, [])
        run = fold_one(own[-1] if own else None, known, _or_void(missed, history, ride_id))
        if own and own[-1].started_at == run.started_at:
            own[-1] = run
        else:
            own.append(run)
        folded.append(run)
    save_runs(connection, history.park_id, folded)


def _or_void(
    missed: Collection[datetime], history: ParkHistory, ride_id: int | None = None
) -> Collection[datetime]:
    """Over which no run is extended: cycles that failed, and edges of what was made unknown."""
    return [*missed, *breaks_at(history.voided, ride_id)] if history.voided else missed


def _fold_park(
    connection: Connection,
    history: ParkHistory,
    read: _Read,
    is_running: bool,
    missed: Collection[datetime],
) -> None:
    last = history.park_runs[-1] if history.park_runs else None
    reading = ParkReading(read.at, read.today, read.cycle.interval_seconds, is_running)
    park_run = extend_park(last, reading, _or_void(missed, history))
    if last is not None and last.started_at == park_run.started_at:
        history.park_runs[-1] = park_run
    else:
        history.park_runs.append(park_run)
    save_park_runs(connection, history.park_id, [park_run])


def _activity(history: ParkHistory, read: _Read, has_changed: bool, is_partial: bool) -> ParkActivity:
    at = read.at
    said = [(r.ride_id, r.state, r.wait_minutes) for r in read.readings.readings if r.ride_id in read.counted]
    open_now = {ride_id: history.runs[ride_id] for ride_id, state, _ in said if state is State.OPEN}
    always = always_open(open_now, at)
    if always and never_closes(said, always, read.last, at):
        always = frozenset()
    activity = park_activity(
        said,
        always,
        read.past.largest_running_count,
        alive=[ride_id for ride_id, last in read.last.items() if last.is_alive(at)],
        has_changed=has_changed,
        is_partial=is_partial,
    )
    return replace(
        activity,
        stamp_offset_seconds=read.stamps.offset_seconds,
        rides_unchanged=read.stamps.unchanged,
        stamps_moved=read.stamps.moved,
    )

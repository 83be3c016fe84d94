"""Readings that arrive behind newer ones: their days are folded anew and become provisional again."""

from __future__ import annotations

import logging
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from park_downtime.database.aggregation import reopen_zone_day
from park_downtime.database.cycles import CycleRow
from park_downtime.database.daily import final_days, has_data, set_provisional
from park_downtime.database.parks import ParkRow
from park_downtime.database.readings import add_activity
from park_downtime.database.retention import update_final_until
from park_downtime.database.rides import seen_already
from park_downtime.database.runs import has_runs, last_run_end
from park_downtime.database.sessions import session_across
from park_downtime.judging.judge_and_save import judge_and_save
from park_downtime.judging.park_history import first_whole_day, load, touched_days
from park_downtime.judging.refold import refold, store_refolded
from park_downtime.model import ParkReadings
from park_downtime.periods import DAY, local_date, start_of_day
from park_downtime.timeline.running import ParkActivity
from park_downtime.timeline.sessions import ENDS_AFTER

log = logging.getLogger(__name__)

NOTHING_SAID = ParkActivity(0, 0, 0, 0, False, None, None)


def is_behind(connection: Connection, park: ParkRow, at: datetime) -> bool:
    """Whether something newer has been read of the park."""
    newest = last_run_end(connection, park.park_id)
    return newest is not None and newest >= at


def record_late_readings(
    connection: Connection, park: ParkRow, cycle: CycleRow, readings: ParkReadings
) -> None:
    """The readings' snapshots are stored already. Days from theirs to the newest are judged anew.

    Where what their day was judged from has been pruned they are lost, and counted as that.
    """
    at, day = cycle.recorded_at, local_date(cycle.recorded_at, park.zone)
    newest = last_run_end(connection, park.park_id)
    if newest is None:
        raise RuntimeError(f"park {park.park_id} has late readings but no runs")
    if _is_pruned(connection, park, day):
        log.warning(
            "late readings lost: the raw readings of their day are gone",
            extra={"park_id": park.park_id, "local_date": day.isoformat(), "lost": len(readings.readings)},
        )
        return
    # Heard, whatever it said: the refold works out what.
    add_activity(connection, park.park_id, at, cycle.cycle_id, NOTHING_SAID)
    seen_already(connection, [reading.ride_id for reading in readings.readings], at)
    today = local_date(newest, park.zone)
    _fold_from(connection, park, day, today)
    _judge_from(connection, park, _first_changed(connection, park, day, at), today, newest)


def _fold_from(connection: Connection, park: ParkRow, day: date, today: date) -> None:
    while day <= today:
        folded = refold(connection, park, day)
        if folded is not None:
            store_refolded(connection, park, day, folded)
        day += DAY


def _first_changed(connection: Connection, park: ParkRow, day: date, at: datetime) -> date:
    """The day before too, where a session or a gap in which the readings fall may reach back to it."""
    start = start_of_day(day, park.zone)
    reaches_in = session_across(connection, park.park_id, start) is not None
    is_near = at - start < 2 * ENDS_AFTER
    before = day - DAY
    return before if (reaches_in or is_near) and before >= first_whole_day(connection, park) else day


def _judge_from(connection: Connection, park: ParkRow, day: date, today: date, newest: datetime) -> None:
    """Judge the park's days from `day` to `today` anew, and open again what was final."""
    zone = park.zone
    was_final = {final for _, final in final_days(connection, [park.park_id], day, today)}
    history = load(connection, park, day)
    found = history.sessions_at(newest)
    judge_and_save(
        connection,
        history,
        found,
        touched_days(found, zone, day),
        newest,
        anew=(start_of_day(day, zone), newest + timedelta(seconds=1)),
    )
    for opened in was_final:
        set_provisional(connection, park.park_id, opened)
        reopen_zone_day(connection, park.timezone, opened)
    if was_final:
        update_final_until(connection, park, today)


def _is_pruned(connection: Connection, park: ParkRow, day: date) -> bool:
    """Whether a final day is no longer all there: statistics are never overwritten by emptier ones."""
    if not final_days(connection, [park.park_id], day, day) or not has_data(connection, park.park_id, day):
        return False
    return not has_runs(connection, park.park_id, day) or refold(connection, park, day) is None

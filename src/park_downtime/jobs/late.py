"""Readings that arrive behind newer ones: their days are folded anew and become provisional again."""

from __future__ import annotations

import logging
from datetime import date, timedelta

from sqlalchemy import Connection

from park_downtime.database.aggregation import reopen_zone_day
from park_downtime.database.cycles import CycleRow
from park_downtime.database.daily import final_days, save_day, set_provisional
from park_downtime.database.park_memory import load, touched_days, zone_of
from park_downtime.database.parks import ParkRow
from park_downtime.database.readings import add_activity, has_snapshots
from park_downtime.database.runs import last_run_end
from park_downtime.database.sessions import forget_sessions, save_sessions
from park_downtime.jobs.final_until import keep_final_until
from park_downtime.jobs.refold import refold, store_refolded
from park_downtime.model import ParkReadings
from park_downtime.periods import DAY, day_range, local_date, start_of_day
from park_downtime.timeline.running import ParkActivity

log = logging.getLogger(__name__)

NOTHING_SAID = ParkActivity(0, 0, 0, 0, False, None, None)


def observe_late(connection: Connection, park: ParkRow, cycle: CycleRow, readings: ParkReadings) -> None:
    """The readings' snapshots are stored already. Days from theirs to the newest are judged anew.

    Where the raw readings of the day have been pruned they are lost, and counted as that.
    """
    zone = zone_of(park)
    day = local_date(cycle.recorded_at, zone)
    newest = last_run_end(connection, park.park_id)
    if newest is None:
        raise RuntimeError(f"park {park.park_id} has late readings but no runs")
    today = local_date(newest, zone)
    if _is_pruned(connection, park, day, cycle):
        log.warning(
            "late readings lost: the raw readings of their day are gone",
            extra={"park_id": park.park_id, "local_date": day.isoformat(), "lost": len(readings.readings)},
        )
        return
    # Heard, whatever it said: the refold works out what.
    add_activity(connection, park.park_id, cycle.recorded_at, cycle.cycle_id, NOTHING_SAID)
    judge_from(connection, park, day, today)


def judge_from(connection: Connection, park: ParkRow, day: date, today: date) -> None:
    """Fold and judge the park's days from `day` to `today` anew, and open again what was final."""
    zone = zone_of(park)
    newest = last_run_end(connection, park.park_id)
    folded = day
    while folded <= today:
        store_refolded(connection, park, folded, refold(connection, park, folded))
        folded += DAY
    was_final = {final for _, final in final_days(connection, [park.park_id], day, today)}
    memory = load(connection, park, day)
    if newest is None:
        return
    found = memory.sessions_at(newest)
    forget_sessions(connection, park.park_id, start_of_day(day, zone), newest + timedelta(seconds=1))
    save_sessions(connection, park.park_id, zone, found)
    judged = memory.judge(found, newest)
    for judged_day in memory.days(touched_days(found, zone, day), judged):
        save_day(connection, park.park_id, judged_day, is_final=False)
    for opened in was_final:
        set_provisional(connection, park.park_id, opened)
        reopen_zone_day(connection, park.timezone, opened)
    if was_final:
        keep_final_until(connection, park, today)


def _is_pruned(connection: Connection, park: ParkRow, day: date, cycle: CycleRow) -> bool:
    """Whether a final day no longer has the raw readings it was made of."""
    if not final_days(connection, [park.park_id], day, day):
        return False
    start, end = day_range(day, zone_of(park))
    others = has_snapshots(connection, park.park_id, start, cycle.recorded_at) or has_snapshots(
        connection, park.park_id, cycle.recorded_at + timedelta(seconds=1), end
    )
    return not others

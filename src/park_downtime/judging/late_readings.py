"""Readings that arrive behind newer ones: their days are folded anew and become provisional again."""

from __future__ import annotations

import logging
from dataclasses import replace
from datetime import date

from sqlalchemy import Connection

from park_downtime.database.cycles import CycleRow
from park_downtime.database.daily import final_days, has_data
from park_downtime.database.parks import ParkRow
from park_downtime.database.readings import add_activity
from park_downtime.database.rides import seen_already
from park_downtime.database.runs import has_runs, last_run_end
from park_downtime.judging.judge_anew import judge_anew
from park_downtime.judging.park_history import load
from park_downtime.judging.refold import refold
from park_downtime.model import GoneReason, ParkReadings
from park_downtime.periods import local_date
from park_downtime.timeline.running import ParkActivity

log = logging.getLogger(__name__)

NOTHING_SAID = ParkActivity(0, 0, 0, 0, False, None, None)


def record_late_readings(
    connection: Connection,
    park: ParkRow,
    cycle: CycleRow,
    readings: ParkReadings,
    stamp_offset_seconds: int | None,
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
    heard = replace(NOTHING_SAID, stamp_offset_seconds=stamp_offset_seconds)
    add_activity(connection, park.park_id, at, cycle.cycle_id, heard)
    seen_already(connection, [reading.ride_id for reading in readings.readings], at)
    judge_anew(connection, park, at, newest, GoneReason.LATE_READINGS)


def _is_pruned(connection: Connection, park: ParkRow, day: date) -> bool:
    """Whether a final day is no longer all there: statistics are never overwritten by emptier ones."""
    if not final_days(connection, [park.park_id], day, day) or not has_data(connection, park.park_id, day):
        return False
    if not has_runs(connection, park.park_id, day):
        return True
    return refold(connection, park, day, load(connection, park, day, day)) is None

"""Whether a payload is new, and which of its entries are: its stamps beside those of earlier cycles."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection

from park_downtime.database.cycles import CycleRow
from park_downtime.database.stamps import stamps_between, unchanged_and_moved
from park_downtime.model import ParkReadings, State
from park_downtime.timeline.stamps import (
    BEHIND_AFTER,
    DAY_BEFORE,
    JUMPS_WITHIN,
    LOOKS_BACK,
    Stamp,
    believed,
    falls_behind,
    is_behind,
    moves,
    newest_stamp,
    stands_still,
)


class Believed(NamedTuple):
    """`readings` as far as their stamps let them be believed, and the newest stamp so far."""

    readings: ParkReadings
    newest: datetime | None


def believe_stamps(
    connection: Connection, cycle: CycleRow, readings: ParkReadings, before: Stamp | None
) -> Believed:
    """`before`: the last stamp. More is asked for only where a payload is no newer than that, or it or an
    entry far behind.
    """
    at, park_id, said = cycle.recorded_at, readings.park_id, readings.readings
    newest = newest_stamp(said)
    if newest is None:
        return Believed(readings, None if before is None else before.newest)
    is_old = False
    if before is None or newest <= before.newest:
        newest = newest if before is None else before.newest
        seen = [*stamps_between(connection, park_id, at - LOOKS_BACK, at), Stamp(at, newest)]
        is_old = stands_still(seen, cycle.interval_seconds)
    elif at - newest > BEHIND_AFTER:
        is_old = falls_behind(stamps_between(connection, park_id, at - JUMPS_WITHIN, at), Stamp(at, newest))
    are_judged = any(one.state is State.OPEN and is_behind(one, newest) for one in said) and moves(
        *unchanged_and_moved(connection, park_id, at - DAY_BEFORE, at)
    )
    judged = believed(said, newest, is_old=is_old, are_entries_judged=are_judged)
    return Believed(replace(readings, readings=judged), newest)


def offset_seconds(newest: datetime | None, at: datetime) -> int | None:
    return None if newest is None else (newest - at) // timedelta(seconds=1)

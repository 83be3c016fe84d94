"""A park's days judged again after a stretch was made unknown, or was taken back.

What the feed said does not change by it: neither activity nor doubts are worked out anew. While the raw
readings of an edge are kept, runs are folded so that none reaches over it; later they are cut when a park is
judged, without their waits.
"""

from __future__ import annotations

from datetime import date, datetime

from sqlalchemy import Connection

from park_downtime.database.corrections import voided_since
from park_downtime.database.cycles import latest_cycle
from park_downtime.database.daily import final_days
from park_downtime.database.doubts import doubts_since, last_values
from park_downtime.database.parks import ParkRow
from park_downtime.database.readings import missed_cycles
from park_downtime.database.reopening import odds_before
from park_downtime.database.runs import park_runs_since, replace_day, replace_park_day, runs_since
from park_downtime.database.totals import rebuild_totals
from park_downtime.judging.close_day import close_park_day
from park_downtime.judging.judge_anew import Occasion, first_changed, judge_from
from park_downtime.judging.park_history import load
from park_downtime.judging.refold import refold
from park_downtime.judging.ride_statuses import save_statuses
from park_downtime.model import GoneReason
from park_downtime.periods import day_range, local_date
from park_downtime.stretches.archive import StretchArchive
from park_downtime.timeline.doubts import breaks
from park_downtime.timeline.running import LOOKBACK
from park_downtime.timeline.voided import (
    Voided,
    is_unknown_since,
    park_runs_rejoined,
    runs_rejoined,
    unknown_spans,
)

WHY = "a correction was made or taken back after the day was closed"


def judge_corrected(
    connection: Connection,
    park: ParkRow,
    changed: Voided,
    newest: datetime,
    now: datetime,
    is_taken_back: bool = False,
    archive: StretchArchive | None = None,
) -> None:
    """`newest`: the park's last reading; the days up to it are judged again, and those that were final are
    closed again at `now`. Weeks, months and years are left to the next aggregation.
    """
    zone = park.zone
    today = local_date(newest, zone)
    for day in sorted({local_date(edge, zone) for edge in (changed.started_at, changed.ended_at)}):
        if day <= today:
            _fold(connection, park, day, changed if is_taken_back else None)
    first = first_changed(connection, park, changed.started_at)
    was_final = sorted(day for _, day in final_days(connection, [park.park_id], first, today))
    gone = GoneReason.CORRECTION_WITHDRAWN if is_taken_back else GoneReason.CORRECTED
    anew = judge_from(connection, park, first, today, newest, Occasion(gone, now, WHY))
    history = anew.history
    last = last_values(connection, park.park_id)
    is_known = not is_unknown_since(unknown_spans(history.voided), newest, newest)
    said = history.heard.is_open if history.heard is not None and is_known else None
    odds = odds_before(connection, newest)
    save_statuses(connection, history, anew.judged, newest, last, said, odds)
    for day in was_final:
        close_park_day(connection, park, day, now, archive)
    cycle = latest_cycle(connection)
    rebuild_totals(
        connection, [park.park_id], today if cycle is None else local_date(cycle.recorded_at, zone)
    )


def _fold(connection: Connection, park: ParkRow, day: date, taken_back: Voided | None) -> None:
    folded = refold(connection, park, day, load(connection, park, day, day))
    if folded is not None:
        replace_day(connection, park.park_id, day, folded.runs)
        replace_park_day(connection, park.park_id, day, folded.park_runs)
    elif taken_back is not None:
        _rejoin(connection, park, day, taken_back)


def _rejoin(connection: Connection, park: ParkRow, day: date, taken_back: Voided) -> None:
    """Without raw readings: what had been broken while they were kept becomes one again."""
    start, end = day_range(day, park.zone)
    missed = [
        *missed_cycles(connection, park.park_id, start, end),
        *breaks(doubts_since(connection, park.park_id, start - LOOKBACK)),
    ]
    left = voided_since(connection, park.park_id, start - LOOKBACK)
    runs = runs_rejoined(runs_since(connection, park.park_id, day, day), taken_back, missed, left)
    replace_day(connection, park.park_id, day, runs)
    park_runs = park_runs_since(connection, park.park_id, day, day)
    replace_park_day(connection, park.park_id, day, park_runs_rejoined(park_runs, taken_back, missed, left))

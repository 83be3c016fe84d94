"""Closed days that were judged again, stored: the days, and all that is summed of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, datetime

from sqlalchemy import Connection

from park_downtime.database.aggregation import say_judged_again
from park_downtime.database.daily import forget_rides, hold_final_days
from park_downtime.database.parks import ParkRow
from park_downtime.database.rides import rides_of
from park_downtime.database.totals import last_dates, rebuild_totals
from park_downtime.database.version import bump_version
from park_downtime.judging.close_day import save_judged_day
from park_downtime.judging.judge_and_save import told_at
from park_downtime.judging.rejudge_park import DayAgain, mark_of
from park_downtime.judging.roll_up import roll_up_all
from park_downtime.model import GoneReason
from park_downtime.periods import DAY, DateRange
from park_downtime.stretches.archive import StretchArchive


@dataclass(slots=True)
class SavedAgain:
    """`left`: days that were opened or closed again since they were judged; they stay as they are."""

    rows: int = 0
    left: list[date] = field(default_factory=list)


def save_rejudged(
    connection: Connection, archive: StretchArchive, park: ParkRow, days: Sequence[DayAgain], now: datetime
) -> SavedAgain:
    """`days`: of one month, in order. Weeks, months, years and kept sums follow in the same transaction, so
    that a kill leaves none that disagrees with its days.
    """
    saved, first, last = SavedAgain(), days[0].day, days[-1].day
    final = hold_final_days(connection, park.park_id, first, last)
    closed = archive.days_of(park.park_id, first)
    rides: set[int] = set()
    for one in days:
        source = closed.get(one.day)
        if one.day not in final or source is None or mark_of(source) != one.mark:
            saved.left.append(one.day)
            continue
        telling = told_at(now, one.history, GoneReason.JUDGED_ANEW)
        saved.rows += save_judged_day(connection, one.history, one.judged, telling, is_final=True).rows
        forget_rides(connection, park.park_id, one.day, one.gone)
        say_judged_again(connection, one.timezone, one.day, now)
        rides.update(one.judged.row.rides, one.before)
    concerned = {park.park_id, *_parks_now(connection, park, rides)}
    saved.rows += roll_up_all(connection, sorted(concerned), DateRange(first, last))
    for park_id, summed_until in last_dates(connection, concerned).items():
        rebuild_totals(connection, [park_id], summed_until + DAY)
    bump_version(connection)
    return saved


def _parks_now(connection: Connection, park: ParkRow, ride_ids: set[int]) -> set[int]:
    """A ride that moved has the sums of its time in both parks under the one that it is in now."""
    known = rides_of(connection, park.park_id, also=ride_ids)
    return {known[ride_id].park_id for ride_id in ride_ids if ride_id in known}

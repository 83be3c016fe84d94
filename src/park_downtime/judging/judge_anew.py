"""A park's days folded and judged anew up to now: after late readings, and when a doubt is recognised."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from park_downtime.database.aggregation import reopen_zone_day, zone_days
from park_downtime.database.closures import replace_closures
from park_downtime.database.daily import days_with_row, final_days, forget_day, set_provisional
from park_downtime.database.parks import ParkRow
from park_downtime.database.retention import update_final_until
from park_downtime.database.sessions import session_across
from park_downtime.database.totals import parks_summed, rebuild_totals
from park_downtime.judging.doubting import recognise_since, say_again
from park_downtime.judging.judge_and_save import judge_and_save, told_at
from park_downtime.judging.park_history import ParkHistory, first_whole_day, load, touched_days
from park_downtime.judging.refold import refold, store_refolded
from park_downtime.model import GoneReason
from park_downtime.periods import DAY, local_date, start_of_day
from park_downtime.timeline.judge import JudgedSession
from park_downtime.timeline.sessions import ENDS_AFTER


@dataclass(frozen=True, slots=True)
class Occasion:
    """Why days are judged anew, told at `at`: what is said of closures that are gone, and what the log of the
    nights says of days that were final.
    """

    gone: GoneReason
    at: datetime
    in_words: str = "readings arrived after the day was closed"


@dataclass(frozen=True, slots=True)
class JudgedAnew:
    """A park's history from `history.first_day` on, and what its sessions are now."""

    history: ParkHistory
    judged: list[JudgedSession]


def judge_anew(
    connection: Connection, park: ParkRow, changed_at: datetime, newest: datetime, gone: GoneReason
) -> JudgedAnew:
    """Fold the days from that of `changed_at` to that of `newest`, the last reading, and judge them.

    What was final of them becomes provisional; of closures that are `gone` it is said why.
    """
    today, zone = local_date(newest, park.zone), park.zone
    fold_from(connection, park, local_date(changed_at, zone), today)
    doubted_from = recognise_since(connection, park.park_id, zone, changed_at, newest)
    since = changed_at if doubted_from is None else min(changed_at, doubted_from)
    if doubted_from is not None:
        # No run reaches over the edge of a doubt.
        fold_from(connection, park, local_date(doubted_from, zone), today)
    say_again(connection, park.park_id, zone, start_of_day(local_date(since, zone), zone), newest)
    first = first_changed(connection, park, since)
    return judge_from(connection, park, first, today, newest, Occasion(gone, newest))


def fold_from(connection: Connection, park: ParkRow, day: date, today: date) -> None:
    while day <= today:
        folded = refold(connection, park, day, load(connection, park, day, day))
        if folded is not None:
            store_refolded(connection, park, day, folded)
        day += DAY


def first_changed(connection: Connection, park: ParkRow, changed_at: datetime) -> date:
    """The day before too, where a session or a gap in which the readings fall may reach back to it."""
    day = local_date(changed_at, park.zone)
    start = start_of_day(day, park.zone)
    reaches_in = session_across(connection, park.park_id, start) is not None
    is_near = changed_at - start < 2 * ENDS_AFTER
    before = day - DAY
    return before if (reaches_in or is_near) and before >= first_whole_day(connection, park) else day


def judge_from(
    connection: Connection,
    park: ParkRow,
    day: date,
    today: date,
    newest: datetime,
    occasion: Occasion,
) -> JudgedAnew:
    """Judge the days from `day` to `today` by their runs, and sum them anew."""
    zone = park.zone
    was_final = {final for _, final in final_days(connection, [park.park_id], day, today)}
    history = load(connection, park, day)
    sessions = history.sessions_at(newest)
    touched = touched_days(sessions, zone, day)
    left = days_with_row(connection, park.park_id, day, today).difference(touched)
    tried = zone_days(connection, park.timezone, day) if left else {}
    telling = told_at(occasion.at, history, occasion.gone)
    for gone in left - tried.keys():
        forget_day(connection, park.park_id, gone)
        replace_closures(connection, park.park_id, [gone], [], [], telling)
    judged = judge_and_save(
        connection,
        history,
        sessions,
        sorted({*touched, *(left & tried.keys())}),
        newest,
        anew=(start_of_day(day, zone), newest + timedelta(seconds=1)),
        telling=telling,
    )
    for opened in was_final:
        set_provisional(connection, park.park_id, opened)
        reopen_zone_day(connection, park.timezone, opened, occasion.in_words)
    if was_final:
        update_final_until(connection, [park], today)
    if day < today and parks_summed(connection, [park.park_id], today):
        rebuild_totals(connection, [park.park_id], today)
    return JudgedAnew(history, judged)

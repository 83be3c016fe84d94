"""One local day of a made-up history: judged from its runs, and stored in place of what was there."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection

from park_downtime.database.edges import save_edges
from park_downtime.database.parks import ParkRow
from park_downtime.database.reopening import odds_before
from park_downtime.database.runs import replace_day, replace_park_day
from park_downtime.jobs.prune import RUN_RETENTION
from park_downtime.judging.as_of_runs import make_up_activity
from park_downtime.judging.call_edges import call_edges
from park_downtime.judging.judge_and_save import save_judged, told_at
from park_downtime.judging.park_history import ParkHistory
from park_downtime.judging.ride_statuses import save_statuses
from park_downtime.periods import DAY, day_range, local_date, start_of_day
from park_downtime.simulator.backfill_runs import MadeUpDays
from park_downtime.statistics.days import ParkDay, RideLife
from park_downtime.timeline.edge_calls import CalledSessions
from park_downtime.timeline.edges import SessionEdges
from park_downtime.timeline.runs import ParkRun, Run
from park_downtime.timeline.sessions import Session


@dataclass(frozen=True, slots=True)
class BackfillPark:
    row: ParkRow
    lives: dict[int, RideLife]
    first_day: date
    today: date
    days: MadeUpDays


@dataclass(frozen=True, slots=True)
class MadeDay:
    """A local day as it is stored; `runs` are None where they are no longer kept, `edges` are of its sessions
    that are settled and judged by the habits of the days before.
    """

    day: date
    row: ParkDay
    is_final: bool
    sessions: list[Session]
    runs: tuple[list[Run], list[ParkRun]] | None
    edges: list[SessionEdges]


def made_day(park: BackfillPark, day: date, until: datetime, habits_in: Connection | None = None) -> MadeDay:
    """The day judged from its own runs, those of the two days before and of the day after: a session may
    end after midnight. `habits_in`: where the days before it are stored with their edges.
    """
    zone, history = park.row.zone, _history(park, day)
    start, end = start_of_day(day, zone), start_of_day(day + DAY, zone)
    is_over = day < park.today
    now = min(until, start_of_day(day + 2 * DAY, zone)) if is_over else until
    found = [session for session in history.sessions_at(now) if session.started_at < end]
    judged = history.judge(found, now)
    called = CalledSessions(judged, []) if habits_in is None else call_edges(habits_in, history, judged)
    (row,) = history.days([day], called.judged)
    has_runs = day >= local_date(until - RUN_RETENTION, zone)
    return MadeDay(
        day,
        row,
        is_over and all(session.is_settled for session in found),
        [session for session in found if session.started_at >= start],
        (park.days.runs(day), park.days.park_runs(day)) if has_runs else None,
        [edges for edges in called.edges if edges.started_at >= start],
    )


def save_made_statuses(connection: Connection, park: BackfillPark, until: datetime) -> None:
    """What is said of the rides at the last made-up reading; the first cycle says more."""
    history = _history(park, park.today)
    judged = history.judge(history.sessions_at(until), until)
    is_open = history.park_runs[-1].is_running if history.park_runs else None
    odds = odds_before(connection, until)
    save_statuses(connection, history, judged, until, {}, is_open, odds)
    make_up_activity(connection, park.row, until)


def _history(park: BackfillPark, day: date) -> ParkHistory:
    history = ParkHistory(park.row.park_id, park.row.zone, day, park.lives, {}, [])
    for near in (day - 2 * DAY, day - DAY, day, day + DAY):
        if near <= park.today:
            history.park_runs.extend(park.days.park_runs(near))
            for run in park.days.runs(near):
                history.runs.setdefault(run.ride_id, []).append(run)
    return history


def save_made(connection: Connection, park: BackfillPark, made: MadeDay) -> int:
    park_id, zone = park.row.park_id, park.row.zone
    if made.runs is not None:
        replace_day(connection, park_id, made.day, made.runs[0])
        replace_park_day(connection, park_id, made.day, made.runs[1])
    history = ParkHistory(park_id, zone, made.day, park.lives, {}, [])
    written = save_judged(
        connection,
        history,
        made.sessions,
        [made.row],
        told_at(None, history),
        made.is_final,
        anew=day_range(made.day, zone),
    )
    save_edges(connection, park_id, made.edges)
    return written.rows

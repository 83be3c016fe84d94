"""A park as it stood at an earlier moment, judged from the runs that are still kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime, timedelta

from sqlalchemy import Connection

from park_downtime.database.daily import last_opens
from park_downtime.database.moment import Moment
from park_downtime.database.now import StatusRow
from park_downtime.database.park_memory import ParkMemory, load, touched_days, zone_of
from park_downtime.database.parks import ParkRow
from park_downtime.model import State
from park_downtime.periods import DAY, instant_on, local_date, seconds_into_day
from park_downtime.statistics.days import ParkDay
from park_downtime.timeline.asof import park_runs_as_of, runs_as_of
from park_downtime.timeline.closures import RideSession
from park_downtime.timeline.judge import JudgedSession
from park_downtime.timeline.runs import Run
from park_downtime.timeline.status import RideNow, entry_now, ride_now, still_holds, usual_closing_seconds

HABIT_REACHES_BACK = timedelta(days=45)


def past_memory(connection: Connection, park: ParkRow, at: datetime, first_day: date) -> ParkMemory:
    """The park's runs cut at the moment."""
    memory = load(connection, park, first_day, local_date(at, zone_of(park)))
    memory.runs = {ride_id: cut for ride_id, runs in memory.runs.items() if (cut := runs_as_of(runs, at))}
    memory.park_runs = park_runs_as_of(memory.park_runs, at)
    return memory


def past_days(connection: Connection, park: ParkRow, at: Moment) -> list[ParkDay]:
    """The days that the park's sessions touched then, from the day before the moment's on."""
    if at.at is None:
        return []
    memory = past_memory(connection, park, at.at, at.today(park) - DAY)
    found = memory.sessions_at(at.at)
    judged = memory.judge(found, at.at)
    return memory.days(touched_days(found, memory.zone, memory.first_day), judged)


def past_statuses(connection: Connection, park: ParkRow, at: datetime) -> dict[int, StatusRow]:
    """What every ride of the park was then."""
    memory = past_memory(connection, park, at, local_date(at, zone_of(park)) - DAY)
    found = memory.sessions_at(at)
    judged = memory.judge(found, at)
    now = statuses_of(connection, memory, judged, at)
    return {
        ride_id: StatusRow(
            ride_id=ride_id,
            park_id=park.park_id,
            status=ride.status,
            down_since=ride.down_since,
            wait_minutes=_average_wait(run) if still_holds(run, at) else None,
            last_reading_at=run.last_reading_at,
        )
        for ride_id, (ride, run) in now.items()
    }


def _average_wait(run: Run) -> int | None:
    """Of an earlier moment only the run's average is known."""
    return round(run.wait_sum / run.wait_count) if run.wait_count and run.state is State.OPEN else None


def statuses_of(
    connection: Connection, memory: ParkMemory, judged: list[JudgedSession], at: datetime
) -> dict[int, tuple[RideNow, Run]]:
    """Every ride with runs, with what is said of it at `at`; the one rule for now and for then."""
    is_open = bool(judged) and judged[-1].session.is_open
    in_session = dict(judged[-1].rides) if is_open else {}
    day = local_date(judged[-1].session.started_at if is_open else at, memory.zone)
    closings = _usual_closings(connection, memory, in_session, day)
    is_running = bool(memory.park_runs) and memory.park_runs[-1].is_running
    found: dict[int, tuple[RideNow, Run]] = {}
    for ride_id, own in memory.runs.items():
        is_counted = ride_id in memory.lives
        found[ride_id] = (
            ride_now(own[-1], in_session.get(ride_id), is_running, closings.get(ride_id), at)
            if is_counted
            else entry_now(own[-1], at),
            own[-1],
        )
    return found


def _usual_closings(
    connection: Connection, memory: ParkMemory, in_session: Mapping[int, RideSession], day: date
) -> dict[int, datetime]:
    """When the rides that may be down usually have their last opening, for a session begun on `day`."""
    asked = [ride_id for ride_id, ride in in_session.items() if ride.closures]
    if not asked:
        return {}
    found: dict[int, datetime] = {}
    for ride_id, opens in last_opens(connection, asked, day - HABIT_REACHES_BACK, day).items():
        usual = usual_closing_seconds(
            [seconds_into_day(last, operated, memory.zone) for operated, last in opens]
        )
        if usual is not None:
            found[ride_id] = instant_on(day, usual, memory.zone)
    return found

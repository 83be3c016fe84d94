"""What every ride is now: one row per ride, written by each cycle that hears of its park."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from sqlalchemy import Connection, select

from park_downtime.database.daily import last_opens
from park_downtime.database.statistics_tables import ride_status_now
from park_downtime.database.upsert import upsert
from park_downtime.judging.park_history import ParkMemory
from park_downtime.model import Status
from park_downtime.periods import instant_on, local_date, seconds_into_day
from park_downtime.timeline.closures import RideSession
from park_downtime.timeline.judge import JudgedSession
from park_downtime.timeline.runs import Run, hold_limit
from park_downtime.timeline.status import RideNow, entry_now, ride_now, usual_closing_seconds

_c = ride_status_now.c

HABIT_REACHES_BACK = timedelta(days=45)


@dataclass(frozen=True, slots=True)
class StatusRow:
    """A ride's status at the moment asked for; the wait is that of its last reading."""

    ride_id: int
    park_id: int
    status: Status
    down_since: datetime | None
    wait_minutes: int | None
    last_reading_at: datetime


def save_now(
    connection: Connection,
    park_id: int,
    now: Mapping[int, tuple[RideNow, Run]],
    waits: Mapping[int, int | None],
) -> None:
    upsert(
        connection,
        ride_status_now,
        [
            {
                "ride_id": ride_id,
                "park_id": park_id,
                "status": ride.status,
                "down_since": ride.down_since,
                "wait_minutes": waits.get(ride_id),
                "last_reading_at": run.last_reading_at,
                "interval_seconds": run.interval_seconds,
            }
            for ride_id, (ride, run) in now.items()
        ],
    )


def statuses(connection: Connection, at: datetime, park_id: int | None = None) -> dict[int, StatusRow]:
    """Every ride's status at `at`, the last landed cycle or the clock: too old a reading says nothing."""
    query = select(
        _c.ride_id,
        _c.park_id,
        _c.status,
        _c.down_since,
        _c.wait_minutes,
        _c.last_reading_at,
        _c.interval_seconds,
    )
    if park_id is not None:
        query = query.where(_c.park_id == park_id)
    found: dict[int, StatusRow] = {}
    for ride_id, of_park, status, down_since, wait, last_reading_at, interval in connection.execute(
        query
    ).all():
        if at - last_reading_at <= hold_limit(interval):
            found[ride_id] = StatusRow(ride_id, of_park, status, down_since, wait, last_reading_at)
        else:
            found[ride_id] = StatusRow(ride_id, of_park, Status.UNKNOWN, None, None, last_reading_at)
    return found


def statuses_of(
    connection: Connection, memory: ParkMemory, judged: list[JudgedSession], at: datetime
) -> dict[int, tuple[RideNow, Run]]:
    """Every ride with runs, with what is said of it at `at`."""
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

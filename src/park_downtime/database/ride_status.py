"""What every ride is now, written by each cycle that hears of its park; and what parks add up to."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, select

from park_downtime.database.cycles import holding_cycles
from park_downtime.database.packed import read_columns
from park_downtime.database.readings import SAID_SOMETHING
from park_downtime.database.row_shape import RowShape
from park_downtime.database.statistics_tables import ride_status_now
from park_downtime.database.tables import park_activity_snapshots
from park_downtime.database.upsert import upsert
from park_downtime.model import ParkOutcome, Status
from park_downtime.timeline.runs import Run, is_stale
from park_downtime.timeline.status import RideNow

_c = ride_status_now.c
_activity = park_activity_snapshots.c


class LastValue(NamedTuple):
    """What a ride's last known reading showed, since when the ride says the same, and the entry's stamp."""

    wait_minutes: int | None
    changed_at: datetime | None = None
    last_updated: datetime | None = None


NO_VALUE = LastValue(None)


class StatusRow(NamedTuple):
    """A ride's status at the moment asked for; the wait is that of its last reading. The chance in percent
    that it opens again today is of a ride that closed and has a habit.
    """

    ride_id: int
    park_id: int
    status: Status
    down_since: datetime | None
    wait_minutes: int | None
    last_reading_at: datetime
    back_today_percentage: int | None = None


def write_statuses(
    connection: Connection,
    park_id: int,
    now: Mapping[int, tuple[RideNow, Run]],
    last: Mapping[int, LastValue],
) -> None:
    """`last`: of each ride's last known reading."""
    upsert(
        connection,
        ride_status_now,
        [
            {
                "ride_id": ride_id,
                "park_id": park_id,
                "status": ride.status,
                "down_since": ride.down_since,
                "back_today_percentage": ride.back_today_percentage,
                **last.get(ride_id, NO_VALUE)._asdict(),
                "last_reading_at": run.last_reading_at,
                "interval_seconds": run.interval_seconds,
            }
            for ride_id, (ride, run) in now.items()
        ],
    )


def statuses(
    connection: Connection,
    at: datetime,
    park_id: int | None = None,
    ride_ids: Collection[int] | None = None,
    said: Status | None = None,
) -> dict[int, StatusRow]:
    """Each ride's status at `at`, the last landed cycle or the clock: too old a reading says nothing.

    Of one park, of some rides, or of those that said a status when they were read last.
    """
    return statuses_at(status_columns(connection, park_id, ride_ids, said), at)


def status_columns(
    connection: Connection,
    park_id: int | None = None,
    ride_ids: Collection[int] | None = None,
    said: Status | None = None,
) -> list[list[Any]]:
    """The same as they were read last, those of `STATUS_COLUMNS`."""
    bound: dict[str, Any] = {"park_id": park_id, "said": said}
    if ride_ids is not None:
        bound["ride_ids"] = sorted(ride_ids)
    query = _statuses(park_id is not None, ride_ids is not None, said is not None)
    return read_columns(connection, query, bound)


def statuses_at(columns: Sequence[list[Any]], at: datetime) -> dict[int, StatusRow]:
    """What they say at a moment."""
    *values, intervals = columns
    rows = list(map(StatusRow, *values))
    read = [*zip(values[_READ_AT], intervals, strict=True)]
    stale = {each for each in set(read) if is_stale(each[0], at, each[1])}  # few cycles read them all
    return {
        row.ride_id: row if row.status is not Status.UNKNOWN and each not in stale else _unknown(row)
        for row, each in zip(rows, read, strict=True)
    }


_READ_AT = StatusRow._fields.index("last_reading_at")
STATUS_COLUMNS = (*StatusRow._fields, "interval_seconds")


def _unknown(row: StatusRow) -> StatusRow:
    return StatusRow(row.ride_id, row.park_id, Status.UNKNOWN, None, None, row.last_reading_at)


@lru_cache
def _statuses(of_park: bool, of_rides: bool, of_said: bool) -> Select[Any]:
    query = select(
        _c.ride_id,
        _c.park_id,
        _c.status,
        _c.down_since,
        _c.wait_minutes,
        _c.last_reading_at,
        _c.back_today_percentage,
        _c.interval_seconds,
    )
    if of_park:
        query = query.where(_c.park_id == bindparam("park_id"))
    if of_rides:
        query = query.where(_c.ride_id.in_(bindparam("ride_ids", expanding=True)))
    if of_said:
        query = query.where(_c.status == bindparam("said", type_=_c.status.type))
    return query


@dataclass(frozen=True, slots=True)
class ActivityRow:
    park_id: int
    recorded_at: datetime
    rides_open: int
    rides_closed: int
    is_open: bool | None
    average_wait_minutes: float | None
    max_wait_minutes: int | None


_ACTIVITY_OF = select(*RowShape(ActivityRow, _activity).columns).where(
    _activity.recorded_at.in_(bindparam("cycles", expanding=True)),
    _activity.outcome == ParkOutcome.OK,
    SAID_SOMETHING,
)


def activity_at(connection: Connection, at: datetime) -> dict[int, ActivityRow]:
    """The newest activity of each park among the cycles whose readings still hold at `at`."""
    cycles = holding_cycles(connection, at)
    if not cycles:
        return {}
    rows = map(ActivityRow, *read_columns(connection, _ACTIVITY_OF, {"cycles": cycles}))
    return {row.park_id: row for row in sorted(rows, key=attrgetter("recorded_at"))}

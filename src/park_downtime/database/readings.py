"""Raw rows of a cycle: snapshots of rides, activity of parks."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import asdict
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    SmallInteger,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    type_coerce,
    update,
)

from park_downtime.database.packed import Packed, read_columns
from park_downtime.database.tables import (
    ANSWERED,
    STATE,
    collection_cycles,
    park_activity_snapshots,
    ride_runs,
    ride_status_snapshots,
)
from park_downtime.database.upsert import upsert
from park_downtime.model import ParkFailure, ParkOutcome, RideReading, State
from park_downtime.timeline.running import ParkActivity
from park_downtime.timeline.runs import Said

_activity = park_activity_snapshots.c
_snapshot = ride_status_snapshots.c
_READINGS = Packed(_snapshot.ride_id, type_coerce(_snapshot.state, SmallInteger), _snapshot.wait_minutes)

SAID_SOMETHING = or_(_activity.rides_unknown == 0, _activity.rides_open > 0, _activity.rides_closed > 0)
"""Readings that are all unknown are as if absent."""
_run = ride_runs.c
LONGEST_RUN = timedelta(hours=24)  # runs are cut at local midnight


def add_snapshots(
    connection: Connection,
    park_id: int,
    recorded_at: datetime,
    cycle_id: int,
    readings: Sequence[RideReading],
) -> int:
    """Store one row per reading; answers how many."""
    rows = [
        {
            "park_id": park_id,
            "recorded_at": recorded_at,
            "ride_id": reading.ride_id,
            "cycle_id": cycle_id,
            "state": reading.state,
            "wait_minutes": reading.wait_minutes,
            "is_stale": reading.is_stale,
            "last_updated": reading.last_updated,
        }
        for reading in readings
    ]
    if rows:
        connection.execute(insert(ride_status_snapshots), rows)
    return len(rows)


def forget_snapshots(connection: Connection, park_id: int, recorded_at: datetime) -> None:
    """A park's rows of one cycle, before they are stored anew."""
    connection.execute(
        delete(ride_status_snapshots).where(
            _snapshot.park_id == park_id, _snapshot.recorded_at == recorded_at
        )
    )


def count_snapshots(connection: Connection, recorded_at: datetime, park_ids: Collection[int]) -> int:
    """Rows of the given parks in one cycle."""
    query = select(func.count()).where(
        _snapshot.park_id.in_(sorted(park_ids)), _snapshot.recorded_at == recorded_at
    )
    return connection.scalar(query) or 0


def waits_at(connection: Connection, park_id: int, recorded_at: datetime) -> dict[int, int | None]:
    """What each ride posted in one cycle; empty where the readings are no longer kept."""
    query = select(_snapshot.ride_id, _snapshot.wait_minutes).where(
        _snapshot.park_id == park_id, _snapshot.recorded_at == recorded_at
    )
    return {row.ride_id: row.wait_minutes for row in connection.execute(query)}


def waits_of(
    connection: Connection, park_id: int, last_readings: Mapping[int, datetime]
) -> dict[int, int | None]:
    """What each ride posted in its last known reading; rides whose readings are gone are missing."""
    instants = sorted(set(last_readings.values()))
    if not instants:
        return {}
    query = select(_snapshot.ride_id, _snapshot.recorded_at, _snapshot.wait_minutes).where(
        _snapshot.park_id == park_id,
        _snapshot.recorded_at.in_(instants),
        _snapshot.state != State.UNKNOWN,
    )
    return {
        row.ride_id: row.wait_minutes
        for row in connection.execute(query)
        if last_readings.get(row.ride_id) == row.recorded_at
    }


def forget_waits(connection: Connection, park_id: int) -> None:
    """A park says nothing of waits whose readings are gone."""
    connection.execute(
        update(park_activity_snapshots)
        .where(_activity.park_id == park_id)
        .values(average_wait_minutes=None, max_wait_minutes=None)
    )


OF_STAMPS = ("stamp_offset_seconds", "rides_unchanged", "stamps_moved")
"""What only the payload itself could tell: a fold of its stored readings leaves it as it is."""


def add_activity(
    connection: Connection, park_id: int, recorded_at: datetime, cycle_id: int, activity: ParkActivity
) -> None:
    values = {
        name: value for name, value in asdict(activity).items() if value is not None or name not in OF_STAMPS
    }
    outcome = ParkOutcome.PARTIAL if values.pop("is_partial") else ParkOutcome.OK
    key = {"park_id": park_id, "recorded_at": recorded_at, "cycle_id": cycle_id, "outcome": outcome}
    upsert(connection, park_activity_snapshots, [{**key, **values}])


def add_failures(
    connection: Connection, recorded_at: datetime, cycle_id: int, failures: Sequence[ParkFailure]
) -> None:
    """Remember which parks the cycle did not hear of: their runs must not grow across it."""
    upsert(
        connection,
        park_activity_snapshots,
        [
            {
                "park_id": failure.park_id,
                "recorded_at": recorded_at,
                "cycle_id": cycle_id,
                "outcome": failure.outcome,
            }
            for failure in failures
        ],
    )


def parks_reached(connection: Connection, recorded_at: datetime) -> set[int]:
    """Parks whose readings of that cycle are stored, and say something: unknown ones are as if absent."""
    query = select(_activity.park_id).where(
        _activity.recorded_at == recorded_at,
        _activity.outcome.in_(ANSWERED),
        SAID_SOMETHING,
    )
    return set(connection.scalars(query))


def parks_requested(connection: Connection, recorded_at: datetime) -> set[int]:
    """Parks of which it is stored what became of them in that cycle, good or bad."""
    return set(connection.scalars(select(_activity.park_id).where(_activity.recorded_at == recorded_at)))


def missed_cycles(connection: Connection, park_id: int, start: datetime, end: datetime) -> list[datetime]:
    """Cycles in `(start, end)` that asked the park and got nothing usable."""
    return list(connection.scalars(_MISSED, _in_span(park_id, start, end)))


_MISSED = select(_activity.recorded_at).where(
    _activity.park_id == bindparam("of_park"),
    _activity.recorded_at > bindparam("span_start"),
    _activity.recorded_at < bindparam("span_end"),
    _activity.outcome.not_in(ANSWERED),
)


# Not `max`: that reads a week of rows, this one the last.
_NEWEST = (
    select(_activity.recorded_at)
    .where(_activity.park_id == bindparam("of_park"), _activity.outcome.in_(ANSWERED))
    .order_by(_activity.recorded_at.desc())
    .limit(1)
)


def latest_reached(connection: Connection, park_id: int, before: datetime | None = None) -> datetime | None:
    """The newest cycle (before that time) whose readings of the park are stored."""
    query = _NEWEST if before is None else _NEWEST.where(_activity.recorded_at < before)
    latest: datetime | None = connection.scalar(query, {"of_park": park_id})
    return latest


def raw_readings(
    connection: Connection, park_id: int, start: datetime, end: datetime
) -> list[tuple[int, list[Said]]]:
    """What each cycle in `[start, end)` read of a park's rides, unknown ones included, in time order."""
    reading = _Readings()
    return [
        (cycle_id, [reading[row] for row in _READINGS.rows(*packed)])
        for cycle_id, *packed in connection.execute(_RAW, _in_span(park_id, start, end))
    ]


_RAW = (
    select(func.min(_snapshot.cycle_id), *_READINGS.columns)
    .where(
        _snapshot.park_id == bindparam("of_park"),
        _snapshot.recorded_at >= bindparam("span_start"),
        _snapshot.recorded_at < bindparam("span_end"),
    )
    .group_by(_snapshot.recorded_at)  # of which no two cycles have the same
    .order_by(_snapshot.recorded_at)
)


class _Readings(dict[str, Said]):
    """Rides mostly say what they said before: of the 720,000 readings of a day few differ."""

    def __missing__(self, row: str) -> Said:
        ride_id, code, wait = _READINGS.values(row)
        found = self[row] = (ride_id, STATE.members[code], wait)
        return found


def running_counts(
    connection: Connection, park_id: int, start: datetime, end: datetime
) -> list[tuple[datetime, int]]:
    """The running count of each cycle in `[start, end)` that heard of the park, in time order."""
    instants, counts = read_columns(connection, _RUNNING_COUNTS, _in_span(park_id, start, end))
    return sorted(zip(instants, (count or 0 for count in counts), strict=True))


def reached_cycles(
    connection: Connection, park_id: int, start: datetime, end: datetime
) -> dict[int, tuple[datetime, int]]:
    """Cycles in `[start, end)` whose payload of the park was accepted: id to instant and interval."""
    cycle_ids, *others = read_columns(connection, _REACHED, _in_span(park_id, start, end))
    return dict(zip(cycle_ids, zip(*others, strict=True), strict=True))


# Built once: a night asks them of each park, and building one costs as much as asking it.
_IN_SPAN = (
    _activity.park_id == bindparam("of_park"),
    _activity.recorded_at >= bindparam("span_start"),
    _activity.recorded_at < bindparam("span_end"),
    _activity.outcome.in_(ANSWERED),
)
_RUNNING_COUNTS = select(_activity.recorded_at, _activity.running_count).where(*_IN_SPAN)
_REACHED = (
    select(_activity.cycle_id, _activity.recorded_at, collection_cycles.c.interval_seconds)
    .join(collection_cycles, collection_cycles.c.cycle_id == _activity.cycle_id)
    .where(*_IN_SPAN)
)


def _in_span(park_id: int, start: datetime, end: datetime) -> dict[str, Any]:
    return {"of_park": park_id, "span_start": start, "span_end": end}


def last_waits(
    connection: Connection, ride_ids: Collection[int], since: datetime, at: datetime
) -> dict[int, int]:
    """Minutes at the last open reading of each ride that ended after `since`, up to `at`, where one told."""
    query = _open_runs(ride_ids, since, at, _run.ride_id, _snapshot.wait_minutes).outerjoin_from(
        ride_runs,
        ride_status_snapshots,
        and_(
            _snapshot.park_id == _run.park_id,
            _snapshot.recorded_at == _run.last_reading_at,
            _snapshot.ride_id == _run.ride_id,
        ),
    )
    last = {row.ride_id: row.wait_minutes for row in connection.execute(query)}
    return {ride_id: minutes for ride_id, minutes in last.items() if minutes is not None}


def last_open_readings(
    connection: Connection, ride_ids: Collection[int], since: datetime, at: datetime
) -> list[tuple[int, datetime, int]]:
    """Park, instant and ride of the last open reading of each."""
    query = _open_runs(ride_ids, since, at, _run.park_id, _run.ride_id, _run.last_reading_at)
    last = {row.ride_id: (row.park_id, row.last_reading_at, row.ride_id) for row in connection.execute(query)}
    return list(last.values())


def _open_runs(
    ride_ids: Collection[int], since: datetime, at: datetime, *columns: ColumnElement[Any]
) -> Select[Any]:
    """In the order in which they began."""
    return (
        select(*columns)
        .where(
            _run.ride_id.in_(sorted(ride_ids)),
            _run.started_at >= since - LONGEST_RUN,
            _run.started_at <= at,
            _run.state == State.OPEN,
        )
        .order_by(_run.started_at)
    )

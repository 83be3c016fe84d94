"""Closures of local days as they are judged, and the ids of those that are none any more: told once, an id is
answered for ever.
"""

from __future__ import annotations

from collections.abc import Collection, Container, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, select, update

from park_downtime.database.row_shape import RowShape
from park_downtime.database.statistics_tables import former_closure_ids, ride_closures
from park_downtime.database.upsert import upsert
from park_downtime.model import GoneReason, StretchKind
from park_downtime.statistics.days import DayClosure, ParkDay
from park_downtime.statistics.told_closures import ClosureId, FormerId, ToldClosure, id_of, retold

_c = ride_closures.c
_former = former_closure_ids.c
CLOSURE = RowShape(DayClosure, _c)
IS_PARK_WIDE = and_(_c.kind == StretchKind.OUTAGE, _c.seconds > 0, _c.seconds <= 2 * _c.park_wide_seconds)
"""As `timeline.judge.is_park_wide`."""


@dataclass(frozen=True, slots=True)
class Telling:
    """On which occasion closures are told: `at` when, and `why` one may be gone. `counted`: the rides that
    the park is judged by. Without `at` it is made-up history: known since they began, and told to nobody.
    """

    at: datetime | None
    counted: Container[int]
    why: GoneReason = GoneReason.JUDGED_ANEW


@dataclass(frozen=True, slots=True)
class CalledRow:
    ride_id: int
    kind: StretchKind
    started_at: datetime
    due_at: datetime


_CALLED = RowShape(CalledRow, _c)


def save_closures(connection: Connection, park_id: int, days: Sequence[ParkDay], telling: Telling) -> None:
    """The closures of the days as they stand now, and of those told before what became of them. Running it
    again gives the same rows; what is as it was is not written.
    """
    replace_closures(
        connection,
        park_id,
        [row.day for row in days],
        [closure for row in days for closure in row.closures],
        [closure for row in days for closure in row.ongoing],
        telling,
    )


def replace_closures(
    connection: Connection,
    park_id: int,
    days: Collection[date],
    judged: Sequence[DayClosure],
    ongoing: Sequence[DayClosure],
    telling: Telling,
) -> None:
    told = _told(connection, park_id, days)
    found = retold(told, judged, ongoing, telling.why, telling.counted)
    if found.removed:
        connection.execute(_FORGET, [_key(park_id, closure) for closure in found.removed])
    if telling.at is not None:
        _save_former(connection, park_id, found.former, telling.at)
    upsert(connection, ride_closures, [_row(park_id, each.closure, each.known_at) for each in found.other])
    first = found.first
    if telling.why is not GoneReason.JUDGED_ANEW:
        # What had been taken back may be there again, and not be judged yet.
        ids = {each.id for each in told}
        back = _former_of(connection, [key for one in ongoing if (key := id_of(one)) not in ids])
        first = [*first, *(closure for closure in ongoing if id_of(closure) in back)]
    _tell_first(connection, park_id, first, telling.at)


def tell_ongoing(connection: Connection, park_id: int, ongoing: Sequence[DayClosure], at: datetime) -> None:
    """Those that are not judged yet and of which something is said now; the others were told before."""
    if not ongoing:
        return
    days = {closure.stat_date for closure in ongoing}
    rides = {closure.ride_id for closure in ongoing}
    query = _TOLD_IDS, {"of_park": park_id, "days": sorted(days), "rides": sorted(rides)}
    told = {ClosureId(*row) for row in connection.execute(*query)}
    first = [closure for closure in ongoing if id_of(closure) not in told]
    _tell_first(connection, park_id, first, at)


_TOLD_IDS = select(_c.ride_id, _c.started_at).where(
    _c.park_id == bindparam("of_park"),
    _c.stat_date.in_(bindparam("days", expanding=True)),
    _c.ride_id.in_(bindparam("rides", expanding=True)),
)


def _told(connection: Connection, park_id: int, days: Collection[date]) -> list[ToldClosure]:
    rows = connection.execute(_TOLD, {"of_park": park_id, "days": sorted(days)}) if days else ()
    return [ToldClosure(CLOSURE.one(values), known_at) for known_at, *values in rows]


_TOLD = select(_c.known_at, *CLOSURE.columns).where(
    _c.park_id == bindparam("of_park"), _c.stat_date.in_(bindparam("days", expanding=True))
)
_FORGET = delete(ride_closures).where(
    _c.park_id == bindparam("of_park"),
    _c.stat_date == bindparam("of_day"),
    _c.ride_id == bindparam("of_ride"),
    _c.started_at == bindparam("began_at"),
)


def _tell_first(
    connection: Connection, park_id: int, closures: Sequence[DayClosure], at: datetime | None
) -> None:
    """One that comes back is known since it was told first, and is former no longer."""
    if not closures:
        return
    before = {} if at is None else _former_of(connection, map(id_of, closures))
    rows = [
        _row(park_id, closure, before.get(id_of(closure), at or closure.started_at)) for closure in closures
    ]
    upsert(connection, ride_closures, rows)
    for key in before:
        bound = {"of_ride": key.ride_id, "began_at": key.started_at, "at": at}
        connection.execute(_NEVER_GONE, bound)
        connection.execute(_BACK, bound)


_IS_FORMER = (
    _former.ride_id == bindparam("of_ride"),
    _former.started_at == bindparam("began_at"),
    _former.back_at.is_(None),
)
_NEVER_GONE = delete(former_closure_ids).where(*_IS_FORMER, _former.gone_at == bindparam("at"))
_BACK = update(former_closure_ids).where(*_IS_FORMER).values(back_at=bindparam("at"))


def _former_of(connection: Connection, ids: Iterable[ClosureId]) -> dict[ClosureId, datetime | None]:
    """When those of the ids that are former ones had been told."""
    wanted = list(ids)
    if not wanted:
        return {}
    query = select(_former.ride_id, _former.started_at, _former.known_at).where(
        _former.ride_id.in_([key.ride_id for key in wanted]),
        _former.started_at.in_({key.started_at for key in wanted}),
        _former.back_at.is_(None),
    )
    found = {ClosureId(row.ride_id, row.started_at): row.known_at for row in connection.execute(query)}
    return {key: found[key] for key in wanted if key in found}


def _save_former(connection: Connection, park_id: int, former: Sequence[FormerId], gone_at: datetime) -> None:
    upsert(
        connection,
        former_closure_ids,
        [
            {
                "ride_id": each.id.ride_id,
                "started_at": each.id.started_at,
                "park_id": park_id,
                "known_at": each.known_at,
                "gone_at": gone_at,
                "reason": each.reason,
                "moved_to": each.moved_to,
                "back_at": None,
            }
            for each in former
        ],
    )


def _key(park_id: int, closure: DayClosure) -> dict[str, Any]:
    return {
        "of_park": park_id,
        "of_day": closure.stat_date,
        "of_ride": closure.ride_id,
        "began_at": closure.started_at,
    }


def _row(park_id: int, closure: DayClosure, known_at: datetime | None) -> Mapping[str, Any]:
    return {
        "park_id": park_id,
        "stat_date": closure.stat_date,
        "ride_id": closure.ride_id,
        "started_at": closure.started_at,
        "kind": closure.kind,
        "ended_at": closure.ended_at,
        "due_at": closure.due_at,
        "seconds": closure.seconds,
        "park_wide_seconds": closure.park_wide_seconds,
        "is_incident": closure.is_incident,
        "known_at": known_at,
    }


def called_closures(connection: Connection, park_id: int, first: date, last: date) -> list[CalledRow]:
    """The late starts, and rides that did not reopen, that began on the local days from `first` to `last`."""
    query = select(*_CALLED.columns).where(
        _c.park_id == park_id,
        _c.stat_date.between(first, last),
        _c.due_at.is_not(None),
    )
    return _CALLED.of(connection.execute(query))

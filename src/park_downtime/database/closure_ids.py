"""What an id of a closure stands for: the closure, or why there is none any more."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, select

from park_downtime.database.by_park import every_park
from park_downtime.database.closures import CLOSURE
from park_downtime.database.outage_log import LoggedClosure
from park_downtime.database.row_shape import RowShape
from park_downtime.database.statistics_tables import former_closure_ids, ride_closures
from park_downtime.database.tables import corrections, rides
from park_downtime.model import GoneReason
from park_downtime.periods import DAY
from park_downtime.statistics.told_closures import ClosureId

_c = ride_closures.c
_former = former_closure_ids.c
_correction = corrections.c


@dataclass(frozen=True, slots=True)
class FormerRow:
    """`moved_to`: when the closure begins that lies there now; it may have moved on since."""

    ride_id: int
    started_at: datetime
    park_id: int
    known_at: datetime | None
    gone_at: datetime
    reason: GoneReason
    moved_to: datetime | None


_FORMER = RowShape(FormerRow, _former)


@dataclass(frozen=True, slots=True)
class CorrectionSaid:
    """What the operator said."""

    correction_id: int
    reason: str


def closure_of(connection: Connection, wanted: ClosureId) -> LoggedClosure | None:
    """Of a ride that moved it may be in any park."""
    ride = connection.execute(
        select(rides.c.park_id, rides.c.moves_on).where(rides.c.ride_id == wanted.ride_id)
    ).one_or_none()
    if ride is None:
        return None
    found = _closure_in(connection, [ride.park_id], wanted)
    if found is None and ride.moves_on is not None:
        found = _closure_in(connection, every_park(connection), wanted)
    return found


def _closure_in(connection: Connection, park_ids: Collection[int], wanted: ClosureId) -> LoggedClosure | None:
    in_utc = wanted.started_at.date()
    query = select(_c.park_id, _c.known_at, *CLOSURE.columns).where(
        _c.park_id.in_(park_ids),
        _c.stat_date.in_([in_utc - DAY, in_utc, in_utc + DAY]),  # in whatever zone the park is
        _c.ride_id == wanted.ride_id,
        _c.started_at == wanted.started_at,
    )
    for park_id, known_at, *values in connection.execute(query):
        return LoggedClosure(park_id, known_at, CLOSURE.one(values))
    return None


def former_of(connection: Connection, wanted: ClosureId) -> FormerRow | None:
    query = select(*_FORMER.columns).where(
        _former.ride_id == wanted.ride_id,
        _former.started_at == wanted.started_at,
        _former.back_at.is_(None),
    )
    found = _FORMER.of(connection.execute(query))
    return found[0] if found else None


def correction_that(connection: Connection, former: FormerRow) -> CorrectionSaid | None:
    """The correction that took a closure back, or that was taken back itself then."""
    when = {
        GoneReason.CORRECTED: _correction.made_at,
        GoneReason.CORRECTION_WITHDRAWN: _correction.withdrawn_at,
    }.get(former.reason)
    if when is None:
        return None
    query = select(_correction.correction_id, _correction.reason).where(
        _correction.park_id == former.park_id,
        when == former.gone_at,
        _correction.ride_id.is_(None) | (_correction.ride_id == former.ride_id),
    )
    row = connection.execute(query.order_by(_correction.correction_id.desc()).limit(1)).one_or_none()
    return None if row is None else CorrectionSaid(*row)

"""Closures of a period, of one ride or of one park: whole, when they began, and how long they lasted.

A park has thousands in a year: of these only what is asked for is read, column by column.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Integer, and_, bindparam, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from park_downtime.database.by_park import of_one_ride
from park_downtime.database.closures import CLOSURE, IS_PARK_WIDE
from park_downtime.database.packed import read_columns
from park_downtime.database.statistics_tables import ride_closures
from park_downtime.model import StretchKind
from park_downtime.periods import DateRange
from park_downtime.statistics.days import LOST, DayClosure
from park_downtime.statistics.outages import HAVE_LENGTH, Length

_c = ride_closures.c


class _SecondsBetween(FunctionElement[int]):
    inherit_cache = True
    type = Integer()


@compiles(_SecondsBetween)
def _of_mysql(between: _SecondsBetween, compiler: SQLCompiler, **given: Any) -> str:
    return f"timestampdiff(second, {compiler.process(between.clauses, **given)})"


@compiles(_SecondsBetween, "sqlite")
def _of_sqlite(between: _SecondsBetween, compiler: SQLCompiler, **given: Any) -> str:
    start, end = (compiler.process(each, **given) for each in between.clauses)
    return f"(strftime('%s', {end}) - strftime('%s', {start}))"


def closures_of_ride(
    connection: Connection,
    ride_id: int,
    dates: DateRange,
    until: datetime,
    kinds: Collection[StretchKind] = LOST,
) -> list[DayClosure]:
    """Those that began on these local days and were over by `until`, in whatever park; newest first."""
    of_ride = of_one_ride(connection, ride_closures, ride_id, dates)
    query = select(*CLOSURE.columns).where(*of_ride, _c.ended_at <= until, _c.kind.in_(kinds))
    return CLOSURE.of(connection.execute(query.order_by(_c.started_at.desc())))


def outages_began(connection: Connection, park_id: int, dates: DateRange, until: datetime) -> list[datetime]:
    """When the incidents of a park's rides began that were over by `until`, in no order."""
    [began] = read_columns(connection, _BEGAN, _bound(park_id, dates, until))
    return began


def lengths_in_park(
    connection: Connection, park_id: int, dates: DateRange, until: datetime
) -> dict[int, list[Length]]:
    """By ride, what `statistics.outages.lengths_of` says of the closures that were over by `until`."""
    columns = read_columns(connection, _LENGTHS, _bound(park_id, dates, until))
    found: dict[int, list[Length]] = {}
    for ride_id, *length in zip(*columns, strict=True):
        found.setdefault(ride_id, []).append(Length(*length))
    return found


def _bound(park_id: int, dates: DateRange, until: datetime) -> dict[str, Any]:
    return {"of_park": park_id, "first": dates.first, "last": dates.last, "until": until}


_OVER = (
    _c.park_id == bindparam("of_park"),
    _c.stat_date.between(bindparam("first"), bindparam("last")),
    _c.ended_at <= bindparam("until"),
    _c.is_incident,
)
_BEGAN = select(_c.started_at).where(*_OVER, _c.kind == StretchKind.OUTAGE)
_LENGTHS = select(
    _c.ride_id,
    _c.seconds,
    and_(_c.kind == StretchKind.OUTAGE, _SecondsBetween(_c.started_at, _c.ended_at) <= _c.seconds),
    IS_PARK_WIDE,
).where(*_OVER, _c.kind.in_(HAVE_LENGTH))

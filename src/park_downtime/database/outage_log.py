"""The log of closures, newest first: found by kind and time over all parks, by their key of one park or ride.

A page costs what it shows. Nothing counts or passes over more than REACHABLE rows: a year of everything has
hundreds of thousands.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, time
from functools import reduce
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, not_, or_, select, union_all

from park_downtime.database.by_park import of_rides, parks_since
from park_downtime.database.closures import CLOSURE, IS_PARK_WIDE
from park_downtime.database.statistics_tables import ride_closures
from park_downtime.model import StretchKind
from park_downtime.periods import DAY, DateRange
from park_downtime.statistics.days import DayClosure

REACHABLE = 5_000
_c = ride_closures.c
_KEY = (_c.started_at, _c.park_id, _c.stat_date, _c.ride_id)
_NEWEST_FIRST = tuple(column.desc() for column in _KEY)
_BY_KIND = "FORCE INDEX (ix_ride_closures_kind)"


@dataclass(frozen=True, slots=True)
class LoggedClosure:
    """The park is the one that the ride stood in. `known_at`: when it was told first."""

    park_id: int
    known_at: datetime | None
    closure: DayClosure


@dataclass(frozen=True, slots=True)
class Wanted:
    """`parks`: with the dates that the period has in them. `ride_id`: of it alone, in whatever park, or while
    it stood in `park_id`.
    """

    parks: Mapping[DateRange, Collection[int]]
    kinds: Sequence[StretchKind]
    ride_id: int | None = None
    park_id: int | None = None
    with_park_wide: bool = True


def count_logged(connection: Connection, wanted: Wanted) -> int:
    """How many there are, REACHABLE + 1 at most."""
    found = 0
    for query in _parts(connection, wanted):
        some = query.limit(REACHABLE + 1 - found).subquery()
        found += connection.scalar(select(func.count()).select_from(some)) or 0
        if found > REACHABLE:
            break
    return found


def logged(connection: Connection, wanted: Wanted, offset: int, limit: int) -> list[LoggedClosure]:
    """Those from `offset` on, REACHABLE at most."""
    until = min(offset + limit, REACHABLE)
    parts = [query.order_by(*_NEWEST_FIRST).limit(until) for query in _parts(connection, wanted)]
    if offset >= until or not parts:
        return []
    if len(parts) > 1:
        each = [select(part.subquery()) for part in parts]
        found = union_all(*each).subquery()
    else:
        found = parts[0].subquery()
    page = (
        select(*(found.c[column.name] for column in _KEY))
        .order_by(*(found.c[column.name].desc() for column in _KEY))
        .limit(until - offset)
        .offset(offset)
        .subquery()
    )
    # Only what is shown is read whole.
    query = (
        select(_c.park_id, _c.known_at, *CLOSURE.columns)
        .join_from(page, ride_closures, and_(*(page.c[column.name] == column for column in _KEY)))
        .order_by(*(page.c[column.name].desc() for column in _KEY))
    )
    return [
        LoggedClosure(park_id, known_at, CLOSURE.one(values))
        for park_id, known_at, *values in connection.execute(query)
    ]


def _parts(connection: Connection, wanted: Wanted) -> Iterator[Select[Any]]:
    """Queries whose rows together are those wanted, each with an index that has them in order or few."""
    if not wanted.parks:
        return
    if wanted.ride_id is not None:
        yield _key_where(wanted, *_of_ride(connection, wanted, wanted.ride_id), _c.kind.in_(wanted.kinds))
    elif len(park_ids := [park for own in wanted.parks.values() for park in own]) == 1:
        [dates] = wanted.parks
        of_park = _c.park_id == park_ids[0], _c.stat_date.between(dates.first, dates.last)
        yield _key_where(wanted, *of_park, _c.kind.in_(wanted.kinds))
    else:
        for kind in wanted.kinds:
            query = _key_where(wanted, _c.kind == kind, *_of_parks(wanted.parks))
            yield reduce(
                lambda query, engine: query.with_hint(ride_closures, _BY_KIND, engine),
                ("mysql", "mariadb"),
                query,
            )


def _key_where(wanted: Wanted, *where: ColumnElement[bool]) -> Select[Any]:
    without = () if wanted.with_park_wide else (not_(IS_PARK_WIDE),)
    return select(*_KEY).where(*where, *without)


def _of_ride(connection: Connection, wanted: Wanted, ride_id: int) -> tuple[ColumnElement[bool], ...]:
    first = min(dates.first for dates in wanted.parks)
    last = max(dates.last for dates in wanted.parks)
    park_ids = parks_since(connection, [ride_id], first) if wanted.park_id is None else [wanted.park_id]
    return of_rides(ride_closures, park_ids, [ride_id], DateRange(first, last).each_day())


def _of_parks(parks: Mapping[DateRange, Collection[int]]) -> tuple[ColumnElement[bool], ...]:
    """By time, which lies in the index; the dates of some parks are others than those of most."""
    first = min(dates.first for dates in parks)
    last = max(dates.last for dates in parks)
    # Nothing to find rows by: the index has them in order, and park and date are part of it.
    of_park = _c.park_id + 0
    of_dates = or_(
        *(
            and_(_c.stat_date.between(dates.first, dates.last), of_park.in_(sorted(own)))
            for dates, own in parks.items()
        )
    )
    return (
        _c.started_at >= datetime.combine(first - DAY, time(), UTC),
        _c.started_at < datetime.combine(last + 2 * DAY, time(), UTC),
        of_dates,
    )

"""Daily rows of rides and parks."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from datetime import date
from functools import lru_cache
from operator import attrgetter
from typing import Any

from sqlalchemy import Connection, Select, Table, and_, bindparam, delete, exists, select, update

from park_downtime.database.by_park import parks_since
from park_downtime.database.packed import read_columns
from park_downtime.database.row_shape import RowShape
from park_downtime.database.statistics_tables import (
    park_daily_stats,
    part_of,
    ride_daily_stats,
)
from park_downtime.database.tables import parks
from park_downtime.database.upsert import upsert
from park_downtime.periods import DateRange
from park_downtime.statistics.columns import Columns, columns_of
from park_downtime.statistics.days import METHOD_VERSION, ParkDay
from park_downtime.statistics.measures import (
    HOW_JUDGED,
    MEASURE_NAMES,
    PARK_MEASURE_NAMES,
    Measures,
    ParkMeasures,
)

_ride = ride_daily_stats.c
_park = park_daily_stats.c
DAY_MEASURES = RowShape(Measures, _ride)


# A night asks them of 20,000 rows.
_values = attrgetter(*MEASURE_NAMES)
_park_values = attrgetter(*PARK_MEASURE_NAMES)
_OF_A_PARKS_DAY = [name for name in PARK_MEASURE_NAMES if name not in HOW_JUDGED]


def measure_values(parts: Measures) -> dict[str, Any]:
    return dict(zip(MEASURE_NAMES, _values(parts), strict=True))


def park_measure_values(parts: ParkMeasures) -> dict[str, Any]:
    return dict(zip(PARK_MEASURE_NAMES, _park_values(parts), strict=True))


def save_day(
    connection: Connection, park_id: int, day: ParkDay, is_final: bool, is_partial: bool = False
) -> int:
    """The day's rows as they stand now; answers how many. Running it again gives the same rows."""
    rows = [
        {
            "stat_date": day.day,
            "ride_id": ride.ride_id,
            "park_id": park_id,
            **measure_values(ride.parts),
            "first_open_at": ride.first_open,
            "last_open_at": ride.last_open,
        }
        for ride in day.rides.values()
    ]
    upsert(connection, ride_daily_stats, rows)
    upsert(
        connection,
        park_daily_stats,
        [
            {
                "stat_date": day.day,
                "park_id": park_id,
                **measure_values(day.parts),
                **{name: getattr(day.park, name) for name in _OF_A_PARKS_DAY},
                "rides_with_downtime": day.rides_with_downtime,
                "first_running_at": day.first_running,
                "last_running_at": day.last_running,
                "is_final": is_final,
                "is_partial": is_partial,
                "method_version": METHOD_VERSION,
            }
        ],
    )
    return len(rows) + 1


def rides_on(
    connection: Connection,
    day: date,
    park_ids: Collection[int],
    names: Collection[str],
    ride_ids: Collection[int] | None = None,
) -> Columns:
    """Some measures of the rides of some parks on a local day; `ride_ids`: of these only."""
    query = measures_query(ride_daily_stats, tuple(names), "stat_date", True, ride_ids is not None)
    return read_measures(connection, query, names, day, park_ids, ride_ids)


@lru_cache(maxsize=256)
def measures_query(
    table: Table, names: tuple[str, ...], of: str, of_parks: bool, of_rides: bool
) -> Select[Any]:
    """Some measures of a table of rides, for one value of the column `of`."""
    c = table.c
    query = select(c.ride_id, *(c[name] for name in names)).where(c[of] == bindparam("one"))
    if of_parks:
        query = query.where(c.park_id.in_(bindparam("park_ids", expanding=True)))
    if of_rides:
        # With parks not by key: each ride would be looked for in each of them.
        ride_id = c.ride_id + 0 if of_parks else c.ride_id
        query = query.where(ride_id.in_(bindparam("ride_ids", expanding=True)))
    return query


def read_measures(
    connection: Connection,
    query: Select[Any],
    names: Collection[str],
    one: object,
    park_ids: Collection[int] | None,
    ride_ids: Collection[int] | None,
) -> Columns:
    """What a `measures_query` says of one day or period."""
    bound: dict[str, Any] = {"one": one}
    if park_ids is not None:
        bound["park_ids"] = sorted(park_ids)
    if ride_ids is not None:
        bound["ride_ids"] = sorted(ride_ids)
    read, *parts = read_columns(connection, query, bound)
    return columns_of(read, names, parts)


@dataclass(frozen=True, slots=True)
class RideDay:
    """A ride's seconds on a local day, and how its park's day was judged."""

    ride_id: int
    stat_date: date
    open_seconds: int
    downtime_seconds: int
    ongoing_seconds: int
    unknown_seconds: int
    expected_seconds: int
    is_final: bool
    is_partial: bool
    method_version: int


_RIDE_DAY = RowShape(RideDay, [*_ride, _park.is_final, _park.is_partial, _park.method_version])


def days_of_rides(
    connection: Connection, ride_ids: Collection[int], first: date, last: date
) -> list[RideDay]:
    """From `first` to `last`, whichever park a ride was in, in order of day and ride."""
    query = (
        select(*_RIDE_DAY.columns)
        .select_from(ride_daily_stats)
        .join(park_daily_stats, and_(_park.stat_date == _ride.stat_date, _park.park_id == _ride.park_id))
        .where(
            _ride.park_id.in_(parks_since(connection, ride_ids, first)),
            _ride.stat_date >= first,
            _ride.stat_date <= last,
            _ride.ride_id.in_(sorted(ride_ids)),
        )
        .order_by(_ride.stat_date, _ride.ride_id)
    )
    return _RIDE_DAY.of(connection.execute(query))


def parks_on(connection: Connection, day: date, park_ids: Collection[int]) -> dict[int, ParkMeasures]:
    """How the parks were observed on a local day."""
    rows = read_columns(connection, _PARKS_ON, {"day": day, "park_ids": sorted(park_ids)})
    return {park_id: ParkMeasures(*values) for park_id, *values in zip(*rows, strict=True)}


_PARKS_ON = select(_park.park_id, *(part_of(park_daily_stats, name) for name in PARK_MEASURE_NAMES)).where(
    _park.stat_date == bindparam("day"), _park.park_id.in_(bindparam("park_ids", expanding=True))
)


def measures_on(connection: Connection, park_id: int, day: date) -> dict[int, Measures]:
    """By ride."""
    read = rides_on(connection, day, [park_id], MEASURE_NAMES)
    return dict(zip(read.ride_ids, read.measures(), strict=True))


def forget_rides(connection: Connection, park_id: int, day: date, ride_ids: Collection[int]) -> None:
    """Rows of rides that a day of the park, judged anew, no longer has."""
    if ride_ids:
        connection.execute(
            delete(ride_daily_stats).where(
                _ride.park_id == park_id, _ride.stat_date == day, _ride.ride_id.in_(sorted(ride_ids))
            )
        )


def forget_moved(connection: Connection, park_id: int, ride_id: int, today: date) -> None:
    """What a ride's former park says of the day on which it is another's: cycles of both met on it."""
    connection.execute(
        delete(ride_daily_stats).where(
            _ride.park_id == park_id, _ride.stat_date >= today, _ride.ride_id == ride_id
        )
    )


def forget_day(connection: Connection, park_id: int, day: date) -> None:
    """What was stored of a day that, judged anew, no session and no gap of the park touches."""
    of_rides = ride_daily_stats.c
    connection.execute(delete(ride_daily_stats).where(of_rides.stat_date == day, of_rides.park_id == park_id))
    connection.execute(delete(park_daily_stats).where(_park.stat_date == day, _park.park_id == park_id))


def days_with_row(connection: Connection, park_id: int, first: date, last: date) -> set[date]:
    query = select(_park.stat_date).where(_park.park_id == park_id, _park.stat_date.between(first, last))
    return set(connection.scalars(query))


def final_days(
    connection: Connection, park_ids: Collection[int], first: date, last: date
) -> set[tuple[int, date]]:
    """(park, local day) that are final, from `first` to `last`."""
    query = select(_park.park_id, _park.stat_date).where(
        _park.stat_date >= first,
        _park.stat_date <= last,
        _park.park_id.in_(sorted(park_ids)),
        _park.is_final,
    )
    return {(row.park_id, row.stat_date) for row in connection.execute(query)}


def dates_with_data(connection: Connection, park_ids: Collection[int]) -> DateRange | None:
    """The first and the last local day on which any of the parks was heard."""
    c = park_daily_stats.c
    edges = []
    for order in (c.stat_date.asc(), c.stat_date.desc()):
        # Park by park, as the key has it: each finds its own at once.
        of_park = select(c.stat_date).where(c.park_id == parks.c.park_id, c.days_with_data > 0)
        one = of_park.order_by(order).limit(1).correlate(parks).scalar_subquery()
        found = connection.scalars(select(one).where(parks.c.park_id.in_(sorted(park_ids))))
        edges.append([day for day in found if day is not None])
    return DateRange(min(edges[0]), max(edges[1])) if all(edges) else None


def parks_with_days(connection: Connection, park_ids: Collection[int], dates: DateRange) -> set[int]:
    """Those of the parks that have a row on any of the days."""
    c = park_daily_stats.c
    any_day = exists().where(c.park_id == parks.c.park_id, c.stat_date.between(dates.first, dates.last))
    query = select(parks.c.park_id).where(parks.c.park_id.in_(sorted(park_ids)), any_day)
    return set(connection.scalars(query))


def has_data(connection: Connection, park_id: int, day: date) -> bool:
    """Whether the park's row of that day was made of readings, and not of their absence."""
    query = select(_park.days_with_data).where(_park.stat_date == day, _park.park_id == park_id)
    return bool(connection.scalar(query))


def hold_final_days(connection: Connection, park_id: int, first: date, last: date) -> set[date]:
    """The park's final days from `first` to `last`; until the transaction ends none is reopened."""
    query = select(_park.stat_date).where(
        _park.park_id == park_id, _park.stat_date >= first, _park.stat_date <= last, _park.is_final
    )
    return set(connection.scalars(query.with_for_update()))


def set_provisional(connection: Connection, park_id: int, day: date) -> None:
    connection.execute(
        update(park_daily_stats)
        .where(_park.stat_date == day, _park.park_id == park_id)
        .values(is_final=False)
    )

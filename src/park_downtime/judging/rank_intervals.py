"""How sure ranks are, worked out by the night and kept beside what earlier nights said (DESIGN, Periods)."""

from __future__ import annotations

import logging
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from park_downtime.database.again import read_again, write_again
from park_downtime.database.rank_intervals import (
    Intervals,
    forget_set,
    known_sets,
    save_set,
    seconds_of_day,
    seconds_of_week,
)
from park_downtime.database.rides import entries
from park_downtime.database.version import bump_version
from park_downtime.judging.rank_periods import KEPT, Due, due_periods, replaced_before
from park_downtime.model import RankedKind, RankedPeriod
from park_downtime.periods import DateRange, by_iso_week, week_of
from park_downtime.statistics.rank_intervals import DatesSeconds, added_up, no_seconds, rank_intervals

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Loaded:
    """`rides` and `parks` in the order of the rows of what stands beside them."""

    rides: Sequence[int]
    parks: Sequence[int]
    of_rides: Sequence[DatesSeconds]
    of_parks: Sequence[DatesSeconds]


def work_out_rank_intervals(engine: Engine, now: datetime) -> int:
    """What is due at `now`, each period in a transaction of its own; answers how many rows were written.

    Killed at any moment, the next night goes on with what is missing.
    """
    rows = 0
    for due in read_again(engine, partial(due_periods, now=now)):
        loaded = read_again(engine, partial(_load, due=due))
        rows += _save(engine, due, _intervals(loaded, due), now)
    for replaced in replaced_before(read_again(engine, known_sets), now - KEPT):
        write_again(engine, partial(forget_set, set_id=replaced.set_id))
    return rows


def _load(connection: Connection, due: Due) -> _Loaded:
    counted = {one.ride_id: one.park_id for one in entries(connection).values() if one.is_counted}
    rides, parks = sorted(counted), sorted(set(counted.values()))
    ride_places, park_places = _places(rides), _places(parks)
    to_park = [park_places[counted[ride_id]] for ride_id in rides]
    of_rides = []
    for dates in _drawn_as_one(due):
        rows = list(_seconds(connection, dates))
        if rows:  # dates of which nothing is known are no part of the period
            of_rides.append(_beside_each_other(rows, ride_places))
    of_parks = [
        DatesSeconds(
            added_up(one.downtime, to_park, len(parks)), added_up(one.operating, to_park, len(parks))
        )
        for one in of_rides
    ]
    return _Loaded(rides, parks, of_rides, of_parks)


def _places(ids: Sequence[int]) -> dict[int, int]:
    return {one: number for number, one in enumerate(ids)}


def _beside_each_other(rows: Sequence[tuple[int, int, int]], places: Mapping[int, int]) -> DatesSeconds:
    downtime, operating = no_seconds(len(places)), no_seconds(len(places))
    for ride_id, open_seconds, downtime_seconds in rows:
        at = places.get(ride_id)
        if at is not None:
            downtime[at] += downtime_seconds
            operating[at] += open_seconds + downtime_seconds
    return DatesSeconds(downtime, operating)


def _drawn_as_one(due: Due) -> list[DateRange]:
    """Dates; of a year its ISO weeks, those at its edges as far as they are in it."""
    if due.period is RankedPeriod.YEAR:
        return by_iso_week(due.dates)
    return [DateRange(day, day) for day in _days(due.dates)]


def _seconds(connection: Connection, dates: DateRange) -> Iterator[tuple[int, int, int]]:
    if dates == week_of(dates.first):  # kept as one row a ride
        yield from seconds_of_week(connection, dates.first)
        return
    for day in _days(dates):
        yield from seconds_of_day(connection, day)


def _days(dates: DateRange) -> list[date]:
    return [dates.first + timedelta(days=number) for number in range(dates.days)]


def _intervals(loaded: _Loaded, due: Due) -> dict[RankedKind, Intervals]:
    return {
        RankedKind.PARK: rank_intervals(loaded.parks, loaded.of_parks, due.seed),
        RankedKind.RIDE: rank_intervals(loaded.rides, loaded.of_rides, due.seed),
    }


def _save(
    engine: Engine, due: Due, intervals: Mapping[RankedKind, Intervals], worked_out_at: datetime
) -> int:
    def save(connection: Connection) -> int:
        rows = save_set(
            connection,
            due.period,
            due.dates.first,
            due.dates.last,
            worked_out_at,
            due.closings,
            intervals,
        )
        bump_version(connection)
        return rows

    try:
        return write_again(engine, save)
    except IntegrityError:
        log.info("another night stores rank intervals", extra={"period": due.seed})
        return 0

"""How sure ranks are, worked out by the night and kept beside what earlier nights said (DESIGN, Periods)."""

from __future__ import annotations

import logging
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import Connection, Engine
from sqlalchemy.exc import IntegrityError

from park_downtime.database.again import read_again, write_again
from park_downtime.database.entries import entries
from park_downtime.database.rank_intervals import (
    Intervals,
    forget_set,
    known_sets,
    save_set,
    seconds_of_day,
    seconds_of_week,
)
from park_downtime.database.version import bump_version
from park_downtime.judging.rank_periods import KEPT, Due, due_periods, replaced_before
from park_downtime.model import RankedKind, RankedPeriod
from park_downtime.periods import DateRange, by_iso_week, week_of
from park_downtime.statistics.rank_intervals import DatesSeconds, added_up, no_seconds, rank_intervals

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class _Ranked:
    """Whom a night ranks: counted rides, and where in `parks` each one's park stands. `read`: what it has
    read already, for the seven days are among the thirty; None: of these dates nothing is known.
    """

    rides: Sequence[int]
    parks: Sequence[int]
    to_park: Sequence[int]
    read: dict[DateRange, DatesSeconds | None] = field(default_factory=dict)


def work_out_rank_intervals(engine: Engine, now: datetime, anew: DateRange | None = None) -> int:
    """What is due at `now`, each period in a transaction of its own; answers how many rows were written.
    `anew`: dates that were judged again.

    Killed at any moment, the next night goes on with what is missing.
    """
    rows = 0
    all_due = read_again(engine, partial(due_periods, now=now, anew=anew))
    if all_due:
        ranked = read_again(engine, _ranked)
        for due in all_due:
            dates = read_again(engine, partial(_load, due=due, ranked=ranked))
            rows += _save(engine, due, _intervals(ranked, dates, due), now)
    for replaced in replaced_before(read_again(engine, known_sets), now - KEPT):
        write_again(engine, partial(forget_set, set_id=replaced.set_id))
    return rows


def _ranked(connection: Connection) -> _Ranked:
    counted = {one.ride_id: one.park_id for one in entries(connection).values() if one.is_counted}
    rides, parks = sorted(counted), sorted(set(counted.values()))
    places = _places(parks)
    return _Ranked(rides, parks, [places[counted[ride_id]] for ride_id in rides])


def _load(connection: Connection, due: Due, ranked: _Ranked) -> list[DatesSeconds]:
    """Dates of which nothing is known are no part of the period."""
    places = _places(ranked.rides)
    wanted = _drawn_as_one(due)
    for dates in wanted:
        if dates not in ranked.read:
            rows = _seconds(connection, dates)
            ranked.read[dates] = _beside_each_other(rows, places) if rows else None
    return [found for dates in wanted if (found := ranked.read[dates]) is not None]


def _places(ids: Sequence[int]) -> dict[int, int]:
    return {one: number for number, one in enumerate(ids)}


def _beside_each_other(rows: Sequence[Sequence[int]], places: Mapping[int, int]) -> DatesSeconds:
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


def _seconds(connection: Connection, dates: DateRange) -> list[Sequence[int]]:
    """Ride, open and down seconds."""
    if dates == week_of(dates.first):  # kept as one row a ride
        return [*seconds_of_week(connection, dates.first)]
    return [row for day in _days(dates) for row in seconds_of_day(connection, day)]


def _days(dates: DateRange) -> list[date]:
    return [dates.first + timedelta(days=number) for number in range(dates.days)]


def _intervals(ranked: _Ranked, dates: Sequence[DatesSeconds], due: Due) -> dict[RankedKind, Intervals]:
    count = len(ranked.parks)
    of_parks = [
        DatesSeconds(
            added_up(one.downtime, ranked.to_park, count), added_up(one.operating, ranked.to_park, count)
        )
        for one in dates
    ]
    return {
        RankedKind.PARK: rank_intervals(ranked.parks, of_parks, due.seed),
        RankedKind.RIDE: rank_intervals(ranked.rides, dates, due.seed),
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

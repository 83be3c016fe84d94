"""How sure ranks are: what they are worked out from, and the sets of them that were."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import asdict, dataclass
from datetime import date, datetime

from sqlalchemy import ColumnElement, Connection, Table, delete, func, insert, select

from park_downtime.database.by_park import on_day
from park_downtime.database.lists import as_list, of_list
from park_downtime.database.packed import read_packed
from park_downtime.database.statistics_tables import (
    rank_intervals,
    rank_sets,
    ride_daily_stats,
    ride_weekly_stats,
)
from park_downtime.database.upsert import upsert
from park_downtime.model import RankedKind, RankedPeriod
from park_downtime.statistics.rank_intervals import RankInterval

_set = rank_sets.c
_interval = rank_intervals.c

Intervals = Mapping[int, RankInterval]
"""By park or ride."""


@dataclass(frozen=True, slots=True)
class RankSet:
    """The intervals of one period, worked out at one time and never changed. `closings` is a mark of which
    zones had closed which of its days when: with another one the days may say something else by now.
    """

    set_id: int
    ranked_period: RankedPeriod
    first_date: date
    last_date: date
    worked_out_at: datetime
    closings: str


def seconds_of_day(connection: Connection, day: date) -> list[tuple[int, ...]]:
    """Ride, open and down seconds of a local day."""
    return _seconds(connection, ride_daily_stats, *on_day(ride_daily_stats, day))


def seconds_of_week(connection: Connection, monday: date) -> list[tuple[int, ...]]:
    """The same of an ISO week."""
    return _seconds(connection, ride_weekly_stats, ride_weekly_stats.c.period_start == monday)


def _seconds(connection: Connection, table: Table, *where: ColumnElement[bool]) -> list[tuple[int, ...]]:
    c = table.c
    return read_packed(connection, select(c.ride_id, c.open_seconds, c.downtime_seconds).where(*where))


def known_sets(connection: Connection) -> list[RankSet]:
    """In the order in which they were worked out."""
    return [RankSet(**row._mapping) for row in connection.execute(select(rank_sets).order_by(_set.set_id))]


def newest_set(
    connection: Connection,
    period: RankedPeriod,
    not_after: datetime | None = None,
    first_date: date | None = None,
) -> RankSet | None:
    """The set of the period's latest dates, or of those from `first_date` on, as it was worked out last;
    `not_after`: as it was then.
    """
    query = select(rank_sets).where(_set.ranked_period == period)
    if first_date is not None:
        query = query.where(_set.first_date == first_date)
    if not_after is not None:
        query = query.where(_set.worked_out_at <= not_after)
    row = connection.execute(query.order_by(_set.last_date.desc(), _set.set_id.desc()).limit(1)).one_or_none()
    return None if row is None else RankSet(**row._mapping)


def save_set(
    connection: Connection,
    period: RankedPeriod,
    first_date: date,
    last_date: date,
    worked_out_at: datetime,
    closings: str,
    intervals: Mapping[RankedKind, Intervals],
) -> int:
    """Store a new set beside the earlier ones; answers how many rows. Raises IntegrityError where another
    program stores one at the same moment.
    """
    set_id = (connection.scalar(select(func.max(_set.set_id))) or 0) + 1
    made = RankSet(set_id, period, first_date, last_date, worked_out_at, closings)
    rows = [
        {
            "set_id": set_id,
            "ranked_kind": kind,
            "intervals": as_list((key, interval.low, interval.high) for key, interval in of_kind.items()),
        }
        for kind, of_kind in intervals.items()
    ]
    connection.execute(insert(rank_sets), asdict(made))
    upsert(connection, rank_intervals, rows)
    return len(rows) + 1


def forget_set(connection: Connection, set_id: int) -> None:
    connection.execute(delete(rank_intervals).where(_interval.set_id == set_id))
    connection.execute(delete(rank_sets).where(_set.set_id == set_id))


def intervals_of(
    connection: Connection, set_id: int, kind: RankedKind, ranked_ids: Collection[int] | None = None
) -> Intervals:
    """`ranked_ids`: of these only."""
    query = select(_interval.intervals).where(_interval.set_id == set_id, _interval.ranked_kind == kind)
    every = of_list(connection.scalar(query))
    wanted = None if ranked_ids is None else set(ranked_ids)
    return {
        ranked_id: RankInterval(low, high)
        for ranked_id, low, high in every
        if wanted is None or ranked_id in wanted
    }

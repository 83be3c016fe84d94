"""Rides that have not opened for days although their park ran."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from sqlalchemy import Connection, func, or_, select

from park_downtime.database.by_park import KEYS_AT_ONCE, of_rides
from park_downtime.database.statistics_tables import ride_daily_stats
from park_downtime.periods import DateRange

_c = ride_daily_stats.c


def opened_on(connection: Connection, day: date, park_ids: Collection[int]) -> set[int]:
    """The rides of these parks that opened on a local day."""
    query = select(_c.ride_id).where(_c.stat_date == day, _c.park_id.in_(park_ids), _c.days_operated > 0)
    return set(connection.scalars(query))


def not_opened_since(
    connection: Connection, park_id: int, ride_ids: Collection[int], dates: DateRange
) -> dict[int, date]:
    """Of the rides that did not open on the last of these dates of which anything is known: the first since
    when they did not. Days on which the park was closed, or nobody looked, say nothing.
    """
    if len(ride_ids) * dates.days <= KEYS_AT_ONCE:
        own = of_rides(ride_daily_stats, [park_id], ride_ids, dates.each_day())
    else:  # together they take less
        own = (
            _c.park_id == park_id,
            _c.stat_date.between(dates.first, dates.last),
            (_c.ride_id + 0).in_(ride_ids),
        )
    opened = (
        select(_c.ride_id, func.max(_c.stat_date).label("last"))
        .where(*own, _c.days_operated > 0)
        .group_by(_c.ride_id)
        .subquery()
    )
    query = (
        select(_c.ride_id, func.min(_c.stat_date).label("since"))
        .select_from(ride_daily_stats.outerjoin(opened, opened.c.ride_id == _c.ride_id))
        .where(*own, _c.days_not_operated > 0, or_(opened.c.last.is_(None), _c.stat_date > opened.c.last))
        .group_by(_c.ride_id)
    )
    return {row.ride_id: row.since for row in connection.execute(query)}

"""What the open data set is made of: the rows of final days of a month, in the order of their keys."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, and_, func, select

from park_downtime.database.statistics_tables import park_daily_stats, ride_closures, ride_daily_stats
from park_downtime.periods import DateRange

_park = park_daily_stats.c
_TABLES = {"park_days": park_daily_stats, "ride_days": ride_daily_stats, "outages": ride_closures}
ROWS_AT_ONCE = 10_000


def rows_of_month(
    connection: Connection, name: str, columns: Sequence[str], dates: DateRange
) -> Iterator[Sequence[Any]]:
    """`name`: park_days, ride_days or outages; only days that are final."""
    table = _TABLES[name]
    c = table.c
    query = select(*(c[column] for column in columns)).where(
        c.stat_date >= dates.first, c.stat_date <= dates.last
    )
    if table is park_daily_stats:
        query = query.where(_park.is_final)
    else:
        of_day = and_(_park.park_id == c.park_id, _park.stat_date == c.stat_date)
        query = query.join_from(table, park_daily_stats, of_day).where(_park.is_final)
    query = query.order_by(*table.primary_key)
    yield from connection.execution_options(yield_per=ROWS_AT_ONCE).execute(query)


def unheard_dates(connection: Connection, dates: DateRange) -> list[date]:
    """Local dates on which no park was heard: gaps of our own."""
    query = (
        select(_park.stat_date)
        .where(_park.stat_date >= dates.first, _park.stat_date <= dates.last)
        .group_by(_park.stat_date)
        .having(func.sum(_park.days_with_data) == 0)
    )
    return sorted(connection.scalars(query))


def methods_of(connection: Connection, dates: DateRange) -> tuple[int, int] | None:
    """The lowest and the highest method version of the final days; None: there are none."""
    query = select(func.min(_park.method_version), func.max(_park.method_version)).where(
        _park.stat_date >= dates.first, _park.stat_date <= dates.last, _park.is_final
    )
    lowest, highest = connection.execute(query).one()
    return None if lowest is None else (lowest, highest)

"""How sure the ranks of a ranking are, as the nights have worked it out: what API and terminal both show."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta

from sqlalchemy import Connection

from park_downtime.database.rank_intervals import Intervals, intervals_of, newest_set
from park_downtime.judging.moment import AsOf
from park_downtime.model import RankedKind, RankedPeriod
from park_downtime.named_periods import Period, PeriodKind
from park_downtime.statistics.rank_intervals import RankInterval

OF_KIND = {
    PeriodKind.SEVEN_DAYS: RankedPeriod.SEVEN_DAYS,
    PeriodKind.THIRTY_DAYS: RankedPeriod.THIRTY_DAYS,
    PeriodKind.WEEK: RankedPeriod.WEEK,
    PeriodKind.MONTH: RankedPeriod.MONTH,
    PeriodKind.YEAR: RankedPeriod.YEAR,
}
BEHIND = timedelta(days=2)
"""Until the last zone has closed yesterday, what was worked out of the days up to the one before is shown."""


def rank_intervals(
    connection: Connection,
    as_of: AsOf,
    period: Period,
    kind: RankedKind,
    ranked_ids: Collection[int] | None = None,
) -> Intervals:
    """By park or ride, of the plain ranking of all of them; empty where it is not known.

    `ranked_ids`: of these only.
    """
    if as_of.instant is None or not as_of.parks or period.kind not in OF_KIND:
        return {}
    of_dates = None if period.calendar is None else period.calendar.first
    found = newest_set(connection, OF_KIND[period.kind], first_date=of_dates)
    today = max(as_of.today(park) for park in as_of.parks.values())
    if found is None or (of_dates is None and found.last_date < today - BEHIND):
        return {}
    return intervals_of(connection, found.set_id, kind, ranked_ids)


def interval_of(intervals: Intervals, ranked_id: int, rank: int | None) -> RankInterval | None:
    """With the rank of now inside; None for what is not ranked, or was not in any draw."""
    known = intervals.get(ranked_id)
    return None if known is None or rank is None else known.widened(rank)

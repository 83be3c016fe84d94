"""`/api/rides/downtime`: rides by their downtime."""

from __future__ import annotations

from functools import partial
from typing import Any

from park_downtime.api.fields import (
    PERIOD_DAYS,
    hours,
    rank_bounds,
    ride_totals,
    ride_url,
    status_of,
    tier_label,
)
from park_downtime.api.request_context import RequestContext
from park_downtime.api.table import Made, Table
from park_downtime.database.parks import ParkRow
from park_downtime.database.rank_intervals import Intervals
from park_downtime.database.rides import Entry
from park_downtime.judging.moment import AsOf
from park_downtime.model import RankedKind
from park_downtime.reports.rankings import RideFigures, ranked_rides
from park_downtime.statistics.measures import Measures
from park_downtime.statistics.scores import Ranked


def rides_downtime(context: RequestContext) -> Table:
    wanted = context.wanted_parks()
    rows = context.rides_of(wanted, context.period, context.with_park_wide)
    return Table(
        "RideRanking",
        Made(ranked_rides(rows), partial(_row, context.as_of, context.rank_intervals(RankedKind.RIDE))),
        {
            "period_days": PERIOD_DAYS[context.period],
            "days_with_data": context.days_with_data(wanted, context.period),
        },
    )


def _row(as_of: AsOf, intervals: Intervals, ranked: Ranked[RideFigures]) -> dict[str, Any]:
    row = ranked.row
    park = as_of.parks[row.entry.park_id]
    return {
        "rank": ranked.rank,
        **identity(row.entry, park),
        "timezone": park.timezone,
        **ride_totals(row.current),
        "current_status": status_of(row.now),
        "down_since": None if row.now is None else row.now.down_since,
        "back_today_percentage": None if row.now is None else row.now.back_today_percentage,
        "seven_day_avg_downtime_hours": average_downtime_hours(row.seven),
        "trend_percentage": row.trend,
        **rank_bounds(intervals, row.entry.ride_id, ranked.rank),
        "queue_times_url": ride_url(row.entry.park_id, row.entry.ride_id),
    }


def identity(entry: Entry, park: ParkRow) -> dict[str, Any]:
    """Which ride a row is about, where it stands and how much it matters."""
    return {
        "ride_id": entry.ride_id,
        "ride_name": entry.name,
        "park_id": park.park_id,
        "park_name": park.name,
        "tier": entry.tier,
        "tier_label": tier_label(entry.tier),
    }


def average_downtime_hours(seven: Measures) -> float | None:
    """Per operated day; null when it did not operate."""
    return hours(seven.downtime_seconds) / seven.days_operated if seven.days_operated else None

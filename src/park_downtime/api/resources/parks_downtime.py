"""`/api/parks/downtime`: parks by their downtime."""

from __future__ import annotations

from typing import Any

from park_downtime.api.fields import (
    OF_PARKS,
    location,
    park_totals,
    park_url,
    percentage,
    period_fields,
    rank_bounds,
    tier_counts,
)
from park_downtime.api.request_context import RequestContext
from park_downtime.api.table import Row, RowList, Table
from park_downtime.database.sessions import last_active
from park_downtime.reports.rankings import ParkFigures, park_figures, ranked_parks
from park_downtime.statistics.scores import Ranked


def parks_downtime(context: RequestContext) -> Table:
    rides = context.rides(context.wanted_parks(), context.period, OF_PARKS, context.with_park_wide)
    beside = period_fields(context.period, context.facts_of_period(rides.sums))
    seen = {} if context.as_of.instant is None else last_active(context.connection, context.as_of.instant)
    intervals = context.park_rank_intervals()
    ranked = RowList(
        _row(context, entry)
        | rank_bounds(intervals, entry.row.park.park_id, entry.rank)
        | {"last_active_at": seen.get(entry.row.park.park_id)}
        for entry in ranked_parks(park_figures(rides, context.running()), bool(context.values["weighted"]))
    )
    return Table(
        "ParkRanking",
        ranked,
        {"aggregate_stats": _aggregate(ranked), **beside},
    )


def _row(context: RequestContext, ranked: Ranked[ParkFigures]) -> dict[str, Any]:
    row = ranked.row
    is_known = row.is_open_now is not None and not context.is_stale
    return {
        "rank": ranked.rank,
        "park_id": row.park.park_id,
        "park_name": row.park.name,
        "location": location(row.park),
        **park_totals(row),
        "tier_distribution": tier_counts(row.score.tiers),
        "affected_rides_count": row.rides_down if is_known else None,
        "uptime_percentage": percentage(row.current.uptime_share),
        "is_open_now": row.is_open_now,
        "queue_times_url": park_url(row.park.park_id),
    }


def _aggregate(rows: list[Row]) -> dict[str, Any]:
    totals = [row["total_downtime_hours"] for row in rows if row["total_downtime_hours"] is not None]
    down = [row["affected_rides_count"] for row in rows if row["affected_rides_count"] is not None]
    return {
        "total_parks_tracked": len(rows),
        "peak_downtime_hours": max(totals, default=None),
        "currently_down_rides": sum(down) if down else None,
    }

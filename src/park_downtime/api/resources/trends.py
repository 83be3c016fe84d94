"""`/api/trends`: what improved and what declined against the previous period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from functools import partial
from itertools import compress
from typing import Any

from park_downtime.api.fields import date_range, hours, location, park_url, period_fields, ride_url
from park_downtime.api.request_context import RequestContext
from park_downtime.api.resources.rides_downtime import identity
from park_downtime.api.table import Row, RowList, Table
from park_downtime.reports.rankings import OF_SCORE, OPERATION, CountedRides, ParkFigures, park_figures
from park_downtime.statistics.columns import Columns
from park_downtime.statistics.measures import Measures
from park_downtime.statistics.trends import UptimeChange, uptime_change, uptime_changes

Compared = Iterable[tuple[UptimeChange, Callable[[UptimeChange], Row]]]
"""Whatever can be compared with the period before, and how its row is made."""


def trends(context: RequestContext) -> Table:
    what, direction = context.values["category"].split("-")
    wanted = context.wanted_parks()
    rides = context.rides(wanted, context.period, OF_SCORE if what == "parks" else OPERATION)
    facts = context.facts_of_period(rides.sums)
    compared = list(_parks(rides) if what == "parks" else _rides(context, rides))
    rows = [
        dict(row(change))
        for change, row in compared
        if change.is_listed and (change.points > 0) == (direction == "improving")
    ]
    name = "park_name" if what == "parks" else "ride_name"
    rows.sort(key=lambda row: (-abs(row["uptime_change_pct"]), row[name]))
    return Table(
        "ParkTrend" if what == "parks" else "RideTrend",
        RowList({"rank": place, **row} for place, row in enumerate(rows, start=1)),
        {
            "comparison": {
                "current_period": date_range(facts.dates),
                "previous_period": date_range(facts.compared_with),
            },
            "compared_count": len(compared),
            "count": len(rows),
            **period_fields(context.period, facts),
        },
    )


def _parks(rides: CountedRides) -> Compared:
    now, before = _operating(rides, rides.current), _operating(rides, rides.previous)
    for park in park_figures(rides):
        park_id = park.park.park_id
        change = uptime_change(park.current, park.previous, now[park_id], before[park_id])
        if change is not None:
            yield change, partial(_park_row, park)


def _operating(rides: CountedRides, columns: Columns) -> Counter[int]:
    """How many rides of each park ran or were down."""
    operating = columns.operating_seconds()
    return Counter(compress(rides.rides.park_ids, operating))


def _rides(context: RequestContext, rides: CountedRides) -> Compared:
    for place, change in enumerate(uptime_changes(rides.current, rides.previous)):
        if change is not None:
            yield change, partial(_ride_row, context, rides, place)


def _park_row(row: ParkFigures, change: UptimeChange) -> Row:
    return {
        "park_id": row.park.park_id,
        "park_name": row.park.name,
        "location": location(row.park),
        **_changes(change, row.current, row.previous),
        "queue_times_url": park_url(row.park.park_id),
    }


def _ride_row(context: RequestContext, rides: CountedRides, place: int, change: UptimeChange) -> Row:
    ride = rides.rides[place]
    current, previous = rides.current.total([place]), rides.previous.total([place])
    return {
        **identity(ride, context.as_of.parks[ride.park_id]),
        **_changes(change, current, previous),
        "queue_times_url": ride_url(ride.park_id, ride.ride_id),
    }


def _changes(change: UptimeChange, current: Measures, previous: Measures) -> dict[str, Any]:
    return {
        "previous_period_uptime_pct": change.previous_percentage,
        "current_period_uptime_pct": change.current_percentage,
        "uptime_change_pct": change.points,
        "improvement_pct": change.points if change.points > 0 else None,
        "decline_pct": -change.points if change.points < 0 else None,
        "previous_period_downtime_hours": hours(previous.downtime_seconds),
        "current_period_downtime_hours": hours(current.downtime_seconds),
    }

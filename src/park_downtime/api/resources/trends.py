"""`/api/trends`: what improved and what declined against the previous period."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterable
from datetime import date
from functools import partial
from typing import Any

from park_downtime.api.fields import PERIOD_DAYS, hours, location, park_url, ride_url
from park_downtime.api.request_context import RequestContext
from park_downtime.api.resources.rides_downtime import identity
from park_downtime.api.table import Row, Table
from park_downtime.periods import DateRange, period_dates, previous_dates
from park_downtime.reports.rankings import ParkFigures, RideFigures
from park_downtime.statistics.measures import Measures
from park_downtime.statistics.trends import UptimeChange, uptime_change

Compared = Iterable[tuple[UptimeChange, Callable[[UptimeChange], Row]]]
"""Whatever can be compared with the period before, and how its row is made."""


def trends(context: RequestContext) -> Table:
    what, direction = context.values["category"].split("-")
    wanted = context.wanted_parks()
    rides = context.rides_of(wanted, context.period)
    compared = list(
        _parks(context.parks_of(wanted, context.period), rides) if what == "parks" else _rides(context, rides)
    )
    rows = [
        dict(row(change))
        for change, row in compared
        if change.is_listed and (change.points > 0) == (direction == "improving")
    ]
    name = "park_name" if what == "parks" else "ride_name"
    rows.sort(key=lambda row: (-abs(row["uptime_change_pct"]), row[name]))
    return Table(
        "ParkTrend" if what == "parks" else "RideTrend",
        [{"rank": place, **row} for place, row in enumerate(rows, start=1)],
        {
            "comparison": _comparison(context),
            "compared_count": len(compared),
            "count": len(rows),
            "period_days": PERIOD_DAYS[context.period],
            "days_with_data": context.days_with_data(wanted, context.period),
        },
    )


def _parks(parks: Iterable[ParkFigures], rides: Iterable[RideFigures]) -> Compared:
    now, before = Counter[int](), Counter[int]()
    for ride in rides:
        now[ride.entry.park_id] += ride.current.operating_seconds > 0
        before[ride.entry.park_id] += ride.previous.operating_seconds > 0
    for park in parks:
        park_id = park.park.park_id
        change = uptime_change(park.current, park.previous, now[park_id], before[park_id])
        if change is not None:
            yield change, partial(_park_row, park)


def _rides(context: RequestContext, rides: Iterable[RideFigures]) -> Compared:
    for ride in rides:
        change = uptime_change(ride.current, ride.previous)
        if change is not None:
            yield change, partial(_ride_row, context, ride)


def _park_row(row: ParkFigures, change: UptimeChange) -> Row:
    return {
        "park_id": row.park.park_id,
        "park_name": row.park.name,
        "location": location(row.park),
        **_changes(change, row.current, row.previous),
        "queue_times_url": park_url(row.park.park_id),
    }


def _ride_row(context: RequestContext, row: RideFigures, change: UptimeChange) -> Row:
    return {
        **identity(row.entry, context.as_of.parks[row.entry.park_id]),
        **_changes(change, row.current, row.previous),
        "queue_times_url": ride_url(row.entry.park_id, row.entry.ride_id),
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


def _comparison(context: RequestContext) -> dict[str, Any]:
    """The local days compared, by the date that it is in most parks."""
    if context.as_of.instant is None or not context.as_of.parks:
        return {"current_period": _dates(None), "previous_period": _dates(None)}
    days = Counter(context.as_of.today(park) for park in context.as_of.parks.values())
    [(today, _)] = days.most_common(1)
    return {
        "current_period": _dates(period_dates(context.period, today)),
        "previous_period": _dates(previous_dates(context.period, today)),
    }


def _dates(days: DateRange | None) -> dict[str, date | None]:
    return {
        "first_date": None if days is None else days.first,
        "last_date": None if days is None else days.last,
    }

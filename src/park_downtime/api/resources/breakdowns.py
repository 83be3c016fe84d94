"""`breakdowns` of a park and of a ride: at which hours of the week they begin."""

from __future__ import annotations

from park_downtime.api.fields import hours, period_fields
from park_downtime.api.request_context import RequestContext
from park_downtime.api.table import RowList, Table
from park_downtime.database.past_figures import operating_days
from park_downtime.database.ride_history import closures_of_park, closures_of_ride
from park_downtime.model import StretchKind
from park_downtime.reports.period_sums import PeriodSums
from park_downtime.statistics.breakdowns import Hour, OfHour, by_hour
from park_downtime.statistics.days import DayClosure


def breakdowns(context: RequestContext) -> Table:
    park, ride_id = context.park_and_ride()
    facts = context.facts_of_period(
        PeriodSums(context.connection, context.as_of, context.period, [park.park_id])
    )
    begun = [each.started_at for each in _outages(context, park.park_id, ride_id) if each.is_incident]
    found: dict[Hour, OfHour] = {}
    if begun:
        dates = context.period.dates(context.as_of.today(park))
        days = operating_days(context.connection, park.park_id, dates, ride_id)
        found = by_hour(begun, days, park.timezone)
    rows = RowList(
        {
            "weekday": hour.weekday,
            "hour": hour.hour,
            "outages": each.outages,
            "observed_hours": hours(each.observed_seconds),
        }
        for hour, each in found.items()
    )
    beside = {
        **period_fields(context.period, facts),
        "timezone": park.timezone,
        "outage_count": len(begun),
    }
    return Table("BreakdownHour", rows, beside, sorted_by="weekday")


def _outages(context: RequestContext, park_id: int, ride_id: int | None) -> list[DayClosure]:
    at = context.as_of.instant
    if at is None:
        return []
    dates, kinds = (
        context.period.dates(context.as_of.today(context.as_of.parks[park_id])),
        [StretchKind.OUTAGE],
    )
    if ride_id is None:
        return closures_of_park(context.connection, park_id, dates, at, kinds)
    return closures_of_ride(context.connection, ride_id, dates, at, kinds)

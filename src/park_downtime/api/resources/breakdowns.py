"""`breakdowns` of a park and of a ride: at which hours of the week they begin."""

from __future__ import annotations

from datetime import datetime

from park_downtime.api.fields import hours, period_fields
from park_downtime.api.request_context import RequestContext
from park_downtime.api.table import RowList, Table
from park_downtime.database.parks import ParkRow
from park_downtime.database.past_closures import closures_of_ride, outages_began
from park_downtime.database.past_figures import operating_days
from park_downtime.model import StretchKind
from park_downtime.reports.period_sums import PeriodSums
from park_downtime.statistics.breakdowns import Hour, OfHour, by_hour


def breakdowns(context: RequestContext) -> Table:
    park, ride_id = context.park_and_ride()
    facts = context.facts_of_period(
        PeriodSums(context.connection, context.as_of, context.period, [park.park_id])
    )
    begun = _began(context, park, ride_id)
    found: dict[Hour, OfHour] = {}
    if begun:
        dates = context.dates_in(park)
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


def _began(context: RequestContext, park: ParkRow, ride_id: int | None) -> list[datetime]:
    at = context.as_of.instant
    if at is None:
        return []
    dates = context.dates_in(park)
    if ride_id is None:
        return outages_began(context.connection, park.park_id, dates, at)
    found = closures_of_ride(context.connection, ride_id, dates, at, [StretchKind.OUTAGE])
    return [each.started_at for each in found if each.is_incident]

"""`calendar` and `history` of a park and of a ride: one row per local day, or per week, month or year."""

from __future__ import annotations

from typing import Any

from park_downtime.api.fields import (
    hours,
    minutes,
    of_lost_days,
    park_operated,
    percentage,
    ride_totals,
    was_observed,
)
from park_downtime.api.request_context import RequestContext, nothing_known
from park_downtime.api.table import Row, RowList, Table
from park_downtime.database.parks import ParkRow
from park_downtime.named_periods import PeriodKind
from park_downtime.periods import DateRange, year_of
from park_downtime.reports.period_facts import NothingInPeriod
from park_downtime.reports.series import PastDay, PastPeriod, known_dates, past_days, past_periods

OF_DAYS = ("open_minutes", "downtime_minutes", "lost_minutes", "unknown_minutes", "outage_count")


def calendar(context: RequestContext) -> Table:
    """Of the park, or of one ride. Raises ResourceNotFound where nothing is known of the year."""
    park, ride_id = context.park_and_ride()
    known = _known(context, park)
    year = context.values["year"]
    if year is None and known is not None:
        year = known.last.year
    dates = None if known is None else _within(known, year)
    if dates is None:
        raise nothing_known(NothingInPeriod(None if year is None else str(year), known))
    days = past_days(context.connection, park.park_id, dates, ride_id)
    return Table(
        "CalendarDay",
        RowList(_day(day, ride_id is not None) for day in days),
        {"timezone": park.timezone, "year": year},
        sorted_by="date",
    )


def history(context: RequestContext) -> Table:
    park, ride_id = context.park_and_ride()
    known = _known(context, park)
    kind = PeriodKind(context.values["by"])
    found = [] if known is None else past_periods(context.connection, park.park_id, kind, known, ride_id)
    schema = "ParkHistoryPeriod" if ride_id is None else "RideHistoryPeriod"
    rows = RowList(_period(each, known, ride_id is not None) for each in found if known is not None)
    return Table(schema, rows, {"timezone": park.timezone}, sorted_by="first_date")


def _known(context: RequestContext, park: ParkRow) -> DateRange | None:
    if context.as_of.instant is None:
        return None
    return known_dates(context.connection, park.park_id, context.as_of.today(park))


def _within(known: DateRange, year: int) -> DateRange | None:
    of_year = year_of(known.first.replace(year=year, month=1, day=1))
    dates = DateRange(max(known.first, of_year.first), min(known.last, of_year.last))
    return dates if dates.first <= dates.last else None


def _day(day: PastDay, is_of_ride: bool) -> Row:
    parts, park = day.parts, day.park
    is_seen = parts is not None and was_observed(parts)
    operated = (parts.days_operated > 0) if is_seen and parts is not None else None
    figures: dict[str, Any] = dict.fromkeys(OF_DAYS)
    if parts is not None:
        figures["unknown_minutes"] = minutes(parts.unknown_seconds)
    if parts is not None and is_seen:
        figures |= {
            "open_minutes": minutes(parts.open_seconds),
            "downtime_minutes": minutes(parts.downtime_seconds),
            "lost_minutes": minutes(parts.lost_seconds) if park and park.days_lost_known else None,
            "outage_count": parts.outage_count,
        }
    return {
        "date": day.day,
        "operated": operated if is_of_ride else park_operated(park),
        **figures,
        "coverage_percentage": percentage(None if parts is None else parts.coverage_share),
        "is_final": None if park is None else not park.days_provisional,
    }


def _period(each: PastPeriod, known: DateRange, is_of_ride: bool) -> Row:
    """`known`: its last day is today."""
    dates, parts = each.period.dates(known.last), each.parts
    totals = ride_totals(parts) | of_lost_days(each.park.days_lost_known)
    is_seen = was_observed(parts)
    days = ("days_operated", "days_not_operated") if is_of_ride else ()
    return {
        "period": each.period.name,
        "first_date": dates.first,
        "last_date": dates.last,
        "days_with_data": each.park.days_with_data,
        "days_lost_known": each.park.days_lost_known,
        "is_final": dates.last < known.last and not each.park.days_provisional,
        "methods": {"lowest": each.park.lowest_method, "highest": each.park.highest_method},
        "open_hours": hours(parts.open_seconds) if is_seen else None,
        "downtime_hours": totals["downtime_hours"],
        "park_wide_downtime_hours": hours(parts.park_wide_seconds) if is_seen else None,
        "unknown_hours": hours(parts.unknown_seconds),
        **{name: totals[name] for name in SHOWN},
        **{name: totals[name] for name in days},
        "trend_percentage": each.trend,
    }


SHOWN = (
    *("lost_hours", "late_start_hours", "did_not_reopen_hours", "uptime_percentage"),
    *("outage_count", "outages_per_100_hours", "longest_outage_minutes", "coverage_percentage"),
)

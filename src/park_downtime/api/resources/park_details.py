"""`/api/parks/{park_id}/details`: one park's facts, status, figures and rides."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import timedelta
from itertools import compress
from typing import Any

from park_downtime.api.envelope import exact
from park_downtime.api.fields import (
    RIDE_TOTALS,
    feed_doubt,
    hours,
    minutes,
    of_lost_days,
    park_totals,
    park_url,
    percentage,
    period_fields,
    ride_totals,
    ride_url,
    status_of,
    tier_counts,
    tier_label,
    wait_of,
    was_observed,
)
from park_downtime.api.outage_figures import LENGTHS, outage_figures, typical_lengths
from park_downtime.api.request_context import RequestContext, Single
from park_downtime.database.entries import Entry, entries
from park_downtime.database.parks import ParkRow
from park_downtime.database.past_closures import lengths_in_park
from park_downtime.database.ride_status import ActivityRow, StatusRow
from park_downtime.database.rides import first_reading_of
from park_downtime.database.runs import first_day_with_runs
from park_downtime.database.sessions import last_active, sessions_between
from park_downtime.model import Status
from park_downtime.periods import local_date
from park_downtime.reports.feed_doubts import feed_doubts
from park_downtime.reports.live import parks_of, ride_statuses
from park_downtime.reports.rankings import ParkFigures, park_figures
from park_downtime.statistics.measures import MEASURE_NAMES, Measures
from park_downtime.statistics.outages import Length

SESSIONS_SHOWN = timedelta(days=7)
RIDE_FIGURES = (*RIDE_TOTALS, "park_wide_downtime_hours", "late_opening_hours", "early_close_hours")


def park_details(context: RequestContext) -> Single:
    park = context.park(context.values["park_id"])
    rides = context.rides({park.park_id}, context.period, MEASURE_NAMES)
    facts = context.facts_of_period(rides.sums)
    [figures] = park_figures(rides, context.running())
    of_rides = dict(
        compress(zip(rides.rides.ride_ids, rides.current.measures(), strict=True), rides.are_listed)
    )
    known = entries(context.connection, [park.park_id])
    status = ride_statuses(context.connection, context.as_of, context.now, parks_of(known), ride_ids=known)
    lengths = _lengths(context, park)
    counted = [entry for entry in known.values() if entry.is_counted and entry.is_active]
    return Single(
        {
            "park_id": park.park_id,
            "name": park.name,
            "location": {"city": park.city, "state": park.state_province, "country": park.country},
            "coordinates": {"latitude": exact(park.latitude), "longitude": exact(park.longitude)},
            "operator": park.operator,
            "timezone": park.timezone,
            "tracking_since": first_reading_of(context.connection, park.park_id) or park.first_seen_at,
            "total_rides_tracked": len(counted),
            "tier_distribution": tier_counts(figures.score.tiers),
            "current_status": _current_status(context, park, counted, status),
            "statistics": _statistics(context, figures, [each for own in lengths.values() for each in own]),
            "operating_sessions": _sessions(context, park),
            "feed": _feed(context, park),
            "first_timeline_date": first_day_with_runs(context.connection, park.park_id),
            "rides": [
                _ride(
                    entry,
                    of_rides.get(entry.ride_id),
                    status.get(entry.ride_id),
                    lengths.get(entry.ride_id, []),
                )
                | of_lost_days(figures.observed.days_lost_known)
                for entry in sorted(known.values(), key=lambda entry: (entry.name, entry.ride_id))
                if entry.is_active or entry.ride_id in of_rides
            ],
            "queue_times_url": park_url(park.park_id),
        },
        period_fields(context.period, facts),
    )


def _current_status(
    context: RequestContext, park: ParkRow, counted: list[Entry], status: Mapping[int, StatusRow]
) -> dict[str, Any]:
    instant = context.as_of.instant
    seen = {} if instant is None else last_active(context.connection, instant, park.park_id)
    activity: ActivityRow | None = context.activity.get(park.park_id)
    said = [status_of(status.get(entry.ride_id)) for entry in counted]
    is_open = context.running().get(park.park_id)
    is_known = is_open is not None
    return {
        "is_open_now": is_open,
        "last_active_at": seen.get(park.park_id),
        "rides_open": said.count(Status.RUNNING) if is_known else None,
        "rides_down": said.count(Status.DOWN) if is_known else None,
        "rides_closed": said.count(Status.CLOSED) if is_known else None,
        "rides_unknown": said.count(Status.UNKNOWN),
        "avg_wait_time": None if activity is None else activity.average_wait_minutes,
        "max_wait_time": None if activity is None else activity.max_wait_minutes,
        "as_of": context.as_of.instant,
    }


def _feed(context: RequestContext, park: ParkRow) -> list[dict[str, Any]]:
    """Empty: nothing is wrong with it, or nothing holds any more."""
    at = context.as_of.instant
    if at is None or context.is_stale:
        return []
    return [feed_doubt(doubt) for doubt in feed_doubts(context.connection, at, [park.park_id])]


def _lengths(context: RequestContext, park: ParkRow) -> dict[int, list[Length]]:
    """By ride, of its outages in the period."""
    if context.as_of.instant is None:
        return {}
    dates = context.dates_in(park)
    return lengths_in_park(context.connection, park.park_id, dates, context.as_of.instant)


def _statistics(context: RequestContext, figures: ParkFigures, lengths: Collection[Length]) -> dict[str, Any]:
    current = figures.current
    known = was_observed(current)
    return {
        "period": context.period.name,
        **park_totals(figures),
        "avg_uptime_percentage": percentage(current.uptime_share),
        "rides_with_downtime": figures.rides_with_downtime if known else None,
        "outage_count": current.outage_count if known else None,
        **outage_figures(current, lengths),
        "period_days": context.period.days,
        "days_with_data": figures.observed.days_with_data,
        "park_stop_hours": hours(figures.observed.park_stop_seconds) if known else None,
    }


def _sessions(context: RequestContext, park: ParkRow) -> list[dict[str, Any]]:
    at = context.as_of.instant
    if at is None:
        return []
    found = sessions_between(context.connection, park.park_id, at - SESSIONS_SHOWN, at)
    return [
        {
            "local_date": local_date(session.started_at, park.zone),
            "started_at": session.started_at,
            "ended_at": session.ended_at if session.ended_at is None or session.ended_at <= at else None,
            "last_running_at": min(session.last_running_at, at),
            "park_stop_minutes": minutes(session.park_stop_seconds),
            "unknown_minutes": minutes(session.unknown_seconds),
        }
        for session in reversed(found)
    ]


def _ride(
    entry: Entry, parts: Measures | None, now: StatusRow | None, lengths: Collection[Length]
) -> dict[str, Any]:
    return {
        "ride_id": entry.ride_id,
        "ride_name": entry.name,
        "land": entry.land,
        "category": entry.category,
        "is_counted": entry.is_counted,
        "tier": entry.tier,
        "tier_label": tier_label(entry.tier),
        "current_status": status_of(now),
        "down_since": None if now is None else now.down_since,
        "back_today_percentage": None if now is None else now.back_today_percentage,
        "current_wait_time": wait_of(now),
        **(
            dict.fromkeys((*RIDE_FIGURES, *LENGTHS))
            if parts is None
            else ride_period(parts) | typical_lengths(parts, lengths)
        ),
        "queue_times_url": ride_url(entry.park_id, entry.ride_id),
    }


def ride_period(parts: Measures) -> dict[str, Any]:
    """A ride's period where there is room for all of it."""
    known = was_observed(parts)
    return {
        **ride_totals(parts),
        "park_wide_downtime_hours": hours(parts.park_wide_seconds) if known else None,
        "late_opening_hours": hours(parts.late_opening_seconds) if known else None,
        "early_close_hours": hours(parts.early_close_seconds) if known else None,
    }

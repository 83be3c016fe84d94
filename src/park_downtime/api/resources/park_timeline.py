"""`/api/parks/{park_id}/timeline`: one local day of a park as stretches of every ride."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from park_downtime.api.fields import minutes, park_url, percentage, ride_url, tier_label, was_observed
from park_downtime.api.middleware.errors import ResourceNotFound
from park_downtime.api.request_context import RequestContext, Single
from park_downtime.database.entries import Entry, entries
from park_downtime.database.parks import ParkRow
from park_downtime.database.runs import first_day_with_runs
from park_downtime.periods import day_range
from park_downtime.reports.park_day import DayNotKept, DayTimeline, DrawnStretch, day_timeline
from park_downtime.statistics.days import ParkDay, RideDay
from park_downtime.statistics.measures import Measures
from park_downtime.timeline.sessions import Session
from park_downtime.timeline.spans import Span, within


def park_timeline(context: RequestContext) -> Single:
    park = context.park(context.values["park_id"])
    drawn = _day(context, park)
    start, end = day_range(drawn.day, park.zone)
    known = entries(context.connection, {park.park_id})
    rides = sorted(
        (known[ride_id] for ride_id in drawn.rides if ride_id in known),
        key=lambda entry: (entry.weighted_tier, entry.name),
    )
    return Single(
        {
            "park_id": park.park_id,
            "park_name": park.name,
            "timezone": park.timezone,
            "date": drawn.day,
            "day_started_at": start,
            "day_ended_at": end,
            "first_date": first_day_with_runs(context.connection, park.park_id),
            "last_date": context.as_of.today(park),
            "sessions": [_session(session) for session in drawn.sessions],
            "park_stops": _spans(
                cut for session in drawn.sessions for cut in within(session.stops, start, end)
            ),
            "park_wide_spans": _spans(drawn.park_wide),
            "figures": _figures(drawn.figures),
            "rides": [
                _ride(entry, drawn.rides[entry.ride_id], drawn.figures.rides.get(entry.ride_id))
                for entry in rides
            ],
            "queue_times_url": park_url(park.park_id),
        }
    )


def _day(context: RequestContext, park: ParkRow) -> DayTimeline:
    day = context.values["date"]
    if context.as_of.instant is None:
        raise ResourceNotFound("Nothing has been recorded yet", "timeline", park.park_id, first_date=None)
    day = day or context.as_of.today(park)
    try:
        return day_timeline(context.connection, park, day, context.as_of)
    except DayNotKept as error:
        message = str(error)
        raise ResourceNotFound(
            message[:1].upper() + message[1:], "timeline", day.isoformat(), first_date=error.first
        ) from None


def _session(session: Session) -> dict[str, datetime | None]:
    return {
        "started_at": session.started_at,
        "ended_at": None if session.is_open else session.ends_at,
    }


def _spans(spans: Iterable[Span]) -> list[dict[str, datetime]]:
    return [{"started_at": start, "ended_at": end} for start, end in spans]


def _figures(day: ParkDay) -> dict[str, Any]:
    """The day's sums over its counted rides."""
    parts = day.parts
    known = was_observed(parts)
    return {
        **_sums(parts, known),
        "park_wide_minutes": minutes(parts.park_wide_seconds) if known else None,
        "rides_with_downtime": day.rides_with_downtime if known else None,
        "park_stop_minutes": minutes(day.park.park_stop_seconds) if known else None,
    }


def _sums(parts: Measures, known: bool) -> dict[str, Any]:
    return {
        "uptime_minutes": minutes(parts.open_seconds) if known else None,
        "downtime_minutes": minutes(parts.downtime_seconds) if known else None,
        "ongoing_minutes": minutes(parts.ongoing_seconds) if known else None,
        "uptime_percentage": percentage(parts.uptime_share),
        "coverage_percentage": percentage(parts.coverage_share),
        "outage_count": parts.outage_count if known else None,
    }


def _ride(entry: Entry, stretches: Iterable[DrawnStretch], day: RideDay | None) -> dict[str, Any]:
    parts = Measures() if day is None else day.parts
    known = was_observed(parts)
    return {
        "ride_id": entry.ride_id,
        "ride_name": entry.name,
        "tier": entry.tier,
        "tier_label": tier_label(entry.tier),
        "category": entry.category,
        "operated": parts.days_operated > 0 if known else None,
        **_sums(parts, known),
        "longest_outage_minutes": minutes(parts.longest_outage_seconds) if known else None,
        "stretches": [
            {
                "kind": drawn.stretch.kind,
                "started_at": drawn.stretch.start,
                "ended_at": drawn.stretch.end,
                "park_wide": drawn.is_park_wide,
            }
            for drawn in stretches
        ],
        "queue_times_url": ride_url(entry.park_id, entry.ride_id),
    }

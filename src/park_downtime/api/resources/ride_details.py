"""`/api/rides/{ride_id}/details`: one ride's status, figures, last 90 days and outages."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date, datetime, timedelta
from typing import Any

from park_downtime.api.fields import (
    minutes,
    of_lost_days,
    park_operated,
    period_fields,
    ride_url,
    status_of,
    wait_of,
    was_observed,
)
from park_downtime.api.outage_figures import back_again_counts, outage_figures
from park_downtime.api.request_context import RequestContext, Single
from park_downtime.api.resources.park_details import ride_period
from park_downtime.api.resources.rides_downtime import identity
from park_downtime.database.corrections import voided_since
from park_downtime.database.edges import edges_between
from park_downtime.database.entries import Entry, entries
from park_downtime.database.parks import ParkRow
from park_downtime.database.past_closures import closures_of_ride
from park_downtime.database.ride_history import ParkDayRow, park_days, ride_days
from park_downtime.model import StretchKind
from park_downtime.periods import DAY, DateRange, day_range, local_date, start_of_day
from park_downtime.reports.idle_rides import ride_idle_since
from park_downtime.reports.live import ride_statuses
from park_downtime.reports.park_day import DayNotKept, day_timeline
from park_downtime.reports.rankings import RideFigures
from park_downtime.statistics.days import LOST, LOST_SINCE_METHOD, DayClosure
from park_downtime.statistics.measures import Measures
from park_downtime.statistics.outages import HAVE_LENGTH, lengths_of
from park_downtime.statistics.told_closures import id_of
from park_downtime.timeline.closures import Stretch
from park_downtime.timeline.habits import LOOKS_BACK, Edge, usual_clock
from park_downtime.timeline.judge import is_park_wide
from park_downtime.timeline.spans import Span, seconds, within
from park_downtime.timeline.voided import unknown_spans

DAYS_SHOWN = 90
DAYS_COMPARED = 365
LOST_MINUTES = ("late_start_minutes", "did_not_reopen_minutes")
FIGURES = (
    "uptime_minutes",
    "downtime_minutes",
    "ongoing_minutes",
    "park_wide_minutes",
    "late_start_minutes",
    "late_opening_minutes",
    "did_not_reopen_minutes",
    "early_close_minutes",
    "unknown_minutes",
    "outage_count",
)


def ride_details(context: RequestContext) -> Single:
    ride = context.ride(context.values["ride_id"])
    park = context.as_of.parks[ride.park_id]
    rides = context.rides({park.park_id}, context.period)
    facts = context.facts_of_period(rides.sums)
    entry = entries(context.connection, ride_ids=[ride.ride_id])[ride.ride_id]
    said = ride_statuses(
        context.connection, context.as_of, context.now, {ride.ride_id: park.park_id}, ride_ids=[ride.ride_id]
    )
    now = said.get(ride.ride_id)
    own = [place for place in rides.listed if rides.rides.ride_ids[place] == ride.ride_id]
    row = next(iter(rides.whole(own)), None)
    closures = _of_period(context, park, ride.ride_id)
    ongoing = _ongoing(context, park, row)
    days = _days(context, park, ride.ride_id)
    data = {
        **identity(entry, park),
        "land": entry.land,
        "timezone": park.timezone,
        "tier_reason": entry.tier_reason,
        "category": entry.category,
        "is_counted": entry.is_counted,
        "current_status": status_of(now),
        "down_since": None if now is None else now.down_since,
        "back_today_percentage": None if now is None else now.back_today_percentage,
        "current_wait_time": wait_of(now),
        "tracking_since": ride.first_seen_at,
        "statistics": _statistics(entry, row, closures) | of_lost_days(rides.days_lost_known(park.park_id)),
        "back_again": _back_again(context, park, ongoing),
        **_usual_hours(context, park, entry),
        "not_operated_since": ride_idle_since(context.connection, context.as_of, park.park_id, ride.ride_id),
        "days": days,
        "outages": [
            *(_outage(each) for each in ongoing),
            *(_outage(each) for each in closures if each.kind is StretchKind.OUTAGE),
        ],
        "edges": [_edge(each) for each in closures if each.due_at is not None],
        "queue_times_url": ride_url(park.park_id, ride.ride_id),
    }
    return Single(data, period_fields(context.period, facts))


def _statistics(entry: Entry, row: RideFigures | None, closures: Sequence[DayClosure]) -> dict[str, Any]:
    parts = Measures() if row is None else row.current
    return {
        **ride_period(parts),
        **outage_figures(parts, lengths_of(closures) if entry.is_counted else []),
        "trend_percentage": None if row is None else row.trend,
    }


def _back_again(
    context: RequestContext, park: ParkRow, ongoing: Sequence[DayClosure]
) -> dict[str, Any] | None:
    """By the ride's own closures of a year before the one that goes on."""
    if not ongoing:
        return None
    [lasting] = ongoing
    today = context.as_of.today(park)
    dates = DateRange(today - timedelta(days=DAYS_COMPARED), today)
    past = _closures(context, lasting.ride_id, dates, HAVE_LENGTH)
    return back_again_counts(lengths_of(past), lasting.seconds)


def _days(context: RequestContext, park: ParkRow, ride_id: int) -> list[dict[str, Any]]:
    if context.as_of.instant is None:
        return []
    today = context.as_of.today(park)
    first = today - timedelta(days=DAYS_SHOWN - 1)
    of_ride = ride_days(context.connection, ride_id, first, today)
    of_park = park_days(context.connection, park.park_id, first, today)
    voided = voided_since(context.connection, park.park_id, start_of_day(first, park.zone))
    unknown = unknown_spans(voided, ride_id)
    return [
        day_row(day, of_ride.get(day), of_park.get(day), bool(within(unknown, *day_range(day, park.zone))))
        for day in (first + timedelta(days=offset) for offset in range(DAYS_SHOWN))
    ]


def _of_period(context: RequestContext, park: ParkRow, ride_id: int) -> list[DayClosure]:
    return [] if context.as_of.instant is None else _closures(context, ride_id, context.dates_in(park))


def _closures(
    context: RequestContext, ride_id: int, dates: DateRange, kinds: Collection[StretchKind] = LOST
) -> list[DayClosure]:
    if context.as_of.instant is None:
        return []
    return closures_of_ride(context.connection, ride_id, dates, context.as_of.instant, kinds)


def _usual_hours(context: RequestContext, park: ParkRow, entry: Entry) -> dict[str, str | None]:
    """By the clock on the wall of its park; null before it has a habit."""
    at = context.as_of.instant
    past = (
        []
        if at is None or not entry.is_counted
        else edges_between(context.connection, park.park_id, at - LOOKS_BACK, at, entry.ride_id)
    )
    return {
        "usual_opening": _wall_clock(usual_clock(Edge.OPENING, past, entry.ride_id, park.zone)),
        "usual_closing": _wall_clock(usual_clock(Edge.CLOSING, past, entry.ride_id, park.zone)),
    }


def _wall_clock(seconds: float | None) -> str | None:
    if seconds is None:
        return None
    hour, minute = divmod(round(seconds / 60), 60)
    return f"{hour % 24:02}:{minute:02}"


def _outage(closure: DayClosure) -> dict[str, Any]:
    is_over = closure.kind is not StretchKind.ONGOING
    return {
        "outage_id": str(id_of(closure)),
        "started_at": closure.started_at,
        "ended_at": closure.ended_at if is_over else None,
        "minutes": minutes(closure.seconds),
        "park_wide": is_park_wide(closure.seconds, closure.park_wide_seconds),
        "ongoing": not is_over,
        "is_incident": closure.is_incident,
    }


def _edge(closure: DayClosure) -> dict[str, Any]:
    """What lay beyond the ride's own habit: never in the downtime."""
    return {
        "outage_id": str(id_of(closure)),
        "kind": closure.kind,
        "started_at": closure.started_at,
        "due_at": closure.due_at,
        "ended_at": closure.ended_at,
        "minutes": minutes(closure.seconds),
    }


def _ongoing(context: RequestContext, park: ParkRow, row: RideFigures | None) -> list[DayClosure]:
    """The closure that lasts still and is not judged; looked for only where there is one."""
    if row is None or not row.current.ongoing_seconds:
        return []
    try:
        drawn = day_timeline(context.connection, park, context.as_of.today(park), context.as_of)
    except DayNotKept:
        return []
    closed = lasting_closure([each.stretch for each in drawn.rides.get(row.ride.ride_id, ())])
    if not closed:
        return []
    started_at, ended_at = _told_start(context, park, row.ride.ride_id, closed[0][0]), closed[-1][1]
    return [
        DayClosure(
            ride_id=row.ride.ride_id,
            kind=StretchKind.ONGOING,
            stat_date=local_date(started_at, park.zone),
            started_at=started_at,
            ended_at=ended_at,
            due_at=None,
            seconds=int(seconds(closed)),
            park_wide_seconds=0,
            is_incident=True,
        )
    ]


def _told_start(context: RequestContext, park: ParkRow, ride_id: int, drawn_from: datetime) -> datetime:
    """Of one that has gone on since before midnight the day shows a part: its id has where it began."""
    today = context.as_of.today(park)
    told = _closures(context, ride_id, DateRange(today - DAY, today), [StretchKind.ONGOING])
    return max((each.started_at for each in told if each.started_at <= drawn_from), default=drawn_from)


def lasting_closure(stretches: Sequence[Stretch]) -> list[Span]:
    """Of a ride's day the known time of the closure that it is in. One that ended may be ongoing too, until
    it is known whether the park had closed with it.
    """
    opened = max((each.end for each in stretches if each.kind is StretchKind.OPEN), default=None)
    return [
        (each.start, each.end)
        for each in stretches
        if each.kind is StretchKind.ONGOING and (opened is None or each.start >= opened)
    ]


def day_row(
    day: date, ride: Measures | None, park: ParkDayRow | None, is_corrected: bool = False
) -> dict[str, Any]:
    """`is_corrected`: the operator made a part of it unknown."""
    return {
        "date": day,
        "operated": None if ride is None or not was_observed(ride) else ride.days_operated > 0,
        "park_operated": park_operated(park),
        **(dict.fromkeys(FIGURES) if ride is None else _figures(ride)),
        **({} if park is None or park.method_version >= LOST_SINCE_METHOD else dict.fromkeys(LOST_MINUTES)),
        "corrected": is_corrected,
    }


def _figures(ride: Measures) -> dict[str, Any]:
    return {
        "uptime_minutes": minutes(ride.open_seconds),
        "downtime_minutes": minutes(ride.downtime_seconds),
        "ongoing_minutes": minutes(ride.ongoing_seconds),
        "park_wide_minutes": minutes(ride.park_wide_seconds),
        "late_start_minutes": minutes(ride.late_start_seconds),
        "late_opening_minutes": minutes(ride.late_opening_seconds),
        "did_not_reopen_minutes": minutes(ride.did_not_reopen_seconds),
        "early_close_minutes": minutes(ride.early_close_seconds),
        "unknown_minutes": minutes(ride.unknown_seconds),
        "outage_count": ride.outage_count,
    }

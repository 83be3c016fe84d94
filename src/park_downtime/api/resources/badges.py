"""`/badges/parks/{park_id}.svg` and `/badges/rides/{ride_id}.svg`: one figure for pages of others."""

from __future__ import annotations

from typing import assert_never

from park_downtime.api.badge import Badge, Ground
from park_downtime.api.fields import percentage, status_of, was_observed
from park_downtime.api.pages.live import local_time
from park_downtime.api.request_context import RequestContext
from park_downtime.database.entries import entries
from park_downtime.database.parks import ParkRow
from park_downtime.database.ride_history import RideIdentity
from park_downtime.model import Days, Status
from park_downtime.named_periods import Period, PeriodKind
from park_downtime.reports.live import ride_statuses
from park_downtime.reports.rankings import OBSERVED_OPERATION, CountedRides
from park_downtime.statistics.measures import Measures

MOST_MINUTES_SPELLED = 100 * 60
"""Beyond so many, minutes are noise."""
GROUNDS = {
    Status.RUNNING: Ground.RUNNING,
    Status.DOWN: Ground.DOWN,
    Status.CLOSED: Ground.UNKNOWN,
    Status.UNKNOWN: Ground.UNKNOWN,
}


def park_badge(context: RequestContext) -> Badge:
    park = context.park(context.values["park_id"])
    rides = context.rides({park.park_id}, context.period, OBSERVED_OPERATION)
    if context.values["metric"] == "status":
        return _status_of_park(context, park, rides)
    parts = rides.current.total(range(len(rides.rides.ride_ids)))
    return _figure(context, park.name, parts if was_observed(parts) else None)


def ride_badge(context: RequestContext) -> Badge:
    ride = context.ride(context.values["ride_id"])
    if context.values["metric"] == "status":
        return _status_of_ride(context, ride)
    rides = context.rides({ride.park_id}, context.period)
    is_counted = entries(context.connection, ride_ids=[ride.ride_id])[ride.ride_id].is_counted
    own = [ride.ride_id] if is_counted else []
    parts = rides.sums.rides(Days.CURRENT, OBSERVED_OPERATION, own).of(own).measures()
    return _figure(context, ride.name, next(filter(was_observed, parts), None))


def _figure(context: RequestContext, name: str, parts: Measures | None) -> Badge:
    """`parts`: None where nothing was observed."""
    period, metric = context.period, context.values["metric"]
    shown, said = (None, None) if parts is None else _told(metric, parts)
    about = f"{metric}, {period_in_words(period)}"
    if shown is None or said is None or parts is None:
        missing = f"no data on {metric}, {period_in_words(period)}"
        return Badge(name, "no data", about, missing, Ground.UNKNOWN)
    observed = _shown_share(percentage(parts.coverage_share))
    in_words = f"{said} {metric}, {period_in_words(period)}, {observed} of the time observed"
    return Badge(name, shown, about, in_words, Ground.FIGURE)


def _told(metric: str, parts: Measures) -> tuple[str, str] | tuple[None, None]:
    """What is shown, and the same to be read aloud."""
    share = percentage(parts.uptime_share)
    if share is None:  # its rides were watched, and none of them was due to be open
        return None, None
    if metric == "uptime":
        return _shown_share(share), _shown_share(share)
    return short_duration(parts.downtime_seconds), spoken_duration(parts.downtime_seconds)


def _shown_share(percent: float | None) -> str:
    """All but a little is not all, and a little is not nothing."""
    if percent is None:
        return "nothing"
    rounded = round(percent, 1)
    if rounded in (0.0, 100.0):
        return f"{rounded:.0f} %" if percent == rounded else f"{0.1 if percent < 1 else 99.9} %"
    return f"{rounded} %"


def short_duration(seconds: int) -> str:
    """As the dashboard writes it."""
    minutes = round(seconds / 60)
    if minutes == 0:
        return "under 1 m" if seconds else "0 m"
    if minutes < 60:
        return f"{minutes} m"
    if minutes >= MOST_MINUTES_SPELLED:
        return f"{round(seconds / 3600):,} h"
    return f"{minutes // 60} h {minutes % 60:02} m"


def spoken_duration(seconds: int) -> str:
    words = short_duration(seconds).split()
    if words[0] == "under":
        return "under 1 minute of"
    units = {"h": "hour", "m": "minute"}
    pairs = zip(words[::2], words[1::2], strict=True)
    told = [f"{count.lstrip('0') or '0'} {units[unit]}{'' if count == '1' else 's'}" for count, unit in pairs]
    return f"{' '.join(told)} of"


def period_in_words(period: Period) -> str:
    match period.kind:
        case PeriodKind.SEVEN_DAYS | PeriodKind.THIRTY_DAYS:
            return f"last {period.days} days"
        case PeriodKind.RANGE:
            return period.name.replace("..", " to ")
        case (
            PeriodKind.TODAY
            | PeriodKind.YESTERDAY
            | PeriodKind.DAY
            | PeriodKind.WEEK
            | PeriodKind.MONTH
            | PeriodKind.YEAR
        ):
            return period.name
        case _:
            assert_never(period.kind)


def _status_of_park(context: RequestContext, park: ParkRow, rides: CountedRides) -> Badge:
    is_open = context.running().get(park.park_id)
    if is_open is None:
        return _status(context, park, park.name, None, Ground.UNKNOWN)
    if not is_open:
        return _status(context, park, park.name, "closed", Ground.UNKNOWN)
    down = sum(row.status is Status.DOWN for row in rides.statuses.values())
    beside = f", {down} ride{'' if down == 1 else 's'} down" if down else ""
    return _status(context, park, park.name, f"open{beside}", Ground.RUNNING)


def _status_of_ride(context: RequestContext, ride: RideIdentity) -> Badge:
    park = context.as_of.parks[ride.park_id]
    said = ride_statuses(
        context.connection, context.as_of, context.now, {ride.ride_id: park.park_id}, ride_ids=[ride.ride_id]
    )
    status = status_of(said.get(ride.ride_id))
    word = None if status is Status.UNKNOWN else status.value.lower()
    return _status(context, park, ride.name, word, GROUNDS[status])


def _status(context: RequestContext, park: ParkRow, name: str, status: str | None, ground: Ground) -> Badge:
    """With its time: some hosts of pages keep pictures for hours."""
    if status is None or context.as_of.instant is None:
        return Badge(name, "unknown", "no reading holds", "status unknown, no reading holds", ground)
    at = local_time(context.as_of.instant, park.timezone)
    return Badge(name, status, at, f"{status} at {at}", ground)

"""`/api/now`: rides that are down at this moment, longest first."""

from __future__ import annotations

from park_downtime.api.fields import minutes, ride_url
from park_downtime.api.request_context import RequestContext
from park_downtime.api.resources.rides_downtime import identity
from park_downtime.api.table import Table
from park_downtime.database.readings import last_waits


def now(context: RequestContext) -> Table:
    at = context.as_of.instant
    if at is None:
        return Table("NowRow", [])
    wanted, known = context.wanted_parks(), context.entries()
    down = [
        (row.down_since, known[ride_id], row.back_today_percentage)
        for ride_id, row in context.statuses().items()
        if row.down_since is not None and row.park_id in wanted and ride_id in known
    ]
    down.sort(key=lambda ride: (ride[0], ride[1].name))
    earliest = min((since for since, _, _ in down), default=at)
    waits = last_waits(context.connection, [entry.ride_id for _, entry, _ in down], earliest, at)
    rows = []
    for place, (since, entry, back_today) in enumerate(down, start=1):
        park = context.as_of.parks[entry.park_id]
        rows.append(
            {
                "rank": place,
                **identity(entry, park),
                "timezone": park.timezone,
                "down_since": since,
                "minutes": minutes((at - since).total_seconds()),
                "back_today_percentage": back_today,
                "last_wait_time": waits.get(entry.ride_id),
                "queue_times_url": ride_url(park.park_id, entry.ride_id),
            }
        )
    return Table("NowRow", rows)

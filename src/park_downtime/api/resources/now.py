"""`/api/now`: rides that are down at this moment, longest first."""

from __future__ import annotations

from park_downtime.api.fields import minutes, ride_url
from park_downtime.api.request_context import RequestContext
from park_downtime.api.resources.rides_downtime import identity
from park_downtime.api.table import RowList, Table
from park_downtime.database.readings import last_waits
from park_downtime.reports.live import down_now
from park_downtime.statistics.told_closures import ClosureId


def now(context: RequestContext) -> Table:
    at = context.as_of.instant
    if at is None:
        return Table("NowRow", RowList())
    found = down_now(context.connection, context.as_of, context.now, context.wanted_parks())
    down = [
        (row.down_since, entry, row.back_today_percentage)
        for entry, row in found
        if row.down_since is not None
    ]
    down.sort(key=lambda ride: (ride[0], ride[1].name))
    earliest = min((since for since, _, _ in down), default=at)
    waits = last_waits(context.connection, [entry.ride_id for _, entry, _ in down], earliest, at)
    rows = RowList()
    for place, (since, entry, back_today) in enumerate(down, start=1):
        park = context.as_of.parks[entry.park_id]
        rows.append(
            {
                "rank": place,
                **identity(entry, park),
                "timezone": park.timezone,
                "outage_id": str(ClosureId(entry.ride_id, since)),
                "down_since": since,
                "minutes": minutes((at - since).total_seconds()),
                "back_today_percentage": back_today,
                "last_wait_time": waits.get(entry.ride_id),
                "queue_times_url": ride_url(park.park_id, entry.ride_id),
            }
        )
    return Table("NowRow", rows)

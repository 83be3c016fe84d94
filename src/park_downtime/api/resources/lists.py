"""`/api/parks` and `/api/rides`: everything that is tracked."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import compress
from typing import Any

from park_downtime.api.envelope import exact
from park_downtime.api.fields import location, park_url, ride_url, tier_label
from park_downtime.api.request_context import RequestContext
from park_downtime.api.table import Row, RowList, Table
from park_downtime.database.counted_rides import counted_rides
from park_downtime.database.entries import Entry, entries
from park_downtime.judging.moment import AsOf
from park_downtime.reports.idle_rides import idle_since


def parks(context: RequestContext) -> Table:
    wanted = context.wanted_parks()
    groups, running, disney_universal = context.group_names(), context.running(), context.disney_universal()
    known = counted_rides(context.connection, wanted)
    counted = Counter(compress(known.park_ids, known.are_active))
    rows = RowList(
        {
            "park_id": park.park_id,
            "park_name": park.name,
            "location": location(park),
            "city": park.city,
            "state": park.state_province,
            "country": park.country,
            "latitude": exact(park.latitude),
            "longitude": exact(park.longitude),
            "operator": park.operator,
            "group_name": groups.get(park.park_id),
            "is_disney_universal": park.park_id in disney_universal,
            "timezone": park.timezone,
            "total_rides_tracked": counted[park.park_id],
            "is_open_now": running.get(park.park_id),
            "queue_times_url": park_url(park.park_id),
        }
        for park in context.as_of.parks.values()
        if park.park_id in wanted
    )
    rows.sort(key=lambda row: str(row["park_name"]).casefold())
    return Table("ParkEntry", rows, sorted_by="park_name")


def rides(context: RequestContext) -> Table:
    wanted = context.wanted_parks()
    own = [entry for entry in entries(context.connection, wanted).values() if entry.is_active]
    own.sort(key=lambda entry: (entry.name.casefold(), entry.ride_id))
    since = idle_since(context.connection, context.as_of, wanted)
    return Table("RideEntry", EntryRows(context.as_of, own, since), sorted_by="ride_name")


@dataclass(frozen=True, slots=True)
class EntryRows:
    as_of: AsOf
    entries: list[Entry]
    idle_since: Mapping[int, date]

    def __len__(self) -> int:
        return len(self.entries)

    def values(self, field_name: str) -> Sequence[Any]:
        return [self._ride(entry)[field_name] for entry in self.entries]

    def at(self, places: Sequence[int]) -> list[Row]:
        return [self._ride(self.entries[place]) for place in places]

    def _ride(self, entry: Entry) -> dict[str, Any]:
        park, category = self.as_of.parks[entry.park_id], entry.category
        return {  # as they are described and written: of 5,000 every step more is seen
            "ride_id": entry.ride_id,
            "ride_name": entry.name,
            "park_id": park.park_id,
            "park_name": park.name,
            "land": entry.land,
            "category": None if category is None else category.value,
            "is_counted": entry.is_counted,
            "tier": entry.tier,
            "tier_label": tier_label(entry.tier),
            "timezone": park.timezone,
            "not_operated_since": self.idle_since.get(entry.ride_id),
            "queue_times_url": ride_url(park.park_id, entry.ride_id),
        }

"""Keep a park's rides in step with a payload: what changed is decided, then written."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from typing import Protocol

from sqlalchemy import Connection

from park_downtime.collection.ride_changes import RideChanges, decide, decide_late
from park_downtime.collection.ride_listings import listings_of
from park_downtime.collection.sync_lands import sync_lands
from park_downtime.database.daily import forget_moved
from park_downtime.database.parks import ParkRow
from park_downtime.database.rides import (
    LandRow,
    RideRow,
    add_rides,
    change_ride,
    keep_former_name,
    rides_of,
    save_classifications,
)
from park_downtime.model import Classification, ParkReadings, RideReading
from park_downtime.periods import local_date


class Classifies(Protocol):
    """Answers what an entry of the feed is."""

    def classify(self, park_id: int, ride_id: int, name: str, land: str | None) -> Classification: ...


@dataclass(frozen=True, slots=True)
class SyncedRides:
    """The park's rides, the readings to store, and those of them that say something of the park."""

    rides: dict[int, RideRow]
    stored: tuple[RideReading, ...]
    observed: tuple[RideReading, ...]


def sync_rides(
    connection: Connection,
    park: ParkRow,
    readings: ParkReadings,
    at: datetime,
    classifier: Classifies,
    lands: Sequence[LandRow] | None = None,
    is_late: bool = False,
) -> SyncedRides:
    """`lands`: those of the park, where they are known already. `is_late`: later readings of the park are
    stored already; what they say of rides stands.
    """
    said = {reading.ride_id: reading for reading in readings.readings}
    known = rides_of(connection, park.park_id, also=said)
    keys = sync_lands(
        connection,
        park.park_id,
        (reading.land for reading in said.values() if reading.name is not None and reading.land is not None),
        lands,
    )
    today = local_date(at, park.zone)
    if is_late:
        changes = decide_late(park.park_id, said, known, keys)
    else:
        listings = listings_of(connection, park, today, at, known.values())
        changes = decide(park.park_id, today, at, said, known, keys, listings)
    add_rides(connection, changes.new, at)
    for row in changes.changed:
        change_ride(connection, row)
        if row.park_id != known[row.ride_id].park_id:
            forget_moved(connection, known[row.ride_id].park_id, row.ride_id, today)
    for ride_id, name in changes.former_names.items():
        keep_former_name(connection, ride_id, name, at)
    rides = _classified(connection, park.park_id, changes, said, classifier, at)
    # An odd entry without a name cannot become a ride, so there is nothing that it speaks of.
    stored = tuple(r for r in readings.readings if r.ride_id in rides or r.ride_id in changes.foreign)
    return SyncedRides(rides, stored, tuple(r for r in stored if r.ride_id in rides))


def _classified(
    connection: Connection,
    park_id: int,
    changes: RideChanges,
    said: Mapping[int, RideReading],
    classifier: Classifies,
    at: datetime,
) -> dict[int, RideRow]:
    """The park's rides as they are stored now, those that needed it classified anew."""
    fresh = {}
    for ride_id in sorted(changes.to_classify):
        land = said[ride_id].land
        name = changes.own[ride_id].name
        fresh[ride_id] = classifier.classify(park_id, ride_id, name, None if land is None else land.name)
    save_classifications(connection, fresh, at)
    return {
        ride_id: replace(row, category=fresh[ride_id].category, first_seen_at=row.first_seen_at or at)
        if ride_id in fresh
        else row
        for ride_id, row in changes.own.items()
    }

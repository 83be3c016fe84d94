"""The counted rides of a park, with the life in which something is expected of them."""

from __future__ import annotations

from sqlalchemy import Connection, select

from park_downtime.database.tables import ride_classifications, rides
from park_downtime.model import Category
from park_downtime.statistics.days import RideLife

COUNTED = [category for category in Category if category.is_counted]


def counted_rides(connection: Connection, park_id: int) -> dict[int, RideLife]:
    """Rides and water slides that belong to the park now, inactive ones included."""
    query = (
        select(rides.c.ride_id, rides.c.first_seen_at, rides.c.inactive_since)
        .join(ride_classifications, ride_classifications.c.ride_id == rides.c.ride_id)
        .where(rides.c.park_id == park_id, ride_classifications.c.category.in_(COUNTED))
    )
    return {
        row.ride_id: RideLife(row.ride_id, row.first_seen_at, row.inactive_since)
        for row in connection.execute(query)
    }

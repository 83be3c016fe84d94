"""The counted rides of a park, with the life in which something is expected of them."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection, or_, select

from park_downtime.database.tables import ride_classifications, rides
from park_downtime.model import Category
from park_downtime.periods import Zone, start_of_day
from park_downtime.statistics.days import RideLife

COUNTED = [category for category in Category if category.is_counted]


def counted_rides(
    connection: Connection, park_id: int, zone: Zone, also: Iterable[int] = ()
) -> dict[int, RideLife]:
    """Rides and water slides that belong to the park, inactive ones included, and those of `also`,
    which have runs in it: a ride that moved away was this park's until then.
    """
    c = rides.c
    query = (
        select(c.ride_id, c.park_id, c.first_seen_at, c.inactive_since, c.next_park_id, c.moves_on)
        .join(ride_classifications, ride_classifications.c.ride_id == c.ride_id)
        .where(
            or_(c.park_id == park_id, c.ride_id.in_(sorted(also))),
            ride_classifications.c.category.in_(COUNTED),
        )
    )
    lives = {}
    for row in connection.execute(query):
        first, last = row.first_seen_at, row.inactive_since
        if row.moves_on is not None and row.next_park_id is None:
            moved_at = start_of_day(row.moves_on, zone)
            if row.park_id == park_id:
                first = max(first, moved_at)
            else:
                last = moved_at if last is None else min(last, moved_at)
        lives[row.ride_id] = RideLife(row.ride_id, first, last)
    return lives

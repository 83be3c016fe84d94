"""The counted rides of some parks, as far as an order of thousands needs them."""

from __future__ import annotations

from collections.abc import Collection
from itertools import starmap
from typing import NamedTuple

from sqlalchemy import Connection, select

from park_downtime.database.packed import read_columns
from park_downtime.database.rides import COUNTED
from park_downtime.database.tables import ride_classifications, rides

_c = rides.c


class CountedRide(NamedTuple):
    """`tier` is None where nothing places the ride; one that is not active any more has a past."""

    ride_id: int
    park_id: int
    name: str
    tier: int | None
    is_active: int


def counted_rides(connection: Connection, park_ids: Collection[int]) -> list[CountedRide]:
    query = (
        select(
            _c.ride_id,
            _c.park_id,
            _c.name,
            ride_classifications.c.tier,
            _c.inactive_since.is_(None),
        )
        .join_from(rides, ride_classifications)
        .where(ride_classifications.c.category.in_(COUNTED), _c.park_id.in_(sorted(park_ids)))
    )
    return list(starmap(CountedRide, zip(*read_columns(connection, query), strict=True)))

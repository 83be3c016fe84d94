"""The counted rides of some parks, as far as an order of thousands needs them: column by column."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from park_downtime.database.packed import read_columns
from park_downtime.database.rides import COUNTED
from park_downtime.database.tables import ride_classifications, rides

_c = rides.c


class CountedRide(NamedTuple):
    """`tier` is None where nothing places the ride."""

    ride_id: int
    park_id: int
    name: str
    tier: int | None


@dataclass(frozen=True)
class RideColumns:
    """What stands at the same place in each list is of one ride; one that is not active has a past."""

    ride_ids: list[int]
    park_ids: list[int]
    names: list[str]
    tiers: list[int | None]
    are_active: list[bool]

    def __len__(self) -> int:
        return len(self.ride_ids)

    def __getitem__(self, place: int) -> CountedRide:
        return CountedRide(self.ride_ids[place], self.park_ids[place], self.names[place], self.tiers[place])

    @cached_property
    def park_of(self) -> dict[int, int]:
        """The park of each, by ride id."""
        return dict(zip(self.ride_ids, self.park_ids, strict=True))


_OF_PARKS = (
    select(_c.ride_id, _c.park_id, _c.name, ride_classifications.c.tier, _c.inactive_since.is_(None))
    .join_from(rides, ride_classifications)
    .where(
        ride_classifications.c.category.in_(COUNTED), _c.park_id.in_(bindparam("park_ids", expanding=True))
    )
)


def counted_rides(connection: Connection, park_ids: Collection[int]) -> RideColumns:
    return RideColumns(*read_columns(connection, _OF_PARKS, {"park_ids": sorted(park_ids)}))

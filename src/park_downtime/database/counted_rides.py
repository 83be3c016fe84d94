"""The counted rides of some parks, as far as an order of thousands needs them: column by column."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from functools import cached_property
from itertools import compress
from typing import NamedTuple

from sqlalchemy import Connection, bindparam, select

from park_downtime.database.entries import FEW_PARKS
from park_downtime.database.packed import read_columns
from park_downtime.database.rides import COUNTED
from park_downtime.database.tables import ride_classifications, rides

_c = rides.c
_class = ride_classifications.c


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


_RIDES = select(_c.ride_id, _c.park_id, _c.name, _c.inactive_since.is_(None))
_CLASSES = select(_class.ride_id, _class.tier).where(_class.category.in_(COUNTED))
_OF_PARKS = (
    select(_c.ride_id, _c.park_id, _c.name, _class.tier, _c.inactive_since.is_(None))
    .join_from(rides, ride_classifications)
    .where(_class.category.in_(COUNTED), _c.park_id.in_(bindparam("park_ids", expanding=True)))
)


def counted_rides(connection: Connection, park_ids: Collection[int]) -> RideColumns:
    if len(park_ids) <= FEW_PARKS:
        return RideColumns(*read_columns(connection, _OF_PARKS, {"park_ids": sorted(park_ids)}))
    tier_of = dict(zip(*read_columns(connection, _CLASSES), strict=True))
    columns = read_columns(connection, _RIDES)
    wanted = set(park_ids)
    belongs = [
        ride_id in tier_of and park_id in wanted for ride_id, park_id in zip(*columns[:2], strict=True)
    ]
    ride_ids, in_parks, names, are_active = (list(compress(column, belongs)) for column in columns)
    return RideColumns(ride_ids, in_parks, names, [tier_of[ride_id] for ride_id in ride_ids], are_active)

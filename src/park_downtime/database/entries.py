"""What the feed lists of each park, whatever it is: rides, shows, play areas."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from functools import lru_cache
from typing import Any, NamedTuple

from sqlalchemy import Connection, Select, bindparam, select

from park_downtime.database.packed import read_columns
from park_downtime.database.tables import lands, parks, ride_classifications, rides
from park_downtime.model import Category
from park_downtime.statistics.scores import tier_or_default

FEW_PARKS = 20
"""Of more, tables from end to end are read in half the time that a join of them takes, ride by ride."""

_ride = rides.c
_class = ride_classifications.c


class Entry(NamedTuple):
    """`tier` is the stored one, None where nothing places the entry."""

    ride_id: int
    park_id: int
    name: str
    land: str | None
    category: Category | None
    tier: int | None
    tier_reason: str | None
    is_active: bool

    @property
    def is_counted(self) -> bool:
        return self.category is not None and self.category.is_counted

    @property
    def weighted_tier(self) -> int:
        """The tier that weights use: 2 where there is none."""
        return tier_or_default(self.tier)


def entries(
    connection: Connection,
    park_ids: Collection[int] | None = None,
    ride_ids: Collection[int] | None = None,
) -> dict[int, Entry]:
    """By ride id, of some parks or some rides; inactive ones too, which have a past."""
    if ride_ids is None and (park_ids is None or len(park_ids) > FEW_PARKS):
        found = _all_entries(connection, park_ids)
    else:
        found = _some_entries(connection, park_ids, ride_ids)
    return {entry.ride_id: entry for entry in found}


def _some_entries(
    connection: Connection, park_ids: Iterable[int] | None, ride_ids: Iterable[int] | None
) -> Iterator[Entry]:
    bound = {}
    if park_ids is not None:
        bound["park_ids"] = sorted(park_ids)
    if ride_ids is not None:
        bound["ride_ids"] = sorted(ride_ids)
    query = _entries(park_ids is not None, ride_ids is not None)
    return map(Entry._make, zip(*read_columns(connection, query, bound), strict=True))


@lru_cache
def _entries(of_parks: bool, of_rides: bool) -> Select[Any]:
    query = (
        select(
            _ride.ride_id,
            _ride.park_id,
            _ride.name,
            lands.c.name,
            _class.category,
            _class.tier,
            _class.reason,
            _ride.inactive_since.is_(None),
        )
        .select_from(rides)
        .join(parks, parks.c.park_id == _ride.park_id)
        .outerjoin(lands, lands.c.land_key == _ride.land_key)
        .outerjoin(ride_classifications, _class.ride_id == _ride.ride_id)
        .where(parks.c.is_tracked)
    )
    if of_parks:
        query = query.where(_ride.park_id.in_(bindparam("park_ids", expanding=True)))
    if of_rides:
        query = query.where(_ride.ride_id.in_(bindparam("ride_ids", expanding=True)))
    return query


_TRACKED = select(parks.c.park_id).where(parks.c.is_tracked)
_LANDS = select(lands.c.land_key, lands.c.name)
_CLASSES = select(_class.ride_id, _class.category, _class.tier, _class.reason)
_RIDES = select(_ride.ride_id, _ride.park_id, _ride.name, _ride.land_key, _ride.inactive_since.is_(None))


def _all_entries(connection: Connection, park_ids: Iterable[int] | None) -> Iterator[Entry]:
    wanted = set(connection.scalars(_TRACKED))
    if park_ids is not None:
        wanted.intersection_update(park_ids)
    land_of: dict[int | None, str] = dict(zip(*read_columns(connection, _LANDS), strict=True))
    ride_ids, *classes = read_columns(connection, _CLASSES)
    class_of = dict(zip(ride_ids, zip(*classes, strict=True), strict=True))
    for ride_id, park_id, name, land_key, is_active in zip(*read_columns(connection, _RIDES), strict=True):
        if park_id in wanted:
            category, tier, reason = class_of.get(ride_id, (None, None, None))
            yield Entry(ride_id, park_id, name, land_of.get(land_key), category, tier, reason, is_active)

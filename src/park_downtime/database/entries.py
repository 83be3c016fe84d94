"""Every active entry of the tracked parks, with what it is and how much it matters."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy import Connection, select

from park_downtime.database.tables import lands, parks, ride_classifications, rides
from park_downtime.model import Category
from park_downtime.statistics.scores import tier_or_default


@dataclass(frozen=True, slots=True)
class Entry:
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


def entries(connection: Connection, park_ids: Iterable[int] | None = None) -> dict[int, Entry]:
    """By ride id; inactive ones too, which have a past."""
    query = (
        select(
            rides.c.ride_id,
            rides.c.park_id,
            rides.c.name,
            lands.c.name.label("land"),
            ride_classifications.c.category,
            ride_classifications.c.tier,
            ride_classifications.c.reason,
            rides.c.inactive_since,
        )
        .select_from(rides)
        .join(parks, parks.c.park_id == rides.c.park_id)
        .outerjoin(lands, lands.c.land_key == rides.c.land_key)
        .outerjoin(ride_classifications, ride_classifications.c.ride_id == rides.c.ride_id)
        .where(parks.c.is_tracked)
    )
    if park_ids is not None:
        query = query.where(rides.c.park_id.in_(sorted(park_ids)))
    return {row[0]: Entry(*row[:-1], is_active=row[-1] is None) for row in connection.execute(query).all()}

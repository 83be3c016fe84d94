"""Rides, the lands they stand in, their former names and what each entry is."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, Select, bindparam, delete, func, insert, select, update

from park_downtime.database.packed import read_columns
from park_downtime.database.tables import lands, ride_classifications, ride_names, rides
from park_downtime.database.upsert import upsert
from park_downtime.model import Category, Classification, Land
from park_downtime.periods import Zone, start_of_day
from park_downtime.statistics.days import RideLife
from park_downtime.timeline.presence import Presence

NAME_LENGTH = 255
COUNTED = [category for category in Category if category.is_counted]


@dataclass(frozen=True, slots=True)
class RideRow:
    """A ride as stored. `category` is None only until it has been classified.

    A ride that turned up in `next_park_id` becomes that park's on the local day `moves_on` there;
    after that `moves_on` is the day since which it has belonged to `park_id`. `first_seen_at` is None of a
    ride that is not stored yet.
    """

    ride_id: int
    park_id: int
    name: str
    land_key: int | None
    category: Category | None
    presence: Presence
    next_park_id: int | None = None
    moves_on: date | None = None
    first_seen_at: datetime | None = None

    @property
    def is_counted(self) -> bool:
        return self.category is not None and self.category.is_counted


@dataclass(frozen=True, slots=True)
class LandRow:
    land_key: int
    land_id: int | None
    name: str


def rides_of(
    connection: Connection,
    park_id: int,
    also: Iterable[int] = (),
    own: Mapping[int, RideRow] | None = None,
) -> dict[int, RideRow]:
    """The rides of a park, and those of `also` wherever they stand now. `own`: the park's, where they are
    known already.
    """
    if own is None:
        own = _by_id(connection, _OF_PARK, {"of_park": park_id})
    # A question of its own, and mostly none: a payload names the rides of its own park.
    elsewhere = sorted(set(also) - own.keys())
    if not elsewhere:
        return dict(own)
    return {**own, **_by_id(connection, _THESE, {"ride_ids": elsewhere})}


_RIDES = select(
    rides.c.ride_id,
    rides.c.park_id,
    rides.c.name,
    rides.c.land_key,
    ride_classifications.c.category,
    rides.c.missing_since,
    rides.c.missed_payloads,
    rides.c.inactive_since,
    rides.c.next_park_id,
    rides.c.moves_on,
    rides.c.first_seen_at,
).outerjoin_from(rides, ride_classifications)
_OF_PARK = _RIDES.where(rides.c.park_id == bindparam("of_park"))
_THESE = _RIDES.where(rides.c.ride_id.in_(bindparam("ride_ids", expanding=True)))


def _by_id(connection: Connection, query: Select[Any], bound: Mapping[str, Any]) -> dict[int, RideRow]:
    ids, park_ids, names, land_keys, categories, since, missed, inactive, *others = read_columns(
        connection, query, bound
    )
    presences = map(Presence, since, missed, inactive)
    rows = map(RideRow, ids, park_ids, names, land_keys, categories, presences, *others)
    return dict(zip(ids, rows, strict=True))


def lands_of(connection: Connection, park_id: int) -> list[LandRow]:
    return lands_by_park(connection, [park_id]).get(park_id, [])


def lands_by_park(connection: Connection, park_ids: Collection[int]) -> dict[int, list[LandRow]]:
    query = select(lands.c.park_id, lands.c.land_key, lands.c.land_id, lands.c.name).where(
        lands.c.park_id.in_(sorted(park_ids))
    )
    found: dict[int, list[LandRow]] = {}
    for park_id, *values in connection.execute(query):
        found.setdefault(park_id, []).append(LandRow(*values))
    return found


def add_land(connection: Connection, park_id: int, land: Land) -> int:
    values = {"park_id": park_id, "land_id": land.land_id, "name": land.name[:NAME_LENGTH]}
    key = connection.execute(insert(lands).values(values)).inserted_primary_key
    if key is None:
        raise RuntimeError("the database gave no key for a new land")
    return int(key[0])


def change_land(connection: Connection, land_key: int, land: Land) -> None:
    values = {"land_id": land.land_id, "name": land.name[:NAME_LENGTH]}
    connection.execute(update(lands).where(lands.c.land_key == land_key).values(values))


def add_rides(connection: Connection, rows: Sequence[RideRow], first_seen_at: datetime) -> None:
    if rows:
        connection.execute(
            insert(rides),
            [
                {
                    "ride_id": row.ride_id,
                    "park_id": row.park_id,
                    "land_key": row.land_key,
                    "name": row.name[:NAME_LENGTH],
                    "first_seen_at": first_seen_at,
                    "missed_payloads": 0,
                }
                for row in rows
            ],
        )


def change_ride(connection: Connection, row: RideRow) -> None:
    """Store where the ride stands, what it is called and whether it is still named."""
    connection.execute(
        update(rides)
        .where(rides.c.ride_id == row.ride_id)
        .values(
            park_id=row.park_id,
            land_key=row.land_key,
            name=row.name[:NAME_LENGTH],
            missing_since=row.presence.missing_since,
            missed_payloads=row.presence.missed_payloads,
            inactive_since=row.presence.inactive_since,
            next_park_id=row.next_park_id,
            moves_on=row.moves_on,
        )
    )


def seen_already(connection: Connection, ride_ids: Iterable[int], at: datetime) -> None:
    """Rides that were read earlier than was known."""
    connection.execute(
        update(rides)
        .where(rides.c.ride_id.in_(sorted(ride_ids)), rides.c.first_seen_at > at)
        .values(first_seen_at=at)
    )


def first_reading_of(connection: Connection, park_id: int) -> datetime | None:
    """Since when the park has been watched; its name may have stood in the feed's list for longer."""
    query = select(func.min(rides.c.first_seen_at)).where(rides.c.park_id == park_id)
    first: datetime | None = connection.scalar(query)
    return first


def keep_former_name(connection: Connection, ride_id: int, name: str, used_until: datetime) -> None:
    """One row a name, with its last use: names that come in turns fill no table."""
    earlier = [until for known, until in former_names(connection, ride_id) if known == name]
    if earlier:
        c = ride_names.c
        connection.execute(delete(ride_names).where(c.ride_id == ride_id, c.used_until.in_(earlier)))
    upsert(connection, ride_names, [{"ride_id": ride_id, "used_until": used_until, "name": name}])


def former_names(connection: Connection, ride_id: int) -> list[tuple[str, datetime]]:
    """Names the ride had, oldest first, each with the instant at which it ended."""
    query = select(ride_names.c.name, ride_names.c.used_until).where(ride_names.c.ride_id == ride_id)
    return [(row.name, row.used_until) for row in connection.execute(query.order_by(ride_names.c.used_until))]


def save_classifications(
    connection: Connection, classified: Mapping[int, Classification], at: datetime
) -> None:
    upsert(
        connection,
        ride_classifications,
        [
            {
                "ride_id": ride_id,
                "category": what.category,
                "tier": what.tier,
                "confidence": what.confidence,
                "reason": what.reason[:NAME_LENGTH],
                "source": what.source,
                "classified_at": at,
            }
            for ride_id, what in classified.items()
        ],
    )


@dataclass(frozen=True, slots=True)
class ClassifiedRide:
    """A ride with what classification needs to know of it and what it said last."""

    ride_id: int
    park_id: int
    name: str
    land: str | None
    before: Classification | None


def all_classified(connection: Connection) -> list[ClassifiedRide]:
    known = ride_classifications.c
    query = (
        select(
            rides.c.ride_id,
            rides.c.park_id,
            rides.c.name,
            lands.c.name.label("land"),
            known.category,
            known.tier,
            known.confidence,
            known.reason,
            known.source,
        )
        .select_from(rides)
        .outerjoin(lands, rides.c.land_key == lands.c.land_key)
        .outerjoin(ride_classifications, rides.c.ride_id == known.ride_id)
        .order_by(rides.c.ride_id)
    )
    return [
        ClassifiedRide(
            ride_id=row.ride_id,
            park_id=row.park_id,
            name=row.name,
            land=row.land,
            before=None
            if row.category is None
            else Classification(row.category, row.tier, row.confidence, row.reason, row.source),
        )
        for row in connection.execute(query)
    ]


def counted_rides(
    connection: Connection, park_id: int, zone: Zone, also: Iterable[int] = ()
) -> dict[int, RideLife]:
    """Rides and water slides that belong to the park, inactive ones included, and those of `also`,
    which have runs in it: a ride that moved away was this park's until then.
    """
    return lives_in(park_id, rides_of(connection, park_id, also), zone)


def lives_in(park_id: int, known: Mapping[int, RideRow], zone: Zone) -> dict[int, RideLife]:
    """The lives in a park of those that are rides or water slides."""
    return {ride_id: _life(ride, park_id, zone) for ride_id, ride in known.items() if ride.is_counted}


def _life(ride: RideRow, park_id: int, zone: Zone) -> RideLife:
    first, last = ride.first_seen_at, ride.presence.inactive_since
    if first is None:
        raise ValueError(f"ride {ride.ride_id} is not stored yet")
    if ride.moves_on is not None and ride.next_park_id is None:
        moved_at = start_of_day(ride.moves_on, zone)
        if ride.park_id == park_id:
            first = max(first, moved_at)
        else:
            last = moved_at if last is None else min(last, moved_at)
    return RideLife(ride.ride_id, first, last)

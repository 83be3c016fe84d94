"""How a day spoke of the rides that a park lists and that stand under another, by the readings of both.

Of an ordinary cycle, which lists no such ride, nothing is asked.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, datetime

from sqlalchemy import Connection

from park_downtime.collection.ride_moves import NAMED_AT_HOME, Listing, day_to_judge
from park_downtime.database.listings import Listed, accepted_cycles, cycles_that_listed, last_named
from park_downtime.database.parks import ParkRow
from park_downtime.database.readings import latest_reached
from park_downtime.database.rides import RideRow
from park_downtime.periods import day_range


def listings_of(
    connection: Connection, park: ParkRow, today: date, at: datetime, known: Iterable[RideRow]
) -> dict[int, Listing]:
    """Of those of the rides that the payload of `at`, not stored yet, lists and that are to be judged."""
    to_judge: dict[date, list[RideRow]] = {}
    for ride in known:
        day = None if ride.park_id == park.park_id else day_to_judge(ride, park.park_id, today)
        if day is not None:
            to_judge.setdefault(day, []).append(ride)
    listings: dict[int, Listing] = {}
    for day, rides in to_judge.items():
        left = _no_longer_named(connection, park.park_id, rides)
        listings |= dict.fromkeys((ride.ride_id for ride in rides), NAMED_AT_HOME)
        listings |= _counted(connection, park, day, at, left)
    return listings


def _no_longer_named(connection: Connection, park_id: int, rides: Iterable[RideRow]) -> list[RideRow]:
    """Without those that their own park has named since the last payload of `park_id`: the listings are
    at most one by now, or that park named the ride meanwhile.

    Two parks may list a ride for years: two rows say so, where counting would read a day of both.
    """
    before = latest_reached(connection, park_id)
    named_at: dict[tuple[int, datetime | None], datetime | None] = {}
    left = []
    for ride in rides:
        home = ride.park_id, ride.presence.missing_since
        if home not in named_at:
            named_at[home] = latest_reached(connection, ride.park_id, before=ride.presence.missing_since)
        last = named_at[home]
        if before is None or last is None or last < before:
            left.append(ride)
    return left


def _counted(
    connection: Connection, park: ParkRow, day: date, at: datetime, rides: Iterable[RideRow]
) -> dict[int, Listing]:
    start, end = day_range(day, park.zone)
    homes: dict[int, set[int]] = {}
    for ride in rides:
        homes.setdefault(ride.park_id, set()).add(ride.ride_id)
    if not homes:
        return {}
    ride_ids = set().union(*homes.values())
    listed = cycles_that_listed(connection, park.park_id, ride_ids, start, min(at, end))
    accepted = accepted_cycles(connection, park.park_id, start, min(at, end))
    if at < end:
        accepted += 1
        listed = {ride_id: _with(listed.get(ride_id), at) for ride_id in ride_ids}
    found: dict[int, Listing] = {}
    for home, own in homes.items():
        named = last_named(connection, home, own, start, end)
        found |= {ride_id: _listing(listed.get(ride_id), accepted, named.get(ride_id)) for ride_id in own}
    return found


def _with(listed: Listed | None, at: datetime) -> Listed:
    return Listed(1, at) if listed is None else Listed(listed.cycles + 1, listed.first_at)


def _listing(listed: Listed | None, accepted: int, named_at: datetime | None) -> Listing:
    if listed is None:
        return Listing(0, accepted, named_at is not None)
    return Listing(listed.cycles, accepted, named_at is not None and named_at >= listed.first_at)

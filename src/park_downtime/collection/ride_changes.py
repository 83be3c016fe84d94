"""What a payload changes about a park's rides: new, renamed, moved, missing and returned ones.

Decided from the payload and the rows alone; `sync_rides` writes it.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import date, datetime

from park_downtime.collection.ride_moves import Listing, after_listing
from park_downtime.collection.sync_lands import LandKeys
from park_downtime.database.rides import NAME_LENGTH, RideRow
from park_downtime.model import RideReading
from park_downtime.timeline.presence import PRESENT, after_payload


@dataclass(slots=True)
class RideChanges:
    """What a payload changes. `own` are the park's rides after it, `foreign` still another park's."""

    own: dict[int, RideRow] = field(default_factory=dict)
    new: list[RideRow] = field(default_factory=list)
    changed: list[RideRow] = field(default_factory=list)
    former_names: dict[int, str] = field(default_factory=dict)
    to_classify: set[int] = field(default_factory=set)
    foreign: set[int] = field(default_factory=set)


def decide(
    park_id: int,
    today: date,
    at: datetime,
    said: Mapping[int, RideReading],
    known: Mapping[int, RideRow],
    lands: LandKeys,
    listings: Mapping[int, Listing],
) -> RideChanges:
    """`known`: the park's rides, and those of `said` that stand under another park; `listings`: of those,
    the ones that are to be judged, by the day of their `day_to_judge`.
    `today`: the local date of the park. An empty payload says nothing and changes nothing.
    """
    changes = RideChanges()
    for ride_id, before in known.items():
        reading = said.get(ride_id)
        if before.park_id != park_id:
            listing = listings.get(ride_id)
            after = before if listing is None else after_listing(before, park_id, today, listing)
        else:
            after = _at_home(before, reading is not None, bool(said), at)
        if after.park_id == park_id:
            after = _as_named(after, reading, lands)
            changes.own[ride_id] = after
            _note(changes, before, after, reading)
        else:
            changes.foreign.add(ride_id)
        if after is not before and after != before:
            changes.changed.append(after)
    _add_new(changes, park_id, said, known, lands)
    return changes


def decide_late(
    park_id: int, said: Mapping[int, RideReading], known: Mapping[int, RideRow], lands: LandKeys
) -> RideChanges:
    """Old readings can tell of rides that we never heard of, and nothing new of the others."""
    changes = RideChanges(
        own={ride_id: ride for ride_id, ride in known.items() if ride.park_id == park_id},
        foreign={ride_id for ride_id, ride in known.items() if ride.park_id != park_id},
    )
    _add_new(changes, park_id, said, known, lands)
    return changes


def _add_new(
    changes: RideChanges,
    park_id: int,
    said: Mapping[int, RideReading],
    known: Mapping[int, RideRow],
    lands: LandKeys,
) -> None:
    for ride_id, reading in said.items():
        if ride_id not in known and reading.name is not None:
            name, land_key = reading.name[:NAME_LENGTH], _land_key(reading, lands)
            row = RideRow(ride_id, park_id, name, land_key, None, PRESENT)
            changes.new.append(row)
            changes.own[ride_id] = row
            changes.to_classify.add(ride_id)


def _at_home(ride: RideRow, is_named: bool, is_payload: bool, at: datetime) -> RideRow:
    """A ride of the park itself. Named again before a move took effect, it stays."""
    if not is_payload:
        return ride
    presence = after_payload(ride.presence, is_named, at)
    if is_named and ride.next_park_id is not None:
        return replace(ride, presence=presence, next_park_id=None, moves_on=None)
    return ride if presence == ride.presence else replace(ride, presence=presence)


def _as_named(ride: RideRow, reading: RideReading | None, lands: LandKeys) -> RideRow:
    if reading is None or reading.name is None:
        return ride
    name, land_key = reading.name[:NAME_LENGTH], _land_key(reading, lands)
    # Of thousands of rides in a cycle, a few are called otherwise than before.
    if (name, land_key) == (ride.name, ride.land_key):
        return ride
    return replace(ride, name=name, land_key=land_key)


def _land_key(reading: RideReading, lands: LandKeys) -> int | None:
    return None if reading.land is None else lands[reading.land]


def _note(changes: RideChanges, before: RideRow, after: RideRow, reading: RideReading | None) -> None:
    """Which rides need a name kept or a fresh look at what they are."""
    if after.name != before.name:
        changes.former_names[after.ride_id] = before.name
    is_named = reading is not None and reading.name is not None
    looks_new = (before.park_id, before.name, before.land_key) != (after.park_id, after.name, after.land_key)
    if is_named and (looks_new or after.category is None):
        changes.to_classify.add(after.ride_id)

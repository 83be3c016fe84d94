"""Our figures beside another source's daily minutes: what `park-downtime verify` works out."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, Engine

from park_downtime.classification.name_exceptions import (
    ExceptionsInvalid,
    NameException,
    match_as_said,
    read_exceptions,
)
from park_downtime.classification.name_matching import Ambiguous, Matched
from park_downtime.database.daily import RideDay, days_of_rides
from park_downtime.database.engine import reading
from park_downtime.database.entries import Entry, entries
from park_downtime.database.parks import ParkRow, all_parks
from park_downtime.database.rides import former_names
from park_downtime.database.version import is_simulated
from park_downtime.feed.daily_export import Minutes
from park_downtime.feed.exported_days import TheirExport, TheirPark, read_export
from park_downtime.statistics.agreement import Agreement, KnownDay, agreement, total


@dataclass(frozen=True, slots=True)
class ComparedDay:
    ours: RideDay
    theirs: Minutes
    agreement: Agreement


@dataclass(frozen=True, slots=True)
class ComparedRide:
    entry: Entry
    their_name: str
    days: list[ComparedDay]

    @property
    def agreement(self) -> Agreement:
        return total(day.agreement for day in self.days)


@dataclass(frozen=True, slots=True)
class LeftOut:
    """Names of a park that stand in no figure, and why."""

    ambiguous: list[tuple[list[str], list[Entry]]]
    only_theirs: list[str]
    only_ours: list[Entry]
    """Counted rides with figures in these days that the other source does not name."""
    no_common_day: list[Entry]
    not_counted: list[Entry]
    """What we take for a show, a playground or a walk: of these we keep no downtime."""


@dataclass(frozen=True, slots=True)
class ComparedPark:
    park: ParkRow
    their_name: str
    rides: list[ComparedRide]
    left_out: LeftOut

    @property
    def days(self) -> list[ComparedDay]:
        return [day for ride in self.rides for day in ride.days]

    @property
    def agreement(self) -> Agreement:
        return total(ride.agreement for ride in self.rides)


@dataclass(frozen=True, slots=True)
class Verified:
    export: TheirExport
    parks: list[ComparedPark]
    parks_only_theirs: list[str]
    parks_ambiguous: list[tuple[list[str], list[ParkRow]]]
    parks_only_ours: list[ParkRow]
    unused_exceptions: list[NameException]
    is_simulated: bool

    @property
    def days(self) -> list[ComparedDay]:
        return [day for park in self.parks for day in park.days]

    @property
    def agreement(self) -> Agreement:
        return total(park.agreement for park in self.parks)


def verify(
    engine: Engine,
    files: Sequence[Path],
    exceptions_file: Path | None = None,
    is_whole_day: bool = False,
    progress: Callable[[int, int], None] | None = None,
) -> Verified:
    """`is_whole_day`: their minutes of the whole day, also where they know those in the park's hours.

    Raises ExportUnreadable, ExceptionsInvalid.
    """
    said = [] if exceptions_file is None else read_exceptions(exceptions_file)
    export = read_export(files, is_whole_day, progress)
    with reading(engine) as connection:
        parks = {park_id: park for park_id, park in all_parks(connection).items() if park.is_tracked}
        _check(connection, said, parks)
        names = {their_id: park.name for their_id, park in export.parks.items()}
        matched = match_as_said(
            names, [one for one in said if one.is_of_park], ((key, park.name) for key, park in parks.items())
        )
        compared = [
            _compared(connection, parks[our_id], export.parks[their_id], _rides_of(said, our_id))
            for their_id, our_id in sorted(matched.found.items(), key=lambda both: parks[both[1]].name)
        ]
        return Verified(
            export=export,
            parks=compared,
            parks_only_theirs=sorted(names[their_id] for their_id in matched.unmatched),
            parks_ambiguous=_named(matched.ambiguous, names, parks),
            parks_only_ours=[park for key, park in parks.items() if key not in set(matched.found.values())],
            unused_exceptions=_unused(said, export, matched),
            is_simulated=is_simulated(connection),
        )


def _compared(
    connection: Connection, park: ParkRow, theirs: TheirPark, said: list[NameException]
) -> ComparedPark:
    known = entries(connection, [park.park_id])
    ours = _our_days(connection, known, theirs)
    names = {their_id: ride.name for their_id, ride in theirs.rides.items()}
    matched = match_as_said(
        names,
        said,
        [(key, known[key].name) for key in ours],
        [(key, name) for key in ours for name, _ in former_names(connection, key)],
        [(key, entry.name) for key, entry in known.items() if key not in ours],
    )
    rides, without = [], []
    for their_id, our_id in matched.found.items():
        ride, entry = theirs.rides[their_id], known[our_id]
        days = _compared_days(ours.get(our_id, {}), ride.days)
        if days:
            rides.append(ComparedRide(entry, ride.name, days))
        else:
            without.append(entry)
    open_ids = {our_id for one in matched.ambiguous for our_id in one.ours}
    left_out = LeftOut(
        ambiguous=_named(matched.ambiguous, names, known),
        only_theirs=sorted(names[their_id] for their_id in matched.unmatched),
        only_ours=_by_name(known[key] for key in ours.keys() - set(matched.found.values()) - open_ids),
        no_common_day=_by_name(entry for entry in without if entry.is_counted),
        not_counted=_by_name(entry for entry in without if not entry.is_counted),
    )
    return ComparedPark(park, theirs.name, sorted(rides, key=lambda ride: ride.entry.name), left_out)


def _our_days(
    connection: Connection, known: Mapping[int, Entry], theirs: TheirPark
) -> dict[int, dict[date, RideDay]]:
    """Of the counted rides, in the span of days that the other source has; rides without any are left out."""
    days = [day for ride in theirs.rides.values() for day in ride.days]
    counted = [key for key, entry in known.items() if entry.is_counted]
    ours: dict[int, dict[date, RideDay]] = {}
    for row in days_of_rides(connection, counted, min(days), max(days)):
        ours.setdefault(row.ride_id, {})[row.stat_date] = row
    return ours


def _compared_days(ours: Mapping[date, RideDay], theirs: Mapping[date, Minutes]) -> list[ComparedDay]:
    """Days that both have, in their order."""
    return [
        ComparedDay(
            ours[day],
            theirs[day],
            agreement(_our_day(ours[day]), _their_day(theirs[day]), _closed(ours[day])),
        )
        for day in sorted(ours.keys() & theirs.keys())
    ]


def _our_day(day: RideDay) -> KnownDay:
    """What is not judged yet is not known either; of the first day of observation the beginning lacks."""
    return KnownDay(
        day.downtime_seconds, None if day.is_partial else day.unknown_seconds + day.ongoing_seconds
    )


def _their_day(minutes: Minutes) -> KnownDay:
    return KnownDay(60 * minutes.down, None if minutes.unknown is None else 60 * minutes.unknown)


def _closed(day: RideDay) -> int:
    """Known, neither open nor in an outage: at the edges of the day, not operating, or the park stopped."""
    other = day.open_seconds + day.downtime_seconds + day.ongoing_seconds + day.unknown_seconds
    return max(0, day.expected_seconds - other)


def _check(connection: Connection, said: list[NameException], parks: Mapping[int, ParkRow]) -> None:
    """Also of parks that the files do not have. Raises ExceptionsInvalid."""
    known = entries(connection, {one.park_id for one in said})
    for one in said:
        if one.park_id not in parks:
            raise ExceptionsInvalid(f"{one.where}: no tracked park has the id {one.park_id}")
        if one.ride_id is not None and (
            one.ride_id not in known or known[one.ride_id].park_id != one.park_id
        ):
            raise ExceptionsInvalid(f"{one.where}: park {one.park_id} has no ride {one.ride_id}")


def _rides_of(said: Iterable[NameException], park_id: int) -> list[NameException]:
    return [one for one in said if not one.is_of_park and one.park_id == park_id]


def _unused(said: Iterable[NameException], export: TheirExport, matched: Matched) -> list[NameException]:
    """Those of compared parks that mean nothing in the files: perhaps a name is written wrongly."""
    their_parks = {our_id: export.parks[their_id] for their_id, our_id in matched.found.items()}
    return [
        one
        for one in said
        if not one.is_of_park
        and one.park_id in their_parks
        and not any(one.means(key, ride.name) for key, ride in their_parks[one.park_id].rides.items())
    ]


T = TypeVar("T")


def _named(
    ambiguous: Iterable[Ambiguous], names: Mapping[str, str], ours: Mapping[int, T]
) -> list[tuple[list[str], list[T]]]:
    return [([names[key] for key in one.theirs], [ours[key] for key in one.ours]) for one in ambiguous]


def _by_name(several: Iterable[Entry]) -> list[Entry]:
    return sorted(several, key=lambda entry: entry.name)

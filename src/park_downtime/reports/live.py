"""What every entry of every tracked park last said, at one moment: the live table.

From the snapshots where they are still kept, else from the runs, which know no single wait.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import NamedTuple

from sqlalchemy import Connection, and_, select

from park_downtime.database.cycles import LONGEST_INTERVAL_SECONDS, holding_cycles
from park_downtime.database.readings import SAID_SOMETHING
from park_downtime.database.tables import (
    lands,
    park_activity_snapshots,
    parks,
    ride_classifications,
    ride_runs,
    ride_status_snapshots,
    rides,
)
from park_downtime.judging.moment import moment
from park_downtime.model import Category, ParkOutcome, State
from park_downtime.timeline.runs import hold_limit

MANY_RIDES = 500  # from here on asking for all is cheaper than naming each

_snapshot = ride_status_snapshots.c
_activity = park_activity_snapshots.c
_run = ride_runs.c
_IS_LISTED = and_(parks.c.is_tracked, parks.c.removed_at.is_(None))


@dataclass(frozen=True, slots=True)
class LiveEntry:
    """One ride, show or other entry. `wait_minutes` is None where none is known."""

    ride_id: int
    name: str
    land: str | None
    category: Category | None
    state: State
    wait_minutes: int | None
    last_reading_at: datetime | None

    @property
    def is_counted(self) -> bool:
        return self.category is not None and self.category.is_counted


@dataclass(frozen=True, slots=True)
class LivePark:
    """A tracked park. `is_running` is None where no reading of it holds."""

    park_id: int
    name: str
    city: str | None
    state_province: str | None
    country: str | None
    timezone: str
    is_running: bool | None
    entries: tuple[LiveEntry, ...]

    @property
    def counted(self) -> int:
        """Rides and water slides."""
        return sum(entry.is_counted for entry in self.entries)

    def count(self, state: State) -> int:
        """Counted rides in a state."""
        return sum(entry.state is state for entry in self.entries if entry.is_counted)

    @property
    def waits(self) -> list[int]:
        """Known waits of counted rides that are open."""
        return [
            entry.wait_minutes
            for entry in self.entries
            if entry.is_counted and entry.state is State.OPEN and entry.wait_minutes is not None
        ]


@dataclass(frozen=True, slots=True)
class LiveView:
    """`as_of` is the start of the last landed cycle; None before the first."""

    as_of: datetime | None
    interval_seconds: int
    parks: tuple[LivePark, ...]

    def is_stale_at(self, now: datetime) -> bool:
        """Whether everything is unknown by `now`: its readings no longer hold."""
        if self.as_of is None or not self.interval_seconds:
            return False
        return now - self.as_of > hold_limit(self.interval_seconds)


class _Heard(NamedTuple):
    state: State
    wait_minutes: int | None
    at: datetime


def live_parks(connection: Connection) -> LiveView:
    """The live table as of the last cycle that landed."""
    at = moment(connection)
    if at.at is None:
        return LiveView(None, 0, ())
    known = _tracked_entries(connection)
    holding = holding_cycles(connection, at.at)
    heard = _last_snapshots(
        connection,
        holding,
        {ride_id: park_id for park_id, entries in known.items() for ride_id in entries},
    )
    running = _running(connection, holding)
    without = {park_id for park_id, entries in known.items() if not heard.keys() & entries.keys()}
    if without:
        heard |= _from_runs(connection, without, at.at)
    return LiveView(at.at, at.interval_seconds, tuple(_parks(connection, known, heard, running)))


def _last_snapshots(
    connection: Connection, cycles: list[datetime], park_of: Mapping[int, int]
) -> dict[int, _Heard]:
    """The last known reading of each ride; older cycles are only asked for what newer ones left out.

    What another park's payload says of a ride says nothing: its own park knows.
    """
    heard: dict[int, _Heard] = {}
    tracked = select(parks.c.park_id).where(_IS_LISTED)
    for recorded_at in cycles:
        missing = park_of.keys() - heard.keys()
        if not missing:
            break
        query = select(_snapshot.ride_id, _snapshot.park_id, _snapshot.state, _snapshot.wait_minutes).where(
            _snapshot.park_id.in_(tracked),
            _snapshot.recorded_at == recorded_at,
            _snapshot.state != State.UNKNOWN,
        )
        if len(missing) < MANY_RIDES:
            query = query.where(_snapshot.ride_id.in_(sorted(missing)))
        for row in connection.execute(query):
            if park_of.get(row.ride_id) == row.park_id:
                heard.setdefault(row.ride_id, _Heard(row.state, row.wait_minutes, recorded_at))
    return heard


def _from_runs(connection: Connection, park_ids: Iterable[int], moment: datetime) -> dict[int, _Heard]:
    """The state each ride's run gives it at `moment`; a run that goes on later says it held."""
    day = timedelta(days=1)
    query = select(_run.ride_id, _run.state, _run.last_reading_at, _run.interval_seconds).where(
        _run.park_id.in_(sorted(park_ids)),
        _run.local_date.between(moment.date() - day, moment.date() + day),
        _run.started_at <= moment,
        _run.last_reading_at >= moment - hold_limit(LONGEST_INTERVAL_SECONDS),
    )
    heard: dict[int, _Heard] = {}
    for row in connection.execute(query.order_by(_run.started_at)):
        last = min(row.last_reading_at, moment)
        if moment - last <= hold_limit(row.interval_seconds):
            heard[row.ride_id] = _Heard(row.state, None, last)
    return heard


def _running(connection: Connection, cycles: list[datetime]) -> dict[int, bool | None]:
    """Whether each park ran at the last cycle that heard of it and still holds."""
    query = select(_activity.park_id, _activity.is_running).where(
        _activity.recorded_at.in_(cycles), _activity.outcome == ParkOutcome.OK, SAID_SOMETHING
    )
    return {row.park_id: row.is_running for row in connection.execute(query.order_by(_activity.recorded_at))}


class _Entry(NamedTuple):
    name: str
    land: str | None
    category: Category | None


def _tracked_entries(connection: Connection) -> dict[int, dict[int, _Entry]]:
    """Active entries of tracked parks, by park and ride, in the order of lands and names."""
    query = (
        select(
            rides.c.park_id,
            rides.c.ride_id,
            rides.c.name,
            lands.c.name.label("land"),
            ride_classifications.c.category,
        )
        .select_from(rides)
        .join(parks, parks.c.park_id == rides.c.park_id)
        .outerjoin(lands, lands.c.land_key == rides.c.land_key)
        .outerjoin(ride_classifications, ride_classifications.c.ride_id == rides.c.ride_id)
        .where(_IS_LISTED, rides.c.inactive_since.is_(None))
        .order_by(lands.c.name, rides.c.name)
    )
    found: dict[int, dict[int, _Entry]] = {}
    for row in connection.execute(query):
        found.setdefault(row.park_id, {})[row.ride_id] = _Entry(row.name, row.land, row.category)
    return found


def _parks(
    connection: Connection,
    known: Mapping[int, Mapping[int, _Entry]],
    heard: Mapping[int, _Heard],
    running: Mapping[int, bool | None],
) -> Iterable[LivePark]:
    place = parks.c
    query = select(
        place.park_id, place.name, place.city, place.state_province, place.country, place.timezone
    ).where(_IS_LISTED)
    for row in connection.execute(query.order_by(place.name)).all():
        entries = tuple(
            _live_entry(ride_id, entry, heard.get(ride_id))
            for ride_id, entry in known.get(row.park_id, {}).items()
        )
        yield LivePark(*row, is_running=running.get(row.park_id), entries=entries)


def _live_entry(ride_id: int, entry: _Entry, heard: _Heard | None) -> LiveEntry:
    if heard is None:
        return LiveEntry(ride_id, *entry, State.UNKNOWN, None, None)
    return LiveEntry(ride_id, *entry, heard.state, heard.wait_minutes, heard.at)

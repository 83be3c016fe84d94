"""What every entry of every tracked park is now: the one question behind each status that is shown."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from park_downtime.database.entries import Entry, entries
from park_downtime.database.ride_status import ActivityRow, StatusRow, activity_at, statuses
from park_downtime.judging.moment import AsOf
from park_downtime.model import Category, State, Status
from park_downtime.reports.ready_rides import ready_statuses

SAID = {Status.RUNNING: State.OPEN, Status.DOWN: State.CLOSED, Status.CLOSED: State.CLOSED}
"""What a ride of that status says of itself."""


@dataclass(frozen=True, slots=True)
class LiveEntry:
    """One ride, show or other entry. `wait_minutes` is None where none is known; `down_since` is set exactly
    when it is Down, and the chance that it opens again today where its habits tell one.
    """

    ride_id: int
    name: str
    land: str | None
    category: Category | None
    status: Status
    wait_minutes: int | None
    down_since: datetime | None = None
    back_today_percentage: int | None = None

    @property
    def state(self) -> State:
        return SAID.get(self.status, State.UNKNOWN)

    @property
    def is_counted(self) -> bool:
        return self.category is not None and self.category.is_counted

    def down_in_words(self, as_of: datetime) -> list[str]:
        """How long it has been down, and how likely it is back today, as far as there is something to say."""
        words = []
        if self.down_since is not None:
            minutes = int((as_of - self.down_since).total_seconds() // 60)
            words.append(f"down for {minutes} min" if minutes else "down just now")
        if self.back_today_percentage is not None:
            words.append(f"back today: {self.back_today_percentage} %")
        return words


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
    """`as_of` is the start of the last landed cycle; None before the first. Stale: nothing holds any more."""

    as_of: datetime | None
    is_stale: bool
    parks: tuple[LivePark, ...]


def live_view(connection: Connection, moment: AsOf, now: datetime) -> LiveView:
    """The live table as of the last cycle that landed, seen at `now`: parks and entries by land and name."""
    if moment.instant is None:
        return LiveView(None, False, ())
    known = entries(connection)
    said = ride_statuses(connection, moment, now, parks_of(known))
    running = park_activity(connection, moment, now)
    of_park: dict[int, list[Entry]] = {}
    for entry in known.values():
        if entry.is_active:
            of_park.setdefault(entry.park_id, []).append(entry)
    parks = [park for park in moment.parks.values() if park.removed_at is None]
    return LiveView(
        moment.instant,
        moment.is_stale(now),
        tuple(
            LivePark(
                park_id=park.park_id,
                name=park.name,
                city=park.city,
                state_province=park.state_province,
                country=park.country,
                timezone=park.timezone,
                is_running=running[park.park_id].is_open if park.park_id in running else None,
                entries=tuple(
                    _live_entry(entry, said.get(entry.ride_id))
                    for entry in sorted(of_park.get(park.park_id, ()), key=_by_land_and_name)
                ),
            )
            for park in sorted(parks, key=lambda park: park.name)
        ),
    )


def parks_of(known: Mapping[int, Entry]) -> dict[int, int]:
    """The park of each entry, by ride id."""
    return {ride_id: entry.park_id for ride_id, entry in known.items()}


def ride_statuses(
    connection: Connection,
    moment: AsOf,
    now: datetime,
    park_of: Mapping[int, int],
    *,
    ride_ids: Collection[int] | None = None,
    said: Status | None = None,
) -> dict[int, StatusRow]:
    """The status of each entry, by ride id, as its own park (`park_of`) says it.

    Everything is unknown once the clock has left the last cycle behind. What another park's payload says
    of a ride says nothing. `ride_ids`: of these only; `said`: of those that said it when they were read last.
    """
    if moment.instant is None:
        return {}
    at = _seen_at(moment, moment.instant, now)
    parks = set(park_of.values())
    only = next(iter(parks)) if len(parks) == 1 else None
    rows = ready_statuses(connection, at) if only is None and ride_ids is None and said is None else None
    if rows is None:
        rows = statuses(connection, at, only, ride_ids, said)
    return {ride_id: row for ride_id, row in rows.items() if park_of.get(ride_id) == row.park_id}


def down_now(
    connection: Connection, moment: AsOf, now: datetime, park_ids: Collection[int]
) -> list[tuple[Entry, StatusRow]]:
    """The rides of some parks that are down."""
    if moment.instant is None:
        return []
    rows = statuses(connection, _seen_at(moment, moment.instant, now), said=Status.DOWN)
    known = entries(connection, park_ids, rows)
    return [
        (known[ride_id], row)
        for ride_id, row in rows.items()
        if row.status is Status.DOWN and ride_id in known and known[ride_id].park_id == row.park_id
    ]


def park_activity(connection: Connection, moment: AsOf, now: datetime) -> dict[int, ActivityRow]:
    """What each park adds up to; parks of which nothing holds are missing."""
    return {} if moment.instant is None else activity_at(connection, _seen_at(moment, moment.instant, now))


def _seen_at(moment: AsOf, as_of: datetime, now: datetime) -> datetime:
    return now if moment.is_stale(now) else as_of


def _by_land_and_name(entry: Entry) -> tuple[str, str, int]:
    return entry.land or "", entry.name, entry.ride_id


def _live_entry(entry: Entry, said: StatusRow | None) -> LiveEntry:
    return LiveEntry(
        ride_id=entry.ride_id,
        name=entry.name,
        land=entry.land,
        category=entry.category,
        status=Status.UNKNOWN if said is None else said.status,
        wait_minutes=None if said is None else said.wait_minutes,
        down_since=None if said is None else said.down_since,
        back_today_percentage=None if said is None else said.back_today_percentage,
    )

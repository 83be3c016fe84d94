"""Parks and their groups: what is known of each and which are tracked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime
from operator import attrgetter

from sqlalchemy import Connection, func, select, update

from park_downtime.database.packed import read_columns
from park_downtime.database.row_shape import RowShape
from park_downtime.database.tables import ANSWERED, park_activity_snapshots, park_groups, parks, rides
from park_downtime.database.upsert import upsert
from park_downtime.periods import Zone


@dataclass(frozen=True, slots=True)
class ParkRow:
    """A park as stored: the feed's facts with our corrections. `timezone` is an IANA name."""

    park_id: int
    group_id: int | None
    name: str
    country: str | None
    continent: str | None
    city: str | None
    state_province: str | None
    latitude: float | None
    longitude: float | None
    timezone: str
    operator: str | None
    is_tracked: bool
    first_seen_at: datetime
    removed_at: datetime | None
    previous_timezone: str | None = None
    zone_changed_at: datetime | None = None
    next_timezone: str | None = None
    zone_changes_at: datetime | None = None

    @property
    def zone(self) -> Zone:
        """With the change of it that is known, so that no local day is torn."""
        return Zone(self.timezone, self.previous_timezone, self.zone_changed_at)


_ALL = select(*RowShape(ParkRow, parks.c).columns)


def all_parks(connection: Connection) -> dict[int, ParkRow]:
    """By name."""
    rows = map(ParkRow, *read_columns(connection, _ALL))
    return {park.park_id: park for park in sorted(rows, key=attrgetter("name"))}


def groups(connection: Connection) -> dict[int, str]:
    return {row.group_id: row.name for row in connection.execute(select(park_groups))}


def save_groups(connection: Connection, names: dict[int, str]) -> None:
    upsert(connection, park_groups, [{"group_id": key, "name": name} for key, name in names.items()])


def save_parks(connection: Connection, rows: Sequence[ParkRow]) -> None:
    upsert(connection, parks, [asdict(row) for row in rows])


def zones(connection: Connection) -> dict[int, str]:
    """The zone of every park."""
    return {
        row.park_id: row.timezone for row in connection.execute(select(parks.c.park_id, parks.c.timezone))
    }


def parks_ever_reached(connection: Connection) -> set[int]:
    """Parks that have rides, or have answered as long as that is kept (rides may be those of others)."""
    activity = park_activity_snapshots.c
    answered = select(activity.park_id).where(activity.outcome.in_(ANSWERED)).distinct()
    with_rides = connection.scalars(select(rides.c.park_id).distinct())
    return {*with_rides, *connection.scalars(answered)}


def count_reached(connection: Connection, start: datetime, end: datetime) -> int:
    """Tracked parks with readings from `start` on, up to `end`."""
    activity = park_activity_snapshots.c
    # The newest answer of each park, which the key leads to: a count of those who have one reads them all.
    answered = (
        select(activity.outcome)
        .where(
            activity.park_id == parks.c.park_id,
            activity.recorded_at >= start,
            activity.recorded_at <= end,
            activity.outcome.in_(ANSWERED),
        )
        .order_by(activity.recorded_at.desc())
        .limit(1)
        .scalar_subquery()
    )
    return connection.scalar(select(func.count()).where(parks.c.is_tracked, answered.is_not(None))) or 0


def count_tracked(connection: Connection) -> int:
    return connection.scalar(select(func.count()).where(parks.c.is_tracked)) or 0


def save_final_until(connection: Connection, instants: Mapping[int, datetime]) -> None:
    """Up to where every local day of each park is final: raw rows before it may go."""
    for instant in set(instants.values()):
        of_it = [park_id for park_id, own in instants.items() if own == instant]
        connection.execute(update(parks).where(parks.c.park_id.in_(of_it)).values(final_until=instant))

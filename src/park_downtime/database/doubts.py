"""Doubts over what a park's feed said, and the facts of each cycle that they are recognised by."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from operator import attrgetter

from sqlalchemy import ColumnElement, Connection, and_, bindparam, delete, func, or_, select, update

from park_downtime.database.packed import read_columns
from park_downtime.database.ride_status import LastValue
from park_downtime.database.rides import COUNTED
from park_downtime.database.row_shape import RowShape
from park_downtime.database.statistics_tables import ride_status_now
from park_downtime.database.tables import (
    ANSWERED,
    collection_cycles,
    park_activity_snapshots,
    park_doubts,
    ride_classifications,
)
from park_downtime.database.upsert import upsert
from park_downtime.model import DoubtKind, ParkOutcome
from park_downtime.periods import Zone, local_date
from park_downtime.timeline.doubts import POSTS_WAITS_SHARE, Doubt, Liveness, Said

_doubt = park_doubts.c
_activity = park_activity_snapshots.c
_DOUBT = RowShape(Doubt, _doubt)
_NAMES = ("park_id", *Doubt.__dataclass_fields__)
_values = attrgetter(*Doubt.__dataclass_fields__)
FOREVER = datetime.max.replace(tzinfo=UTC)

SPOKE = and_(
    or_(_activity.rides_open > 0, _activity.rides_closed > 0),
    or_(
        _activity.outcome == ParkOutcome.OK,
        # Rides that are missing change nothing; one that says something new tells that the feed moves.
        and_(_activity.outcome == ParkOutcome.PARTIAL, _activity.has_changed),
    ),
)


def doubts_since(connection: Connection, park_id: int, since: datetime) -> list[Doubt]:
    """The park's doubts that were not over by then, in the order in which they were recognised."""
    return _DOUBT.of(connection.execute(_DOUBTS_SINCE, {"of_park": park_id, "since": since}))


_DOUBTS_SINCE = (
    select(*_DOUBT.columns)
    .where(
        _doubt.park_id == bindparam("of_park"),
        or_(_doubt.ended_at.is_(None), _doubt.ended_at > bindparam("since")),
    )
    .order_by(_doubt.recognised_at, _doubt.kind)
)


def doubted_until(connection: Connection) -> dict[int, datetime]:
    """Of each park that was ever doubted, when the last of its doubts was over; FOREVER: one is not."""
    ongoing = func.count() - func.count(_doubt.ended_at)
    query = select(_doubt.park_id, ongoing, func.max(_doubt.ended_at)).group_by(_doubt.park_id)
    return {park_id: FOREVER if is_on else ended_at for park_id, is_on, ended_at in connection.execute(query)}


def ongoing_standstills(connection: Connection) -> dict[int, datetime]:
    """Since when the feeds stand still that have not moved again."""
    query = select(_doubt.park_id, _doubt.started_at).where(
        _doubt.kind == DoubtKind.STANDSTILL, _doubt.ended_at.is_(None)
    )
    return {row.park_id: row.started_at for row in connection.execute(query)}


def counted_rides_known(connection: Connection, park_id: int, since: datetime) -> int:
    """How many counted rides of a park have said something since."""
    query = (
        select(func.count())
        .select_from(ride_status_now)
        .join(ride_classifications, ride_classifications.c.ride_id == ride_status_now.c.ride_id)
        .where(
            ride_status_now.c.park_id == park_id,
            ride_status_now.c.last_reading_at > since,
            ride_classifications.c.category.in_(COUNTED),
        )
    )
    return connection.scalar(query) or 0


def save_doubts(
    connection: Connection, park_id: int, recognised_from: datetime, doubts: Sequence[Doubt]
) -> None:
    """The given ones take the place of those recognised since then, and of themselves as they were."""
    connection.execute(
        delete(park_doubts).where(_doubt.park_id == park_id, _doubt.recognised_at >= recognised_from)
    )
    rows = [dict(zip(_NAMES, (park_id, *_values(doubt)), strict=True)) for doubt in doubts]
    upsert(connection, park_doubts, rows)


def delete_doubts(connection: Connection, park_id: int, before: datetime) -> int:
    """Those that were over by then."""
    return connection.execute(
        delete(park_doubts).where(_doubt.park_id == park_id, _doubt.ended_at < before)
    ).rowcount


@dataclass(frozen=True, slots=True)
class Heard:
    """The last cycle in which a park's feed said something, and what was said of the park then."""

    recorded_at: datetime
    rides_alive: int
    is_open: bool | None
    quiet_since: datetime | None


HEARD = RowShape(Heard, _activity)


def last_heard(connection: Connection, park_id: int) -> Heard | None:
    found = HEARD.of(connection.execute(_LAST_HEARD, {"of_park": park_id}))
    return found[0] if found else None


_LAST_HEARD = (
    select(*HEARD.columns)
    .where(_activity.park_id == bindparam("of_park"), SPOKE)
    .order_by(_activity.recorded_at.desc())
    .limit(1)
)


def say_of_park(connection: Connection, park_id: int, said: Mapping[datetime, Said]) -> None:
    """What is said of the park at some of its cycles."""
    for recorded_at, one in said.items():
        connection.execute(
            update(park_activity_snapshots)
            .where(_activity.park_id == park_id, _activity.recorded_at == recorded_at)
            .values(is_open=one.is_open, quiet_since=one.quiet_since)
        )


def liveness(
    connection: Connection, park_id: int, zone: Zone, start: datetime, end: datetime
) -> list[Liveness]:
    """What the cycles of `[start, end]` that heard of the park say of its feed, in time order."""
    query = (
        select(
            _activity.recorded_at,
            collection_cycles.c.interval_seconds,
            _activity.is_running,
            _activity.rides_open,
            _activity.rides_waiting,
            _activity.rides_alive,
            _activity.has_changed,
        )
        .join(collection_cycles, collection_cycles.c.cycle_id == _activity.cycle_id)
        .where(
            _activity.park_id == park_id, _activity.recorded_at >= start, _activity.recorded_at <= end, SPOKE
        )
        .order_by(_activity.recorded_at)
    )
    return [
        Liveness(
            recorded_at=row.recorded_at,
            local_date=local_date(row.recorded_at, zone),
            interval_seconds=row.interval_seconds,
            is_running=bool(row.is_running),
            rides_open=row.rides_open,
            rides_waiting=row.rides_waiting or 0,
            rides_alive=row.rides_alive or 0,
            has_changed=bool(row.has_changed),
        )
        for row in connection.execute(query)
    ]


def last_alive(connection: Connection, park_id: int, before: datetime) -> datetime | None:
    """The last cycle before then that showed a wait that was alive."""
    query = select(_activity.recorded_at).where(
        _activity.park_id == park_id,
        _activity.recorded_at < before,
        _activity.rides_alive > 0,
        _activity.outcome.in_(ANSWERED),
    )
    last: datetime | None = connection.scalar(query.order_by(_activity.recorded_at.desc()).limit(1))
    return last


def _posted(park_id: int, start: datetime, end: datetime) -> tuple[ColumnElement[bool], ...]:
    return (
        _activity.park_id == park_id,
        _activity.recorded_at >= start,
        _activity.recorded_at <= end,
        _activity.rides_open > 0,
        _activity.rides_waiting >= POSTS_WAITS_SHARE * _activity.rides_open,
    )


def has_posted(connection: Connection, park_id: int, start: datetime, end: datetime) -> bool:
    """Whether some cycle of `[start, end]` showed waits on enough of the open rides."""
    query = select(_activity.recorded_at).where(*_posted(park_id, start, end))
    return connection.scalar(query.order_by(_activity.recorded_at.desc()).limit(1)) is not None


def first_posted(
    connection: Connection, park_id: int, zone: Zone, start: datetime, end: datetime
) -> dict[date, datetime]:
    """The local days of `[start, end]` on which some cycle showed waits on enough of the open rides."""
    query = select(_activity.recorded_at).where(*_posted(park_id, start, end)).order_by(_activity.recorded_at)
    first: dict[date, datetime] = {}
    for recorded_at in connection.scalars(query):
        first.setdefault(local_date(recorded_at, zone), recorded_at)
    return first


_LAST_VALUES = select(
    ride_status_now.c.ride_id, *(ride_status_now.c[name] for name in LastValue._fields)
).where(ride_status_now.c.park_id == bindparam("of_park"))


def last_values(connection: Connection, park_id: int) -> dict[int, LastValue]:
    """Of each ride that the park last named."""
    ride_ids, *values = read_columns(connection, _LAST_VALUES, {"of_park": park_id})
    return dict(zip(ride_ids, map(LastValue, *values), strict=True))

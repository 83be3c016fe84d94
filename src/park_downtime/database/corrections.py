"""Stretches that the operator made unknown, with reason and date; those taken back stay in the list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlalchemy import Connection, bindparam, func, insert, select, update

from park_downtime.database.row_shape import RowShape
from park_downtime.database.statistics_tables import ride_daily_stats
from park_downtime.database.tables import corrections, parks, rides
from park_downtime.timeline.voided import Voided

REASON_LENGTH = 300

_c = corrections.c
_VOIDED = RowShape(Voided, _c)


@dataclass(frozen=True, slots=True)
class Correction:
    """`ride_id` None: of the whole park. `withdrawn_at`: when it was taken back; None: it is in force."""

    correction_id: int
    park_id: int
    park_name: str
    timezone: str
    ride_id: int | None
    ride_name: str | None
    started_at: datetime
    ended_at: datetime
    reason: str
    made_at: datetime
    withdrawn_at: datetime | None

    @property
    def voided(self) -> Voided:
        return Voided(self.ride_id, self.started_at, self.ended_at)


def voided_since(connection: Connection, park_id: int, since: datetime) -> list[Voided]:
    """What is unknown of the park by corrections in force and was not over by then."""
    return _VOIDED.of(connection.execute(_VOIDED_SINCE, {"of_park": park_id, "since": since}))


_VOIDED_SINCE = (
    select(*_VOIDED.columns)
    .where(_c.park_id == bindparam("of_park"), _c.withdrawn_at.is_(None), _c.ended_at > bindparam("since"))
    .order_by(_c.correction_id)
)


def voided_until(connection: Connection) -> dict[int, datetime]:
    """Of each park with corrections in force, where the last of what they make unknown ends."""
    last = func.max(_c.ended_at).label("ended_at")
    query = select(_c.park_id, last).where(_c.withdrawn_at.is_(None)).group_by(_c.park_id)
    return {row.park_id: row.ended_at for row in connection.execute(query)}


def all_corrections(connection: Connection) -> list[Correction]:
    """Every one ever made, the newest first."""
    query = (
        select(
            _c.correction_id,
            _c.park_id,
            parks.c.name.label("park_name"),
            parks.c.timezone,
            _c.ride_id,
            rides.c.name.label("ride_name"),
            _c.started_at,
            _c.ended_at,
            _c.reason,
            _c.made_at,
            _c.withdrawn_at,
        )
        .join_from(corrections, parks, parks.c.park_id == _c.park_id)
        .outerjoin(rides, rides.c.ride_id == _c.ride_id)
        .order_by(_c.correction_id.desc())
    )
    return [Correction(**row._mapping) for row in connection.execute(query)]


def add_correction(
    connection: Connection, park_id: int, voided: Voided, reason: str, made_at: datetime
) -> int:
    created = connection.execute(
        insert(corrections).values(
            park_id=park_id,
            ride_id=voided.ride_id,
            started_at=voided.started_at,
            ended_at=voided.ended_at,
            reason=reason,
            made_at=made_at,
        )
    ).inserted_primary_key
    if created is None:
        raise RuntimeError("the database gave no id for a new correction")
    return int(created[0])


def withdraw(connection: Connection, correction_id: int, at: datetime) -> None:
    connection.execute(update(corrections).where(_c.correction_id == correction_id).values(withdrawn_at=at))


@dataclass(frozen=True, slots=True)
class DaySeconds:
    """What the rides of a park, or one of them, add up to on a local day."""

    open: int
    downtime: int
    unknown: int


def seconds_by_day(
    connection: Connection, park_id: int, ride_id: int | None, first: date, last: date
) -> dict[date, DaySeconds]:
    c = ride_daily_stats.c
    query = (
        select(
            c.stat_date,
            func.sum(c.open_seconds),
            func.sum(c.downtime_seconds),
            func.sum(c.unknown_seconds),
        )
        .where(c.park_id == park_id, c.stat_date.between(first, last))
        .group_by(c.stat_date)
    )
    if ride_id is not None:
        query = query.where(c.ride_id == ride_id)
    return {day: DaySeconds(*map(int, sums)) for day, *sums in connection.execute(query)}

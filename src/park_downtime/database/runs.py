"""Runs of rides and of parks: the fold of the snapshots, by park and local day."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import date, datetime
from operator import attrgetter

from sqlalchemy import Connection, bindparam, delete, func, select

from park_downtime.database.packed import read_columns
from park_downtime.database.row_shape import RowShape
from park_downtime.database.statistics_tables import park_daily_stats
from park_downtime.database.tables import park_runs, parks, ride_runs
from park_downtime.database.upsert import upsert
from park_downtime.periods import DAY
from park_downtime.timeline.runs import ParkRun, Run

_RUN = RowShape(Run, ride_runs.c)
_PARK_RUN = RowShape(ParkRun, park_runs.c)
_NAMES = ("park_id", *Run.__dataclass_fields__)
_PARK_NAMES = ("park_id", *ParkRun.__dataclass_fields__)
# Not `asdict`: it copies every value deeply, which was a fifth of a cycle's cost.
_values = attrgetter(*Run.__dataclass_fields__)
_park_values = attrgetter(*ParkRun.__dataclass_fields__)
# Built once, as all that a cycle asks of each park: building one costs as much as running it.
_SINCE = select(*_RUN.columns).where(
    ride_runs.c.park_id == bindparam("of_park"), ride_runs.c.local_date >= bindparam("first_day")
)
_BETWEEN = _SINCE.where(ride_runs.c.local_date <= bindparam("last_day"))
_PARK_SINCE = (
    select(*_PARK_RUN.columns)
    .where(park_runs.c.park_id == bindparam("of_park"), park_runs.c.local_date >= bindparam("first_day"))
    .order_by(park_runs.c.started_at)
)


def runs_since(
    connection: Connection, park_id: int, first_day: date, last_day: date | None = None
) -> dict[int, list[Run]]:
    """The park's runs from a local day on, by ride, in time order."""
    bound: dict[str, object] = {"of_park": park_id, "first_day": first_day}
    if last_day is not None:
        bound["last_day"] = last_day
    found: dict[int, list[Run]] = {}
    for run in sorted(_read(connection, bound), key=attrgetter("started_at")):
        found.setdefault(run.ride_id, []).append(run)
    return found


def _read(connection: Connection, bound: Mapping[str, object]) -> Iterable[Run]:
    """In any order."""
    return map(Run, *read_columns(connection, _BETWEEN if "last_day" in bound else _SINCE, bound))


def runs_spanning(connection: Connection, park_id: int, at: datetime) -> list[Run]:
    """The park's runs that had begun by `at` and went on after it."""
    query = select(*_RUN.columns).where(
        ride_runs.c.park_id == park_id,
        ride_runs.c.local_date.between(at.date() - DAY, at.date() + DAY),
        ride_runs.c.started_at <= at,
        ride_runs.c.last_reading_at > at,
    )
    return _RUN.of(connection.execute(query))


def save_runs(connection: Connection, park_id: int, runs: Sequence[Run]) -> None:
    upsert(connection, ride_runs, [dict(zip(_NAMES, (park_id, *_values(run)), strict=True)) for run in runs])


def replace_day(connection: Connection, park_id: int, day: date, runs: Sequence[Run]) -> None:
    """The given runs become the day's only ones."""
    connection.execute(delete(ride_runs).where(ride_runs.c.park_id == park_id, ride_runs.c.local_date == day))
    save_runs(connection, park_id, runs)


def park_runs_since(
    connection: Connection, park_id: int, first_day: date, last_day: date | None = None
) -> list[ParkRun]:
    query = _PARK_SINCE if last_day is None else _PARK_SINCE.where(park_runs.c.local_date <= last_day)
    return _PARK_RUN.of(connection.execute(query, {"of_park": park_id, "first_day": first_day}))


def park_runs_spanning(connection: Connection, park_id: int, at: datetime) -> list[ParkRun]:
    """The park's own runs that had begun by `at` and went on after it: one at most."""
    query = select(*_PARK_RUN.columns).where(
        park_runs.c.park_id == park_id,
        park_runs.c.local_date.between(at.date() - DAY, at.date() + DAY),
        park_runs.c.started_at <= at,
        park_runs.c.last_reading_at > at,
    )
    return _PARK_RUN.of(connection.execute(query))


def save_park_runs(connection: Connection, park_id: int, runs: Sequence[ParkRun]) -> None:
    rows = [dict(zip(_PARK_NAMES, (park_id, *_park_values(run)), strict=True)) for run in runs]
    upsert(connection, park_runs, rows)


def replace_park_day(connection: Connection, park_id: int, day: date, runs: Sequence[ParkRun]) -> None:
    connection.execute(delete(park_runs).where(park_runs.c.park_id == park_id, park_runs.c.local_date == day))
    save_park_runs(connection, park_id, runs)


def first_day_with_runs(connection: Connection, park_id: int) -> date | None:
    """The earliest local day of the park whose runs are kept."""
    first: date | None = connection.scalar(
        select(func.min(park_runs.c.local_date)).where(park_runs.c.park_id == park_id)
    )
    return first


def has_runs(connection: Connection, park_id: int, day: date) -> bool:
    query = select(park_runs.c.park_id).where(park_runs.c.park_id == park_id, park_runs.c.local_date == day)
    return connection.execute(query.limit(1)).first() is not None


def days_with_runs(connection: Connection, park_ids: Collection[int], first: date) -> set[tuple[int, date]]:
    """(park, local day) with runs, from `first` on."""
    query = select(park_runs.c.park_id, park_runs.c.local_date).where(
        park_runs.c.local_date >= first, park_runs.c.park_id.in_(sorted(park_ids))
    )
    return {(row.park_id, row.local_date) for row in connection.execute(query.distinct())}


def last_run_end(connection: Connection, park_id: int) -> datetime | None:
    last: datetime | None = connection.scalar(
        select(func.max(park_runs.c.last_reading_at)).where(park_runs.c.park_id == park_id)
    )
    return last


def newest_reading(connection: Connection) -> datetime | None:
    """The instant of the last reading of any park that said something."""
    newest: datetime | None = connection.scalar(select(func.max(park_runs.c.last_reading_at)))
    return newest


def first_daily_date(connection: Connection) -> date | None:
    """The earliest local day of which any park has a row."""
    # Park by park, as the key has it: each finds its own at once.
    c = park_daily_stats.c
    of_park = select(func.min(c.stat_date)).where(c.park_id == parks.c.park_id).correlate(parks)
    found = connection.scalars(select(of_park.scalar_subquery()).select_from(parks))
    return min((day for day in found if day is not None), default=None)


def first_days_with_runs(connection: Connection) -> dict[int, date]:
    """The earliest local day of each park whose runs are kept."""
    c = park_runs.c
    query = select(c.park_id, func.min(c.local_date).label("day")).group_by(c.park_id)
    return {row.park_id: row.day for row in connection.execute(query)}

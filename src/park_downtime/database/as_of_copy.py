"""What the database of an earlier moment takes over as it is: what was known then, and what is today's.

Names, tiers, operators and every table that is not named here are as they are now. What had not
happened yet stays behind; what is worked out anew is left out.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from sqlalchemy import Column, Connection, Engine, Table, delete, insert, select

from park_downtime.database.by_park import every_park
from park_downtime.database.cycles import holding_cycles
from park_downtime.database.parks import all_parks
from park_downtime.database.rank_intervals import newest_set
from park_downtime.database.rolled_up import LEVELS, Level
from park_downtime.database.row_copy import Row, Take, copy
from park_downtime.database.statistics_tables import (
    aggregation_log,
    api_keys,
    api_usage,
    data_version,
    former_closure_ids,
    park_daily_stats,
    park_operating_sessions,
    park_period_totals,
    rank_intervals,
    rank_sets,
    ready_columns,
    reopening_odds,
    reopening_votes,
    ride_closures,
    ride_daily_stats,
    ride_edges,
    ride_period_totals,
    ride_status_now,
)
from park_downtime.database.tables import (
    collection_cycles,
    corrections,
    lands,
    metadata,
    park_activity_snapshots,
    park_doubts,
    park_runs,
    parks,
    ride_classifications,
    ride_names,
    ride_runs,
    ride_status_snapshots,
    rides,
)
from park_downtime.model import RankedPeriod
from park_downtime.named_periods import WHOLE
from park_downtime.periods import local_date

IsClosed = Callable[[int, date], bool]
"""Whether a park's local day had been closed by then: its rows are what they were."""

A_DAY = timedelta(hours=24)
DAYS_BACK = timedelta(days=400)
"""Days alone; weeks, months and years go back to the first."""

OF_DAYS: Mapping[Table, Column[Any]] = {
    ride_daily_stats: ride_daily_stats.c.stat_date,
    park_daily_stats: park_daily_stats.c.stat_date,
    ride_closures: ride_closures.c.stat_date,
    park_operating_sessions: park_operating_sessions.c.local_date,
}
OF_CYCLES = (
    *(collection_cycles, park_activity_snapshots, ride_status_snapshots),
    *(aggregation_log, reopening_odds),
)
WITH_DAYS = (ride_edges,)
ROLLED_UP = tuple(table for level in LEVELS for table in (level.rides, level.parks))
TOLD = (former_closure_ids,)
OF_RANKS = (rank_sets, rank_intervals)
WORKED_OUT = (ride_runs, park_runs, ride_status_now, ride_period_totals, park_period_totals, data_version)
NOT_COPIED = (*(api_keys, api_usage, reopening_votes, ready_columns),)


def copy_names(source: Connection, target: Connection, as_of: datetime) -> None:
    """Parks and rides that had been seen by then, what they are called and what they are."""
    then = _Names(as_of, _former_parks(source, as_of))
    taken: dict[Table, Take] = {
        parks: then.park,
        lands: then.land,
        rides: then.ride,
        ride_names: then.of_ride,
        ride_classifications: then.of_ride,
        park_doubts: then.doubt,
        corrections: then.correction,
    }
    handled = {*OF_DAYS, *WITH_DAYS, *TOLD, *ROLLED_UP, *OF_CYCLES, *OF_RANKS, *WORKED_OUT, *NOT_COPIED}
    for table in metadata.sorted_tables:
        if table not in handled:
            copy(source, target, table, take=taken.get(table))


class _Names:
    """Rows as they were; each kind comes after those that it refers to."""

    def __init__(self, as_of: datetime, former_parks: Mapping[int, int]) -> None:
        self._as_of = as_of
        self._former_parks = former_parks
        self._parks: set[int] = set()
        self._lands: set[int] = set()
        self._rides: set[int] = set()

    def _is_later(self, instant: datetime | None) -> bool:
        return instant is not None and instant > self._as_of

    def park(self, row: Row) -> Row | None:
        if self._is_later(row["first_seen_at"]):
            return None
        self._parks.add(row["park_id"])
        then = dict(row)
        if self._is_later(row["removed_at"]):
            then["removed_at"] = None
        if self._is_later(row["zone_changed_at"]):
            then |= {"timezone": row["previous_timezone"], "previous_timezone": None, "zone_changed_at": None}
        return then

    def land(self, row: Row) -> Row | None:
        if row["park_id"] not in self._parks:
            return None
        self._lands.add(row["land_key"])
        return row

    def ride(self, row: Row) -> Row | None:
        park_id = self._former_parks.get(row["ride_id"], row["park_id"])
        if self._is_later(row["first_seen_at"]) or park_id not in self._parks:
            return None
        self._rides.add(row["ride_id"])
        return row | {
            "park_id": park_id,
            "moves_on": None if row["ride_id"] in self._former_parks else row["moves_on"],
            "land_key": row["land_key"] if row["land_key"] in self._lands else None,
            "inactive_since": None if self._is_later(row["inactive_since"]) else row["inactive_since"],
        }

    def doubt(self, row: Row) -> Row | None:
        if self._is_later(row["recognised_at"]):
            return None
        return row | {"ended_at": None} if self._is_later(row["ended_at"]) else row

    def correction(self, row: Row) -> Row | None:
        if self._is_later(row["made_at"]) or row["park_id"] not in self._parks:
            return None
        return row | {"withdrawn_at": None} if self._is_later(row["withdrawn_at"]) else row

    def of_ride(self, row: Row) -> Row | None:
        return row if row["ride_id"] in self._rides else None


def copy_cycles(
    source: Connection, target: Connection, as_of: datetime, at: datetime, judged: Collection[int]
) -> None:
    """Cycles and nights up to then, of parks with runs what they added up to on the day before, and the raw
    readings that still held at `at`.
    """
    cycle, activity, snapshot = collection_cycles.c, park_activity_snapshots.c, ride_status_snapshots.c
    copy(source, target, collection_cycles, cycle.recorded_at <= as_of)
    copy(source, target, aggregation_log, aggregation_log.c.finished_at <= as_of)
    copy(source, target, reopening_odds, reopening_odds.c.made_at <= as_of)
    copy(
        source,
        target,
        park_activity_snapshots,
        activity.park_id.in_(sorted(judged)),
        activity.recorded_at > at - A_DAY,
        activity.recorded_at <= at,
    )
    for recorded_at in holding_cycles(source, at):
        copy(
            source,
            target,
            ride_status_snapshots,
            snapshot.park_id.in_(sorted(judged)),
            snapshot.recorded_at == recorded_at,
        )


def copy_days(source: Connection, target: Connection, as_of: datetime, is_closed: IsClosed) -> None:
    """Rows of the local days that were closed, and the sessions that began on them."""
    park_ids = every_park(source)
    for table, day in OF_DAYS.items():

        def of_closed_day(row: Row, name: str = day.name) -> Row | None:
            return row if is_closed(row["park_id"], row[name]) else None

        of_parks = table.c.park_id.in_(park_ids)
        copy(source, target, table, of_parks, day >= as_of.date() - DAYS_BACK, take=of_closed_day)
    c = park_operating_sessions.c
    closed = {(row.park_id, row.started_at) for row in target.execute(select(c.park_id, c.started_at))}

    def of_closed_session(row: Row) -> Row | None:
        return row if (row["park_id"], row["started_at"]) in closed else None

    copy(source, target, ride_edges, take=of_closed_session)


def copy_ended_periods(
    source: Connection, target: Connection, level: Level, ended_before: Mapping[int, date]
) -> None:
    """Weeks, months or years that were over in a park before a day of its own."""
    dates_of = WHOLE[level.kind]
    first_of_some = dates_of(min(ended_before.values())).first

    def of_ended(row: Row) -> Row | None:
        before = ended_before.get(row["park_id"])
        return row if before is not None and dates_of(row["period_start"]).last < before else None

    for table in (level.rides, level.parks):
        copy(source, target, table, table.c.period_start < first_of_some)
        copy(source, target, table, table.c.period_start >= first_of_some, take=of_ended)


def copy_rank_sets(source: Connection, target: Connection, as_of: datetime) -> None:
    """What the nights had said by then of how sure ranks were; of each period the last."""
    for period in RankedPeriod:
        newest = newest_set(source, period, not_after=as_of)
        if newest is not None:
            for table in OF_RANKS:
                copy(source, target, table, table.c.set_id == newest.set_id)


def copy_whole_runs(
    source: Connection, target: Connection, as_of: datetime, park_ids: Collection[int]
) -> None:
    """Runs that were over."""
    for table in (ride_runs, park_runs):
        copy(source, target, table, table.c.park_id.in_(sorted(park_ids)), table.c.last_reading_at <= as_of)


def copy_readings(
    source: Connection, target: Connection, keys: Collection[tuple[int, datetime, int]]
) -> None:
    """Single raw readings by park, instant and ride."""
    c = ride_status_snapshots.c
    for park_id, recorded_at, ride_id in keys:
        copy(
            source,
            target,
            ride_status_snapshots,
            c.park_id == park_id,
            c.recorded_at == recorded_at,
            c.ride_id == ride_id,
        )


def copy_version(source: Connection, target: Connection, as_of: datetime | None) -> None:
    target.execute(delete(data_version))
    for row in source.execute(select(data_version)).all():
        target.execute(insert(data_version).values({**row._mapping, "as_of": as_of}))


def create_tables(engine: Engine) -> None:
    metadata.create_all(engine)


def empty(target: Connection) -> None:
    """Every table but that of versions."""
    for table in reversed(metadata.sorted_tables):
        if table is not data_version:
            target.execute(delete(table))


def _former_parks(source: Connection, as_of: datetime) -> dict[int, int]:
    """Where rides stood that have moved since: in the park in which they were read last."""
    known = all_parks(source)
    moved = select(rides.c.ride_id, rides.c.park_id, rides.c.moves_on).where(
        rides.c.moves_on.is_not(None), rides.c.next_park_id.is_(None)
    )
    found: dict[int, int] = {}
    for row in source.execute(moved).all():
        if row.moves_on <= local_date(as_of, known[row.park_id].zone):
            continue
        last = (
            select(ride_runs.c.park_id)
            .where(ride_runs.c.ride_id == row.ride_id, ride_runs.c.started_at <= as_of)
            .order_by(ride_runs.c.started_at.desc())
        )
        park_id = source.scalar(last.limit(1))
        if park_id is not None:
            found[row.ride_id] = park_id
    return found

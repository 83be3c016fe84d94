"""Collection cycles: begun before their rows, finished after them, found when they were killed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection, insert, select, update

from park_downtime.database.tables import collection_cycles
from park_downtime.model import CycleOutcome
from park_downtime.timeline.runs import hold_limit, is_stale

LONGEST_INTERVAL_SECONDS = 3600

_c = collection_cycles.c


@dataclass(frozen=True, slots=True)
class CycleCounts:
    """What a finished cycle wrote. Seconds are of fetching and of storing."""

    parks_ok: int
    parks_failed: int
    parks_rejected: int
    rows_written: int
    odd_entries: int
    dropped_waits: int
    fetch_seconds: float
    store_seconds: float


@dataclass(frozen=True, slots=True)
class CycleRow:
    """A stored cycle; the counts are None until it is complete."""

    cycle_id: int
    recorded_at: datetime
    interval_seconds: int
    outcome: CycleOutcome
    was_spooled: bool
    parks_ok: int | None
    parks_failed: int | None
    parks_rejected: int | None
    rows_written: int | None
    fetch_seconds: float | None
    store_seconds: float | None


_COLUMNS = [_c[name] for name in CycleRow.__dataclass_fields__]


def cycle_at(connection: Connection, recorded_at: datetime) -> CycleRow | None:
    row = connection.execute(select(*_COLUMNS).where(_c.recorded_at == recorded_at)).one_or_none()
    return None if row is None else CycleRow(**row._mapping)


def begin_cycle(
    connection: Connection, recorded_at: datetime, interval_seconds: int, was_spooled: bool
) -> CycleRow:
    """The row of the cycle, which may exist from an attempt that was cut short."""
    if cycle_at(connection, recorded_at) is None:
        connection.execute(
            insert(collection_cycles).values(
                recorded_at=recorded_at,
                interval_seconds=interval_seconds,
                outcome=CycleOutcome.RUNNING,
                was_spooled=was_spooled,
            )
        )
    found = cycle_at(connection, recorded_at)
    if found is None:
        raise RuntimeError(f"the cycle of {recorded_at} vanished inside its own transaction")
    return found


def finish_cycle(connection: Connection, cycle_id: int, counts: CycleCounts) -> None:
    values = {name: getattr(counts, name) for name in CycleCounts.__dataclass_fields__}
    connection.execute(
        update(collection_cycles)
        .where(_c.cycle_id == cycle_id)
        .values(outcome=CycleOutcome.COMPLETE, **values)
    )


def mark_interrupted(connection: Connection, before: datetime) -> int:
    """Cycles that never finished, because their process was killed; answers how many were found."""
    return connection.execute(
        update(collection_cycles)
        .where(_c.outcome == CycleOutcome.RUNNING, _c.recorded_at < before)
        .values(outcome=CycleOutcome.INTERRUPTED)
    ).rowcount


def latest_cycle(connection: Connection, not_after: datetime | None = None) -> CycleRow | None:
    """The newest cycle that landed, complete or with whole parks of it."""
    query = select(*_COLUMNS).where(_c.outcome != CycleOutcome.RUNNING)
    if not_after is not None:
        query = query.where(_c.recorded_at <= not_after)
    row = connection.execute(query.order_by(_c.recorded_at.desc()).limit(1)).one_or_none()
    return None if row is None else CycleRow(**row._mapping)


def cycles_since(connection: Connection, since: datetime) -> list[datetime]:
    """Starts of the cycles from then on, in time order."""
    return list(
        connection.scalars(select(_c.recorded_at).where(_c.recorded_at >= since).order_by(_c.recorded_at))
    )


def add_complete_cycles(
    connection: Connection, instants: Sequence[datetime], interval_seconds: int, parks_ok: int
) -> None:
    """Cycles that are known to have landed, without raw rows: of a made-up history."""
    if instants:
        connection.execute(
            insert(collection_cycles),
            [
                {
                    "recorded_at": at,
                    "interval_seconds": interval_seconds,
                    "outcome": CycleOutcome.COMPLETE,
                    "was_spooled": False,
                    "parks_ok": parks_ok,
                    "parks_failed": 0,
                    "parks_rejected": 0,
                    "rows_written": 0,
                }
                for at in instants
            ],
        )


def holding_cycles(connection: Connection, at: datetime) -> list[datetime]:
    """Starts of the cycles whose readings still hold at `at`, newest first."""
    query = (
        select(_c.recorded_at, _c.interval_seconds)
        .where(
            _c.recorded_at <= at,
            _c.recorded_at >= at - hold_limit(LONGEST_INTERVAL_SECONDS),
            _c.outcome != CycleOutcome.RUNNING,
        )
        .order_by(_c.recorded_at.desc())
    )
    return [
        row.recorded_at
        for row in connection.execute(query)
        if not is_stale(row.recorded_at, at, row.interval_seconds)
    ]

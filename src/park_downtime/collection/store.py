"""Store one cycle: its row, then every park in a transaction of its own, then its counts.

Killed at any moment it leaves whole parks or nothing. Storing the same cycle again stores the
parks that are missing and touches no other.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection, Engine

from park_downtime.clock import monotonic_seconds
from park_downtime.collection.sync_rides import Classifies, sync_rides
from park_downtime.collection.sync_time_zones import change_zones
from park_downtime.database.again import read_again, write_again
from park_downtime.database.availability import unforeseen
from park_downtime.database.cycles import CycleCounts, CycleRow, begin_cycle, finish_cycle, mark_interrupted
from park_downtime.database.engine import DATABASE_UNAVAILABLE, in_one_line
from park_downtime.database.park_past import ParkPast, past_of_parks
from park_downtime.database.parks import ParkRow, all_parks
from park_downtime.database.readings import (
    add_failures,
    add_snapshots,
    count_snapshots,
    forget_snapshots,
    latest_reached,
    parks_reached,
    parks_requested,
)
from park_downtime.database.reopening import odds_before
from park_downtime.database.version import bump_version, mark_simulated
from park_downtime.judging.believe_stamps import believe_stamps, offset_seconds
from park_downtime.judging.fold_readings import record_readings
from park_downtime.judging.late_readings import record_late_readings
from park_downtime.model import Cycle, ParkFailure, ParkOutcome, ParkReadings
from park_downtime.timeline.reopening import Odds

log = logging.getLogger(__name__)

UNUSABLE = (ParkOutcome.REJECTED, ParkOutcome.EMPTY)
"""Something came that says nothing."""


class ParkNotStorable(Exception):
    """The readings of one park cannot be stored; the message says why. Other parks go on."""


@dataclass(frozen=True, slots=True)
class StoredCycle:
    """What is stored of a cycle. `parks_skipped` were stored by an earlier attempt; `not_storable`
    came well but could not be stored, and are among `parks_failed`.
    """

    cycle_id: int
    recorded_at: datetime
    was_spooled: bool
    parks_ok: int
    parks_failed: int
    parks_rejected: int
    parks_skipped: int
    rows_written: int
    store_seconds: float
    not_storable: tuple[ParkFailure, ...] = ()


@dataclass(frozen=True, slots=True)
class _Before:
    """What is read once for all parks: the odds and each park's past before the cycle."""

    odds: Odds
    pasts: Mapping[int, ParkPast]


def store_cycle(
    engine: Engine, cycle: Cycle, classifier: Classifies, was_spooled: bool = False
) -> StoredCycle:
    """Raises what DATABASE_UNAVAILABLE names when the database goes away: some parks may be stored then,
    and the same cycle can be stored again later.
    """
    started = monotonic_seconds()
    row, known, reached = write_again(engine, lambda connection: _begin(connection, cycle, was_spooled))
    before = read_again(engine, lambda connection: _before(connection, cycle))
    skipped = sum(readings.park_id in reached for readings in cycle.parks)
    not_storable: list[ParkFailure] = []
    for readings in cycle.parks:
        if readings.park_id in reached or not readings.readings:
            continue
        failure = _try_park(engine, row, readings, known, classifier, before)
        if failure is None:
            reached.add(readings.park_id)
        else:
            not_storable.append(failure)
    counts = write_again(
        engine, lambda connection: _finish(connection, cycle, row, reached, not_storable, started)
    )
    return StoredCycle(
        cycle_id=row.cycle_id,
        recorded_at=cycle.recorded_at,
        was_spooled=was_spooled,
        parks_ok=counts.parks_ok,
        parks_failed=counts.parks_failed,
        parks_rejected=counts.parks_rejected,
        parks_skipped=skipped,
        rows_written=counts.rows_written,
        store_seconds=counts.store_seconds,
        not_storable=tuple(not_storable),
    )


def _begin(
    connection: Connection, cycle: Cycle, was_spooled: bool
) -> tuple[CycleRow, Mapping[int, ParkRow], set[int]]:
    """The cycle's row, the known parks, and those that an earlier attempt has heard already."""
    if cycle.is_simulated:
        mark_simulated(connection)
    mark_interrupted(connection, cycle.recorded_at)
    row = begin_cycle(connection, cycle.recorded_at, cycle.interval_seconds, was_spooled)
    known = change_zones(connection, all_parks(connection), cycle.recorded_at)
    reached = parks_reached(connection, cycle.recorded_at)
    for park_id in parks_requested(connection, cycle.recorded_at) - reached:
        # Stored before, and every reading was unknown: what is said now takes their place.
        forget_snapshots(connection, park_id, cycle.recorded_at)
    return row, known, reached


def _before(connection: Connection, cycle: Cycle) -> _Before:
    park_ids = [readings.park_id for readings in cycle.parks]
    return _Before(
        odds_before(connection, cycle.recorded_at), past_of_parks(connection, park_ids, cycle.recorded_at)
    )


def _finish(
    connection: Connection,
    cycle: Cycle,
    row: CycleRow,
    stored: set[int],
    not_storable: list[ParkFailure],
    started: float,
) -> CycleCounts:
    # Another machine may have stored the same cycle meanwhile: what it heard is heard.
    reached = stored | parks_reached(connection, cycle.recorded_at)
    empty = [
        ParkFailure(readings.park_id, ParkOutcome.EMPTY, "lists no ride")
        for readings in cycle.parks
        if not readings.readings
    ]
    without = (*cycle.failures, *empty, *not_storable)
    failures = [failure for failure in without if failure.park_id not in reached]
    landed = [readings for readings in cycle.parks if readings.park_id in reached]
    add_failures(connection, cycle.recorded_at, row.cycle_id, failures)
    counts = CycleCounts(
        parks_ok=len(reached),
        parks_failed=sum(failure.outcome is ParkOutcome.FAILED for failure in failures),
        parks_rejected=sum(failure.outcome in UNUSABLE for failure in failures),
        rows_written=count_snapshots(connection, cycle.recorded_at, reached),
        odd_entries=sum(readings.odd_entries for readings in landed),
        dropped_waits=sum(readings.dropped_waits for readings in landed),
        fetch_seconds=cycle.fetch_seconds,
        store_seconds=monotonic_seconds() - started,
    )
    finish_cycle(connection, row.cycle_id, counts)
    bump_version(connection, cycle.recorded_at)
    return counts


def _try_park(
    engine: Engine,
    cycle: CycleRow,
    readings: ParkReadings,
    known: Mapping[int, ParkRow],
    classifier: Classifies,
    before: _Before,
) -> ParkFailure | None:
    """None when the park is stored; what went wrong when its own data made that impossible."""
    try:
        write_again(
            engine, lambda connection: _store_park(connection, cycle, readings, known, classifier, before)
        )
    except DATABASE_UNAVAILABLE:
        raise
    except ParkNotStorable as error:
        reason = str(error)
        log.error("park not stored", extra={"park_id": readings.park_id, "reason": reason})
    except Exception as error:
        # One park failing, in whatever way, never harms another.
        reason = f"not stored: {in_one_line(error)}"
        log.error(
            "park not stored",
            exc_info=unforeseen(error),
            extra={"park_id": readings.park_id, "reason": reason},
        )
    else:
        return None
    return ParkFailure(readings.park_id, ParkOutcome.FAILED, reason)


def _store_park(
    connection: Connection,
    cycle: CycleRow,
    readings: ParkReadings,
    known: Mapping[int, ParkRow],
    classifier: Classifies,
    before: _Before,
) -> None:
    park = known.get(readings.park_id)
    if park is None:
        raise ParkNotStorable(f"park {readings.park_id} is not in the database")
    at, past = cycle.recorded_at, _past(connection, park, cycle, before)
    readings, newest_stamp = believe_stamps(connection, cycle, readings, past.stamp)
    offset = offset_seconds(newest_stamp, at)
    synced = sync_rides(connection, park, readings, at, classifier, past.lands, past.is_late(at))
    add_snapshots(connection, park.park_id, at, cycle.cycle_id, synced.stored)
    own = replace(readings, readings=synced.observed)
    if past.is_behind(at):
        record_late_readings(connection, park, cycle, own, offset)
    else:
        record_readings(connection, park, cycle, own, synced.rides, offset, before.odds, past)


def _past(connection: Connection, park: ParkRow, cycle: CycleRow, before: _Before) -> ParkPast:
    """As it was read for all parks, or anew where another collector has stored readings of it since."""
    past = before.pasts.get(park.park_id)
    if past is None or latest_reached(connection, park.park_id) != past.reached_at:
        past = past_of_parks(connection, [park.park_id], cycle.recorded_at)[park.park_id]
    return past

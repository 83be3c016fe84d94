"""History made up: the simulator's states as runs, through the same judging functions as real ones."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, Engine

from park_downtime.classification.classifier import Classifier
from park_downtime.classification.park_facts import park_facts
from park_downtime.clock import Clock
from park_downtime.collection.sync_parks import park_row
from park_downtime.collection.sync_rides import sync_rides
from park_downtime.database.aggregation import begin_attempt, end_attempt, zone_days
from park_downtime.database.cycles import add_complete_cycles, latest_cycle
from park_downtime.database.edges import days_without_edges
from park_downtime.database.engine import reading, writing
from park_downtime.database.parks import all_parks, save_groups, save_parks
from park_downtime.database.retention import delete_snapshots
from park_downtime.database.rides import counted_rides
from park_downtime.database.totals import rebuild_totals
from park_downtime.database.version import bump_version, mark_simulated
from park_downtime.feed.park_list import read_park_list
from park_downtime.feed.readings import read_payload
from park_downtime.jobs.aggregate import aggregate_due
from park_downtime.jobs.prune import BATCH_ROWS, RUN_RETENTION
from park_downtime.judging.roll_up import each_period, roll_up_one
from park_downtime.model import ZoneDayStatus
from park_downtime.periods import DAY, local_date
from park_downtime.simulator.backfill_days import (
    BackfillPark,
    MadeDay,
    made_day,
    save_made,
    save_made_statuses,
)
from park_downtime.simulator.backfill_runs import MadeUpDays
from park_downtime.simulator.payload import park_list_json, queue_times_json
from park_downtime.simulator.world import World
from park_downtime.timeline.runs import is_stale

log = logging.getLogger(__name__)

INTERVAL_SECONDS = 600
FIRST_BATCH_DAYS, BATCH_DAYS = 5, 7  # with today and yesterday the first makes a week
Progress = Callable[[int, int], None]


@dataclass(frozen=True, slots=True)
class BackfillReport:
    parks: int
    days: int
    rows_written: int


def backfill(
    engine: Engine,
    world: World,
    first_day: date,
    until: datetime,
    progress: Progress | None = None,
) -> BackfillReport:
    """Fill an empty database with closed local days from `first_day` on, and today up to `until`.

    Runs are kept for seven days, as if the nights had pruned them; raw readings there are none.
    """
    begin_history(engine, world, first_day, until)
    return fill_history(engine, world, until, lambda: _before(until), progress)


def begin_history(engine: Engine, world: World, first_day: date, until: datetime) -> None:
    """Yesterday and today up to `until`, whatever became of them: all that a first look needs.

    In an empty database the history reaches back to `first_day`; one that is kept goes on, and no hole
    is left where nothing was collected. One transaction: stopped inside it there is nothing yet.
    """
    until = _before(until)
    with writing(engine) as connection:
        mark_simulated(connection)
        if not all_parks(connection):
            _register(connection, world, datetime.combine(first_day, datetime.min.time(), UTC))
        parks = _parks(connection, world, until)
        latest = latest_cycle(connection)
        _add_cycles(connection, parks, until, None if latest is None else latest.recorded_at)
        for park in parks:
            # What was collected of these days begins or ends in their middle: the night must not fold it.
            while delete_snapshots(connection, park.row.park_id, until, BATCH_ROWS):
                pass
            for day in (park.today - DAY, park.today):
                if day >= park.first_day:
                    # Yesterday is closed by the night, which knows the habits of the days before.
                    save_made(connection, park, replace(made_day(park, day, until), is_final=False))
            save_made_statuses(connection, park, until)
            rebuild_totals(connection, [park.row.park_id], park.today)
        bump_version(connection, until)


def is_behind(engine: Engine, now: datetime) -> bool:
    """Whether what was collected last holds no more, so that a hole would be seen; or there is nothing."""
    with reading(engine) as connection:
        latest = latest_cycle(connection)
    return latest is None or is_stale(latest.recorded_at, now, latest.interval_seconds)


def days_there(engine: Engine, world: World, until: datetime) -> tuple[int, int]:
    """How many days of the history before today are made, and of how many."""
    with reading(engine) as connection:
        parks = _parks(connection, world, _before(until))
        missing = set().union(*(_missing_days(connection, park) for park in parks))
    total = _days(parks)
    return total - len(missing), total


def fill_history(
    engine: Engine, world: World, until: datetime, now: Clock, progress: Progress | None = None
) -> BackfillReport:
    """What is missing before yesterday, the newest days first, each batch whole or not at all; then the sums.

    Stopped at any moment it goes on where it was. `until` is what `begin_history` was told; the nights
    must rest meanwhile: they would close days that are not made yet.
    """
    until = _before(until)
    with reading(engine) as connection:
        parks = _parks(connection, world, until)
        missing = {park.row.park_id: _missing_days(connection, park) for park in parks}
    days = sorted(set().union(*missing.values()), reverse=True)
    total = _days(parks)
    rows = 0
    for batch in _batches(days):
        _tell(progress, total - len(days), total)
        made = [
            (park, made_day(park, day, until))
            for park in parks
            for day in batch
            if day in missing[park.row.park_id]
        ]
        with writing(engine) as connection:
            mark_simulated(connection)  # one that an earlier release began is not marked yet
            rows += sum(save_made(connection, park, one) for park, one in made)
            _log_closed(connection, made, until)
            for park in parks:
                rebuild_totals(connection, [park.row.park_id], local_date(now(), park.row.zone))
            bump_version(connection)
        days = days[len(batch) :]
        for park in parks:
            park.days.forget_after(batch[-1])
    _judge_by_habits(engine, parks, until, now)
    _roll_up(engine, parks)
    aggregate_due(engine, now())  # yesterday, where its sessions are over
    _tell(progress, total, total)
    log.info("backfilled", extra={"parks": len(parks), "days": total, "rows_written": rows})
    return BackfillReport(len(parks), total, rows)


def _judge_by_habits(engine: Engine, parks: Sequence[BackfillPark], until: datetime, now: Clock) -> None:
    """Late starts, and rides that did not reopen: a habit is made of the days before, so the oldest go first.

    Stopped at any moment it goes on where it was.
    """
    with reading(engine) as connection:
        without = {park.row.park_id: days_without_edges(connection, park.row.park_id) for park in parks}
    for day in sorted(set().union(*without.values())):
        of_day = [
            park
            for park in parks
            if day in without[park.row.park_id] and park.first_day <= day < park.today - DAY
        ]
        if not of_day:
            continue
        with writing(engine) as connection:
            for park in of_day:
                save_made(connection, park, made_day(park, day, until, connection))
        for park in of_day:
            park.days.forget_before(day - 3 * DAY)
    with writing(engine) as connection:
        for park in parks:
            rebuild_totals(connection, [park.row.park_id], local_date(now(), park.row.zone))
        bump_version(connection)


def _parks(connection: Connection, world: World, until: datetime) -> list[BackfillPark]:
    """History begins on the UTC day on which the first ride was seen."""
    rows = [row for row in all_parks(connection).values() if row.park_id in world.parks]
    lives = {row.park_id: counted_rides(connection, row.park_id, row.zone) for row in rows}
    seen = [life.first_seen for of_park in lives.values() for life in of_park.values()]
    first_day = min(seen, default=until).date()
    return [
        BackfillPark(
            row,
            lives[row.park_id],
            first_day,
            local_date(until, row.zone),
            MadeUpDays(world, row.park_id, row.zone, lives[row.park_id].keys(), first_day, until),
        )
        for row in rows
    ]


def _days(parks: Sequence[BackfillPark]) -> int:
    return max(((park.today - park.first_day).days for park in parks), default=0)


def _missing_days(connection: Connection, park: BackfillPark) -> set[date]:
    """Days before yesterday that were never closed; yesterday is left to the night."""
    log_rows = zone_days(connection, park.row.timezone, park.first_day)
    closed = {day for day, row in log_rows.items() if row.status is ZoneDayStatus.SUCCESS}
    all_days = {park.first_day + n * DAY for n in range((park.today - park.first_day).days - 1)}
    return all_days - closed


def _batches(days: Sequence[date]) -> Iterator[Sequence[date]]:
    if days:
        yield days[:FIRST_BATCH_DAYS]
    for start in range(FIRST_BATCH_DAYS, len(days), BATCH_DAYS):
        yield days[start : start + BATCH_DAYS]


def _tell(progress: Progress | None, done: int, total: int) -> None:
    if progress is not None:
        progress(done, total)


def _before(at: datetime) -> datetime:
    """The last reading that is made up: the first live cycle comes after it."""
    return _on_grid(at - timedelta(seconds=1))


def _on_grid(at: datetime) -> datetime:
    return datetime.fromtimestamp(int(at.timestamp()) // INTERVAL_SECONDS * INTERVAL_SECONDS, UTC)


def _grid(start: datetime, end: datetime) -> Iterator[datetime]:
    at = _on_grid(start)
    while at <= end:
        yield at
        at += timedelta(seconds=INTERVAL_SECONDS)


def _register(connection: Connection, world: World, at: datetime) -> None:
    """The world's parks and rides, as the first payloads would have made them known."""
    facts = park_facts()
    listed = read_park_list(park_list_json(world)).parks
    save_groups(connection, {park.group_id: park.group_name for park in listed})
    rows = [park_row(park, facts.get(park.park_id), None, at, was_collected=False) for park in listed]
    save_parks(connection, [replace(row, is_tracked=True) for row in rows])
    parks = [park for park in all_parks(connection).values() if park.park_id in world.parks]
    classifier = Classifier.load()
    for park in parks:
        payload = read_payload(park.park_id, queue_times_json(world, park.park_id, at), at)
        sync_rides(connection, park, payload, at, classifier)


def _add_cycles(
    connection: Connection, parks: Sequence[BackfillPark], until: datetime, latest: datetime | None
) -> None:
    """The cycles that would have run since the last one, as far back as runs are kept."""
    first_day = min((park.first_day for park in parks), default=until.date())
    start = max(datetime.combine(first_day, datetime.min.time(), UTC), until - RUN_RETENTION)
    instants = [at for at in _grid(start, until) if latest is None or at > latest]
    add_complete_cycles(connection, instants, INTERVAL_SECONDS, parks_ok=len(parks))


def _log_closed(connection: Connection, made: Sequence[tuple[BackfillPark, MadeDay]], at: datetime) -> None:
    """As the nights would have: a day of a zone is closed when all of its parks are."""
    of_zones = Counter((park.row.timezone, one.day) for park, one in made)
    for (timezone, day), parks in of_zones.items():
        begin_attempt(connection, timezone, day, 1, at)
        end_attempt(connection, timezone, day, ZoneDayStatus.SUCCESS, at, parks, 0, 0, None)


def _roll_up(engine: Engine, parks: Sequence[BackfillPark]) -> None:
    """Weeks, months and years up to yesterday."""
    if not parks:
        return
    ids = [park.row.park_id for park in parks]
    first, last = parks[0].first_day, max(park.today for park in parks) - DAY
    for level, day in each_period(first, last):
        with writing(engine) as connection:
            roll_up_one(connection, level, ids, day)

"""History made up: the simulator's states as runs, through the same judging functions as real ones."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime, timedelta

from sqlalchemy import Connection, Engine

from park_downtime.classification.classifier import Classifier
from park_downtime.classification.park_facts import park_facts
from park_downtime.database.aggregation import begin_attempt, end_attempt
from park_downtime.database.counted import counted_rides
from park_downtime.database.cycles import add_complete_cycles
from park_downtime.database.daily import save_day
from park_downtime.database.engine import writing
from park_downtime.database.park_memory import ParkMemory, zone_of
from park_downtime.database.parks import ParkRow, all_parks, save_groups, save_parks
from park_downtime.database.runs import save_park_runs, save_runs
from park_downtime.database.sessions import save_sessions
from park_downtime.database.totals import rebuild_totals
from park_downtime.database.version import bump_version
from park_downtime.feed.park_list import read_park_list
from park_downtime.feed.readings import read_payload
from park_downtime.feed.simulator.payload import park_list_json, queue_times_json
from park_downtime.feed.simulator.world import World
from park_downtime.jobs.aggregate import aggregate_due
from park_downtime.jobs.backfill_runs import RunsOfDay, runs_of_day
from park_downtime.jobs.parks_in_step import park_row
from park_downtime.jobs.prune import RUNS_KEPT
from park_downtime.jobs.rides_in_step import keep_rides_in_step
from park_downtime.jobs.roll_up import roll_up
from park_downtime.model import ZoneDayStatus
from park_downtime.periods import DAY, local_date, month_of, start_of_day, week_of
from park_downtime.statistics.days import RideLife

log = logging.getLogger(__name__)

INTERVAL_SECONDS = 600
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
    until = _on_grid(until - timedelta(seconds=1))  # the first live cycle comes after it
    start = datetime.combine(first_day, datetime.min.time(), UTC)
    with writing(engine) as connection:
        parks = _register(connection, world, start)
        add_complete_cycles(
            connection,
            list(_grid(max(start, until - RUNS_KEPT), until)),
            INTERVAL_SECONDS,
            parks_ok=len(parks),
        )
    rows = 0
    for number, park in enumerate(parks, start=1):
        with writing(engine) as connection:
            rows += _fill_park(connection, world, park, first_day, until)
        if progress is not None:
            progress(number, len(parks))
    with writing(engine) as connection:
        _close(connection, parks, first_day, until)
        bump_version(connection, until)
    aggregate_due(engine, until)  # yesterday, where its sessions are over
    days = (until.date() - first_day).days
    log.info("backfilled", extra={"parks": len(parks), "days": days, "rows_written": rows})
    return BackfillReport(len(parks), days, rows)


def _on_grid(at: datetime) -> datetime:
    return datetime.fromtimestamp(int(at.timestamp()) // INTERVAL_SECONDS * INTERVAL_SECONDS, UTC)


def _grid(start: datetime, end: datetime) -> Iterator[datetime]:
    at = _on_grid(start)
    while at <= end:
        yield at
        at += timedelta(seconds=INTERVAL_SECONDS)


def _register(connection: Connection, world: World, at: datetime) -> list[ParkRow]:
    """The world's parks and rides, as the first payloads would have made them known."""
    facts = park_facts()
    listed = read_park_list(park_list_json(world))
    save_groups(connection, {park.group_id: park.group_name for park in listed})
    rows = [park_row(park, facts.get(park.park_id), None, at, was_collected=False) for park in listed]
    save_parks(connection, [replace(row, is_tracked=True) for row in rows])
    parks = [park for park in all_parks(connection).values() if park.park_id in world.parks]
    classifier = Classifier.load()
    for park in parks:
        payload = read_payload(park.park_id, queue_times_json(world, park.park_id, at), at)
        keep_rides_in_step(connection, park, payload, at, classifier, lambda _: False)
    return parks


def _fill_park(connection: Connection, world: World, park: ParkRow, first_day: date, until: datetime) -> int:
    zone = zone_of(park)
    lives = counted_rides(connection, park.park_id, zone)
    today = local_date(until, zone)
    kept_from = local_date(until - RUNS_KEPT, zone)
    rows = 0
    kept: dict[date, RunsOfDay] = {}
    counts: list[tuple[datetime, int]] = []
    for offset in range((today - first_day).days + 1):
        day = first_day + timedelta(days=offset)
        of_day = runs_of_day(world, park.park_id, day, zone, until, lives.keys(), kept.get(day - DAY), counts)
        kept[day] = of_day
        counts = of_day.counts
        if day >= kept_from:
            save_runs(connection, park.park_id, of_day.runs)
            save_park_runs(connection, park.park_id, of_day.park_runs)
        # A day is judged when the next one is there: a session may end after midnight.
        if day > first_day:
            rows += _judge(connection, park, day - DAY, kept, lives, until, is_final=True)
        kept.pop(day - 3 * DAY, None)
    return rows + _judge(connection, park, today, kept, lives, until, is_final=False)


def _judge(
    connection: Connection,
    park: ParkRow,
    day: date,
    kept: dict[date, RunsOfDay],
    lives: dict[int, RideLife],
    until: datetime,
    is_final: bool,
) -> int:
    zone = zone_of(park)
    memory = ParkMemory(park.park_id, zone, day, lives, {}, [])
    for of_day in kept.values():
        memory.park_runs.extend(of_day.park_runs)
        for run in of_day.runs:
            memory.runs.setdefault(run.ride_id, []).append(run)
    start, end = start_of_day(day, zone), start_of_day(day + DAY, zone)
    now = min(until, start_of_day(day + 2 * DAY, zone)) if is_final else until
    found = [s for s in memory.sessions_at(now) if s.started_at < end]
    save_sessions(connection, park.park_id, zone, [s for s in found if s.started_at >= start])
    (row,) = memory.days([day], memory.judge(found, now))
    is_settled = all(session.is_settled for session in found)
    return save_day(connection, park.park_id, row, is_final and is_settled)


def _close(connection: Connection, parks: list[ParkRow], first_day: date, until: datetime) -> None:
    """Roll up, sum the periods, and log the days as closed."""
    last = local_date(until, parks[0].timezone) if parks else first_day
    ids = [park.park_id for park in parks]
    for offset in range((last - first_day).days):
        day = first_day + timedelta(days=offset)
        if day in (week_of(day).last, month_of(day).last, last - DAY):
            roll_up(connection, ids, day)
    for park in parks:
        rebuild_totals(connection, park.park_id, local_date(until, zone_of(park)))
    for timezone in {park.timezone for park in parks}:
        of_zone = sum(park.timezone == timezone for park in parks)
        for offset in range((local_date(until, timezone) - first_day).days - 1):
            day = first_day + timedelta(days=offset)
            begin_attempt(connection, timezone, day, 1, until)
            end_attempt(connection, timezone, day, ZoneDayStatus.SUCCESS, until, of_zone, 0, 0, None)

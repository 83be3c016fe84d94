"""Retention: raw rows go when they are old enough and their park's local day is final (DESIGN, Retention)."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from functools import partial

from sqlalchemy import Connection, Engine

from park_downtime.database.again import read_again, write_again
from park_downtime.database.doubts import delete_doubts
from park_downtime.database.parks import ParkRow, all_parks
from park_downtime.database.passing_rides import delete_rides, passing_rides
from park_downtime.database.reopening import forget_odds
from park_downtime.database.retention import (
    days_with_runs_before,
    delete_activity,
    delete_cycles,
    delete_edges,
    delete_park_runs,
    delete_runs,
    delete_snapshots,
    delete_votes,
    update_final_until,
)
from park_downtime.database.version import bump_version
from park_downtime.judging.archived_day import archived_day
from park_downtime.judging.close_day import load_for_closing
from park_downtime.periods import DAY, local_date, start_of_day
from park_downtime.stretches.archive import ArchiveUnreadable, ArchiveUnwritable, StretchArchive
from park_downtime.timeline.last_said import REMEMBERS

log = logging.getLogger(__name__)

SNAPSHOT_RETENTION = timedelta(hours=24)
RUN_RETENTION = timedelta(days=7)
ACTIVITY_RETENTION = timedelta(days=14)
EDGE_RETENTION = timedelta(days=70)
CYCLE_RETENTION = timedelta(days=90)
ODDS_NIGHTS = 8
"""An earlier moment is told by the table of its own night, as far back as runs are kept."""
PASSING_RIDE_RETENTION = timedelta(days=7)
BATCH_ROWS = 5_000


@dataclass(slots=True)
class PruneReport:
    """Rows deleted, parks whose rows had to stay because a day of theirs is not final, and why the runs of
    others had to, whose stretches are not in the archive.
    """

    snapshots: int = 0
    runs: int = 0
    activity: int = 0
    edges: int = 0
    votes: int = 0
    odds: int = 0
    cycles: int = 0
    rides: int = 0
    parks_held_back: int = 0
    not_archived: list[str] = field(default_factory=list)


def prune(engine: Engine, now: datetime, archive: StretchArchive | None = None) -> PruneReport:
    """Delete in batches of their own transactions, none of which holds a lock for long.

    `archive`: runs go only once their stretches are there; those of days that were closed before there was
    one go there now. None: a history that nobody wants to judge again.
    """
    report = PruneReport()
    for park in read_again(engine, all_parks).values():
        # Before the runs, which tell how often a ride was heard.
        report.rides += _delete_passing_rides(engine, park.park_id, now)
        _prune_park(engine, park, now, report, archive)
    report.odds = write_again(engine, lambda c: forget_odds(c, ODDS_NIGHTS))
    report.cycles = _in_batches(engine, lambda c, rows: delete_cycles(c, now - CYCLE_RETENTION, rows))
    counts = {name: getattr(report, name) for name in PruneReport.__dataclass_fields__}
    log.info("pruned", extra={**counts, "not_archived": len(report.not_archived)})
    return report


def _prune_park(
    engine: Engine, park: ParkRow, now: datetime, report: PruneReport, archive: StretchArchive | None
) -> None:
    zone = park.zone
    # Aggregation that has failed for days never loses a row.
    known = write_again(engine, lambda c: update_final_until(c, [park], local_date(now, zone)))
    final_until = known[park.park_id]
    report.parks_held_back += final_until < now - SNAPSHOT_RETENTION
    # The last hours before a day that is not final tell which of its waits are alive.
    before = min(now - SNAPSHOT_RETENTION, final_until - REMEMBERS)
    report.snapshots += _in_batches(engine, lambda c, rows: delete_snapshots(c, park.park_id, before, rows))
    activity_before = min(now - ACTIVITY_RETENTION, final_until)
    report.activity += _in_batches(
        engine, lambda c, rows: delete_activity(c, park.park_id, activity_before, rows)
    )
    # A session may reach into a day that is not final from the evening before.
    first_day = local_date(min(now - RUN_RETENTION, final_until - DAY), zone)
    if archive is not None:
        first_day = _archived_until(engine, park, first_day, archive, report)
    # What a habit is made of can be made of the stretches again.
    edges_before = min(now - EDGE_RETENTION, final_until - EDGE_RETENTION, start_of_day(first_day, zone))
    report.edges += _in_batches(engine, lambda c, rows: delete_edges(c, park.park_id, edges_before, rows))
    report.votes += _in_batches(engine, lambda c, rows: delete_votes(c, park.park_id, edges_before, rows))
    # First what says that a day's runs are kept: killed in between, no day looks whole that is not.
    report.runs += _in_batches(engine, lambda c, rows: delete_park_runs(c, park.park_id, first_day, rows))
    report.runs += _in_batches(engine, lambda c, rows: delete_runs(c, park.park_id, first_day, rows))
    # A look-back reaches into the days before the first whose runs are kept.
    doubts_before = start_of_day(first_day - 2 * DAY, zone)
    write_again(engine, lambda c: delete_doubts(c, park.park_id, doubts_before))


def _archived_until(
    engine: Engine, park: ParkRow, first_day: date, archive: StretchArchive, report: PruneReport
) -> date:
    """The first day whose runs must stay, `first_day` at the latest: all before it are in the archive."""
    for day in read_again(engine, lambda c: days_with_runs_before(c, park.park_id, first_day)):
        try:
            if day not in archive.days_kept(park.park_id, day):
                history = read_again(engine, partial(load_for_closing, park=park, day=day))
                archive.keep_missing(archived_day(history, day))
        except (ArchiveUnreadable, ArchiveUnwritable) as error:
            log.error("runs kept: their stretches are not in the archive", extra={"reason": str(error)})
            report.not_archived.append(str(error))
            return day
    return first_day


def _delete_passing_rides(engine: Engine, park_id: int, now: datetime) -> int:
    """Rides that one payload brought and that nobody heard again within a week."""

    def delete_some(connection: Connection) -> int:
        found = passing_rides(connection, park_id, now - PASSING_RIDE_RETENTION)
        if not found:
            return 0
        bump_version(connection, None)
        return delete_rides(connection, park_id, found)

    deleted = 0
    while batch := write_again(engine, delete_some):
        deleted += batch
    return deleted


def _in_batches(engine: Engine, delete: Callable[[Connection, int], int]) -> int:
    """Delete until nothing is left to delete, each batch in a transaction of its own."""
    deleted = 0
    while True:
        batch = write_again(engine, lambda connection: delete(connection, BATCH_ROWS))
        deleted += batch
        if batch < BATCH_ROWS:
            return deleted

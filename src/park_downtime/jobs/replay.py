"""Run recorded cycles through the same code as live ones, so that real input flows without a network."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Engine

from park_downtime.classification.park_facts import park_facts
from park_downtime.clock import utc_now
from park_downtime.collection.lock import collecting_alone
from park_downtime.collection.store import store_cycle
from park_downtime.collection.sync_parks import park_from_facts, park_row
from park_downtime.collection.sync_rides import Classifies
from park_downtime.config.settings import Settings
from park_downtime.database.cycles import cycle_at
from park_downtime.database.engine import reading, writing
from park_downtime.database.parks import all_parks, save_groups, save_parks
from park_downtime.database.readings import latest_reached, parks_requested
from park_downtime.feed.errors import FeedRejected
from park_downtime.feed.park_list import read_park_list
from park_downtime.feed.recording import RecordedCycle, Recording, recorded_cycle
from park_downtime.model import FeedPark

log = logging.getLogger(__name__)

AfterCycle = Callable[[Engine, datetime], None]
Progress = Callable[[int, int], None]
"""Told how many cycles are done, of how many."""


class ReplayRefused(Exception):
    """The recording cannot be replayed into this database; the message says why and what to do."""


class ReplayStopped(ReplayRefused):
    """A recorded park cannot be stored; the same replay goes on there when the reason is gone."""


@dataclass(frozen=True, slots=True)
class ReplayReport:
    """What a replay did. `cycles_skipped` were stored by an earlier replay."""

    cycles: int
    cycles_skipped: int
    parks_rejected: int
    rows_written: int
    rows_without_id: int
    parks: tuple[int, ...]
    first: datetime | None
    last: datetime | None


@dataclass(frozen=True, slots=True)
class _Overview:
    """What stands in the recording, before anything of it is stored."""

    cycles: int
    rows_without_id: int
    first_of_park: Mapping[int, datetime]
    first: datetime | None
    last: datetime | None


def replay(
    engine: Engine,
    files: Sequence[Path],
    classifier: Classifies,
    settings: Settings,
    *,
    interval_minutes: int = 10,
    parks_file: Path | None = None,
    after_cycle: AfterCycle | None = None,
    progress: Progress | None = None,
) -> ReplayReport:
    """Store every cycle of the recording that is not stored yet.

    The whole recording is read before anything is stored. Raises RecordingUnreadable, ReplayRefused,
    ReplayStopped,
    and LockHeld when a collector is at work.
    """
    recording = Recording(files)
    overview = _overview(recording)
    if overview.last is None:
        raise ReplayRefused("the recording has no row with a ride_id")
    done = skipped = rejected = rows = 0
    with collecting_alone(settings.spool_dir, "replay", utc_now()):
        _make_parks_known(engine, overview.first_of_park, parks_file)
        reached_until = _reached_until(engine, overview.first_of_park)
        for recorded in recording:
            parks = _parks_to_store(engine, recorded, reached_until)
            if parks:
                cycle = recorded_cycle(recorded, parks, interval_minutes * 60)
                stored = store_cycle(engine, cycle, classifier)
                for failure in stored.not_storable:
                    # Going on would leave a hole that no later replay can fill.
                    when = f"{recorded.recorded_at:%Y-%m-%d %H:%M:%S}"
                    raise ReplayStopped(f"park {failure.park_id} at {when}: {failure.reason}")
                done += 1
                rejected += stored.parks_rejected
                rows += stored.rows_written
            else:
                skipped += 1
            is_last = recorded.recorded_at == overview.last
            if after_cycle is not None and (parks or is_last):
                after_cycle(engine, recorded.recorded_at)
            if progress is not None:
                progress(done + skipped, overview.cycles)
    report = ReplayReport(
        cycles=done,
        cycles_skipped=skipped,
        parks_rejected=rejected,
        rows_written=rows,
        rows_without_id=overview.rows_without_id,
        parks=tuple(sorted(overview.first_of_park)),
        first=overview.first,
        last=overview.last,
    )
    log.info("replay", extra={**asdict(report), "first": str(report.first), "last": str(report.last)})
    return report


def _overview(recording: Recording) -> _Overview:
    cycles = 0
    first_of_park: dict[int, datetime] = {}
    last: datetime | None = None
    for cycle in recording:
        cycles += 1
        last = cycle.recorded_at
        for park_id in cycle.parks:
            first_of_park.setdefault(park_id, cycle.recorded_at)
    first = min(first_of_park.values(), default=None)
    return _Overview(cycles, recording.rows_without_id, first_of_park, first, last)


def _make_parks_known(engine: Engine, first_of_park: Mapping[int, datetime], parks_file: Path | None) -> None:
    """Every recorded park becomes a tracked one: from the database, the saved list or our own facts."""
    listed = {} if parks_file is None else {park.park_id: park for park in _saved_list(parks_file)}
    facts = park_facts()
    with writing(engine) as connection:
        rows = all_parks(connection)
        for park_id in sorted(first_of_park.keys() - rows.keys()):
            first, fact = first_of_park[park_id], facts.get(park_id)
            if park_id in listed:
                park = listed[park_id]
                save_groups(connection, {park.group_id: park.group_name})
                rows[park_id] = park_row(park, fact, None, first, was_collected=False)
            elif fact is not None:
                rows[park_id] = park_from_facts(fact, first)
            else:
                where = f"not in {parks_file} either" if parks_file else "name a list with --parks FILE"
                raise ReplayRefused(f"park {park_id} of the recording is not known: {where}")
        followed = [replace(rows[park_id], is_tracked=True, removed_at=None) for park_id in first_of_park]
        save_parks(connection, followed)


def _saved_list(path: Path) -> tuple[FeedPark, ...]:
    try:
        return read_park_list(path.read_bytes()).parks
    except OSError as error:
        raise ReplayRefused(f"--parks {path}: {error.strerror}") from error
    except FeedRejected as error:
        raise ReplayRefused(f"--parks {path} is no list of parks: {error}") from error


def _reached_until(engine: Engine, park_ids: Iterable[int]) -> dict[int, datetime | None]:
    with reading(engine) as connection:
        return {park_id: latest_reached(connection, park_id) for park_id in park_ids}


def _parks_to_store(
    engine: Engine, recorded: RecordedCycle, reached_until: Mapping[int, datetime | None]
) -> list[int]:
    """The parks of a recorded cycle that are not stored yet. Raises ReplayRefused for one that
    would be stored behind later readings of its own: what was judged on those cannot be taken back.
    """
    at = recorded.recorded_at
    ahead: list[int] = []
    behind: dict[int, datetime] = {}
    for park_id in sorted(recorded.parks):
        until = reached_until[park_id]
        if until is None or at > until:
            ahead.append(park_id)
        else:
            behind[park_id] = until
    if behind:
        with reading(engine) as connection:
            requested = parks_requested(connection, at)
            is_pruned = not requested and cycle_at(connection, at) is not None
        for park_id, until in behind.items():
            if park_id not in requested and not is_pruned:
                raise ReplayRefused(
                    f"park {park_id} was already heard up to {until:%Y-%m-%d %H:%M:%S}, the recording's "
                    f"readings of {at:%Y-%m-%d %H:%M:%S} would go back in time: replay into another database"
                )
    return ahead

"""One collection cycle: ask every tracked park, store what it said, or keep it until that is possible."""

from __future__ import annotations

import logging
from dataclasses import asdict, dataclass, replace
from datetime import datetime, timedelta

from sqlalchemy import Engine
from sqlalchemy.exc import SQLAlchemyError

from park_downtime.clock import monotonic_seconds
from park_downtime.collection.lock import collecting_alone
from park_downtime.collection.refresh_park_list import refresh_parks
from park_downtime.collection.spool import Spool, stored_from_spool
from park_downtime.collection.store import StoredCycle, store_cycle
from park_downtime.collection.sync_parks import tracked_parks
from park_downtime.collection.sync_rides import Classifies
from park_downtime.config.settings import Settings
from park_downtime.database.availability import unforeseen
from park_downtime.database.engine import DATABASE_UNAVAILABLE, in_one_line, reading
from park_downtime.database.runs import newest_reading
from park_downtime.feed.failure_log import by_reason
from park_downtime.feed.fetching import fetch_cycle
from park_downtime.feed.samples import SampleStore
from park_downtime.feed.source import Source
from park_downtime.model import Cycle, ParkOutcome, TrackedPark
from park_downtime.reports.make_ready import make_ready

log = logging.getLogger(__name__)

DEADLINE_SECONDS = 120.0
MOST_REASONS = 3
CLOCK_SET_BACK_AT_MOST = timedelta(hours=12)  # readings further ahead are those of a wrong clock themselves
CATCH_UP_SHARE = 0.7  # of the interval may pass before earlier cycles are left to the next one

NOTHING_TRACKED = "no park is tracked: check TRACKED_CONTINENTS, TRACKED_COUNTRIES and TRACKED_PARKS"


class CollectFailed(Exception):
    """No cycle could be run, or what it learnt is lost; the message is one clear line."""


@dataclass(frozen=True, slots=True)
class CollectReport:
    """What a cycle did. `was_spooled`: it waits for the database, for the reason in `problem`.

    `parks_empty` answered without naming a single ride, and are among `parks_rejected`.
    `caught_up` earlier cycles were stored as well; `waiting` are still spooled, this one included.
    """

    recorded_at: datetime
    parks_ok: int
    parks_empty: int
    parks_failed: int
    parks_rejected: int
    rows_written: int
    fetch_seconds: float
    store_seconds: float
    was_spooled: bool
    caught_up: int
    waiting: int
    problem: str | None

    @property
    def anything_answered(self) -> bool:
        return self.parks_ok + self.parks_empty > 0


def collect(
    engine: Engine,
    settings: Settings,
    now: datetime,
    source: Source,
    classifier: Classifies,
    *,
    deadline_seconds: float = DEADLINE_SECONDS,
    samples: SampleStore | None = None,
    spool: Spool | None = None,
) -> CollectReport:
    """Run the cycle of `now`. Raises LockHeld when another collector is at work,
    LockUnusable, CollectFailed."""
    spool = spool or Spool(settings.spool_dir)
    with collecting_alone(settings.spool_dir, "collect", now):
        started = monotonic_seconds()
        parks, problem = _parks_to_ask(engine, settings, now, source, spool)
        left = max(1.0, deadline_seconds - (monotonic_seconds() - started))
        cycle = fetch_cycle(source, parks, now, settings.interval_seconds, left, samples)
        cycle = replace(cycle, is_simulated=source.is_simulated)
        until = started + CATCH_UP_SHARE * settings.interval_seconds
        report = _store_or_spool(engine, cycle, classifier, spool, until)
        if not report.was_spooled:
            make_ready(engine)
        if problem is not None or not cycle.parks:
            report = replace(report, problem=problem or report.problem or _silence(cycle))
    _log(report)
    return report


def _parks_to_ask(
    engine: Engine, settings: Settings, now: datetime, source: Source, spool: Spool
) -> tuple[list[TrackedPark], str | None]:
    """The tracked parks, from the kept list while the database is away; and what was wrong."""
    try:
        _refuse_to_go_back(engine, now)
        problem = refresh_parks(engine, source, settings, now)
        with reading(engine) as connection:
            parks = tracked_parks(connection)
    except SQLAlchemyError as error:
        problem = _why(error)
        parks = spool.tracked()
        if not parks:
            raise CollectFailed(
                f"{problem}; and no list of tracked parks is kept in SPOOL_DIR yet"
            ) from error
        return parks, problem
    if not parks:
        raise CollectFailed(problem or NOTHING_TRACKED)
    if parks != spool.tracked():
        spool.keep_tracked(parks)
    return parks, problem


def _refuse_to_go_back(engine: Engine, now: datetime) -> None:
    """Readings made while our clock is behind would be told of an hour that is over. Raises CollectFailed."""
    with reading(engine) as connection:
        newest = newest_reading(connection)
    if newest is not None and now < newest <= now + CLOCK_SET_BACK_AT_MOST:
        raise CollectFailed(
            f"it is {now:%Y-%m-%d %H:%M:%S} UTC by the clock, but there are readings of {newest:%H:%M:%S}: "
            "the clock was set back; nothing is collected until then"
        )


def _store_or_spool(
    engine: Engine, cycle: Cycle, classifier: Classifies, spool: Spool, until: float
) -> CollectReport:
    """Earlier cycles first, then this one: a park's readings are stored in the order of time.

    While others wait this one is kept beside them first, so that nothing is lost if storing them
    takes long, and all are stored from there.
    """
    is_spooled = bool(spool.waiting()) and spool.keep(cycle)
    stored: list[StoredCycle] = []
    problem = None
    try:
        stored.extend(stored_from_spool(engine, classifier, spool, cycle, until))
        if not is_spooled:
            stored.append(store_cycle(engine, cycle, classifier))
    except Exception as error:
        problem = _why(error)
        if not isinstance(error, DATABASE_UNAVAILABLE):
            log.error("cycle not stored", exc_info=unforeseen(error), extra={"reason": in_one_line(error)})
        if not is_spooled and not spool.keep(cycle):
            raise CollectFailed(
                f"the cycle of {cycle.recorded_at:%Y-%m-%d %H:%M:%S} is lost: {problem}"
            ) from error
    this = next((done for done in stored if done.recorded_at == cycle.recorded_at), None)
    empty = sum(not readings.readings for readings in cycle.parks)
    return CollectReport(
        recorded_at=cycle.recorded_at,
        parks_ok=len(cycle.parks) - empty if this is None else this.parks_ok,
        parks_empty=empty,
        parks_failed=_count(cycle, ParkOutcome.FAILED) if this is None else this.parks_failed,
        parks_rejected=_count(cycle, ParkOutcome.REJECTED) + empty if this is None else this.parks_rejected,
        rows_written=0 if this is None else this.rows_written,
        fetch_seconds=round(cycle.fetch_seconds, 3),
        store_seconds=round(sum(done.store_seconds for done in stored), 3),
        was_spooled=this is None,
        caught_up=sum(done is not this for done in stored),
        waiting=len(spool.waiting()),
        problem=problem,
    )


def _count(cycle: Cycle, outcome: ParkOutcome) -> int:
    return sum(failure.outcome is outcome for failure in cycle.failures)


def _why(error: Exception) -> str:
    """What is away comes back; anything else is a mistake, of ours or in the database."""
    if isinstance(error, DATABASE_UNAVAILABLE):
        return f"the database cannot be used: {in_one_line(error)}"
    return f"the database does not take it: {in_one_line(error)}"


def _silence(cycle: Cycle) -> str:
    """Why no park at all was reached, in one line."""
    kinds = by_reason(cycle.failures)
    reasons = "; ".join([reason for _, reason in kinds][:MOST_REASONS])
    is_rejected = all(outcome is ParkOutcome.REJECTED for outcome, _ in kinds)
    who = (
        "none of the answers can be read" if is_rejected else f"none of {len(cycle.failures)} parks answered"
    )
    return f"{who}: {reasons}"


def _log(report: CollectReport) -> None:
    level = logging.INFO if report.problem is None else logging.WARNING
    log.log(level, "cycle", extra={**asdict(report), "recorded_at": report.recorded_at.isoformat()})

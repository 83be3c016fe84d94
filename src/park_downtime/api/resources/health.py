"""`/api/health`: whether the database answers, readings arrive and the nights are closed."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from park_downtime import clock
from park_downtime.api.app_context import AppContext
from park_downtime.api.health.facts import WINDOWS, HealthFacts
from park_downtime.api.health.park_list import park_list, unasked_park_list
from park_downtime.api.health.replica import replica_state
from park_downtime.api.health.rules import (
    Health,
    age_health,
    database_health,
    parks_health,
    spool_health,
    zone_health,
)
from park_downtime.collection.spool_format import waiting_files
from park_downtime.config.logs import without_secrets
from park_downtime.database import health as queries
from park_downtime.database.again import read_again
from park_downtime.database.cycles import CycleRow, latest_cycle
from park_downtime.database.engine import DATABASE_UNAVAILABLE
from park_downtime.database.retention import first_unfinished_days
from park_downtime.database.version import is_simulated
from park_downtime.periods import DAY, local_date
from park_downtime.reports.feed_doubts import FeedDoubt
from park_downtime.timeline.runs import is_stale

TRY_DEMO = "; `make demo` shows everything without a network"


@dataclass(frozen=True, slots=True)
class Checked:
    """What `/api/health` answers, and with which HTTP status."""

    health: Health
    checks: dict[str, Any]
    feed: Sequence[FeedDoubt]
    as_of: datetime | None
    is_stale: bool
    is_simulated: bool | None

    @property
    def http_status(self) -> int:
        return 503 if self.health is Health.UNHEALTHY else 200


@dataclass(frozen=True, slots=True)
class _Checks:
    """What one database says of itself, of readings and of nights."""

    latency_ms: float
    cycle: CycleRow | None
    collection: dict[str, Any]
    park_list: dict[str, Any]
    aggregation: dict[str, Any]
    feed: Sequence[FeedDoubt]
    is_simulated: bool


def check(service: AppContext) -> Checked:
    """Asks the database that is written to: what a replica lacks is the replica's, not the collector's."""
    now = service.now()
    message = None
    found = _checked_on_primary(service, now)
    if found is None:
        message = "The database cannot be reached; the read replica answers"
        found = _checked_on_replica(service, now)
    if found is None:
        return _unavailable()
    health = Health.DEGRADED if message else database_health(found.latency_ms)
    cycle = found.cycle
    lag_minutes, trouble = replica_state(service, None if message else cycle)
    if trouble is not None:
        health, message = Health.UNHEALTHY, trouble
    database = _part(
        health,
        message,
        latency_ms=round(found.latency_ms, 2),
        replica_lag_minutes=lag_minutes,
    )
    parts = {
        "api": _answering(),
        "database": database,
        "data_collection": found.collection,
        "park_list": found.park_list,
        "aggregation": found.aggregation,
    }
    worst = max(Health(part["status"]) for part in parts.values())
    return Checked(
        worst,
        {name: _shown(part) for name, part in parts.items()},
        found.feed,
        None if cycle is None else cycle.recorded_at,
        cycle is not None and is_stale(cycle.recorded_at, now, cycle.interval_seconds),
        found.is_simulated,
    )


def _answering() -> dict[str, Any]:
    """The API itself: it answers, or nobody would read this."""
    return _part(Health.HEALTHY, None)


def _unavailable() -> Checked:
    database = _part(
        Health.UNHEALTHY, "The database cannot be reached", latency_ms=None, replica_lag_minutes=None
    )
    parts = {
        "api": _shown(_answering()),
        "database": _shown(database),
        "data_collection": _unasked(),
        "park_list": _shown(unasked_park_list()),
        "aggregation": _unasked_zones(),
    }
    return Checked(Health.UNHEALTHY, parts, (), None, False, None)


def _checked(connection: Connection, service: AppContext, now: datetime) -> _Checks:
    started = clock.monotonic_seconds()
    queries.answers(connection)
    latency_ms = 1000 * (clock.monotonic_seconds() - started)
    with _at_the_moment_shown(connection, service) as shown:
        cycle = latest_cycle(shown)
        facts = service.health_facts.of(shown, cycle, now)
        collection = _data_collection(service, facts, cycle, now)
        aggregation = _aggregation(shown, service, facts.first_cycle_at, now)
        parks = park_list(shown, service.settings.spool_dir, now)
    return _Checks(latency_ms, cycle, collection, parks, aggregation, facts.feed, is_simulated(connection))


@contextmanager
def _at_the_moment_shown(connection: Connection, service: AppContext) -> Iterator[Connection]:
    if service.past is None:
        yield connection
    else:
        with service.past.reading() as past:
            yield past


def _checked_on_primary(service: AppContext, now: datetime) -> _Checks | None:
    try:
        return read_again(service.engine, lambda connection: _checked(connection, service, now))
    except DATABASE_UNAVAILABLE:
        return None


def _checked_on_replica(service: AppContext, now: datetime) -> _Checks | None:
    if not service.has_replica:
        return None
    try:
        with service.reading() as connection:
            return _checked(connection, service, now)
    except DATABASE_UNAVAILABLE:
        return None


def feed_message(service: AppContext, cycle: CycleRow | None) -> str | None:
    """In plain words that the feed cannot be reached, and what shows the product without it."""
    got_nothing = cycle is not None and not cycle.parks_ok and bool(cycle.parks_failed)
    if service.feed_trouble is None and not got_nothing:
        return None
    reason = f" ({service.feed_trouble})" if service.feed_trouble else ""
    address = without_secrets(service.settings.queue_times_url)
    return f"The feed at {address} cannot be reached{reason}" + (TRY_DEMO if service.is_embedded else "")


def _data_collection(
    service: AppContext, facts: HealthFacts, cycle: CycleRow | None, now: datetime
) -> dict[str, Any]:
    spooled, spooled_bytes = spooled_cycles(service.settings.spool_dir)
    trouble = feed_message(service, cycle)
    figures: dict[str, Any] = {
        "last_cycle_at": None,
        "age_minutes": None,
        "interval_minutes": service.settings.collect_interval_minutes,
        "parks_collected_last_cycle": None,
        "parks_failed_last_cycle": None,
        "feed_answers": None if trouble is None else False,
        "spool_cycles": spooled,
        "spool_bytes": spooled_bytes,
        "cycles_on_time_percentage": dict.fromkeys(WINDOWS),
    }
    if cycle is None:
        return _part(Health.DEGRADED, trouble or "Nothing has been collected yet", **figures)
    age = now - cycle.recorded_at
    failed = (cycle.parks_failed or 0) + (cycle.parks_rejected or 0)
    worst = max(
        age_health(age, cycle.interval_seconds),
        parks_health(cycle.parks_ok or 0, failed),
        spool_health(spooled),
    )
    figures |= {
        "last_cycle_at": cycle.recorded_at,
        "age_minutes": round(age.total_seconds() / 60, 2),
        "interval_minutes": cycle.interval_seconds // 60,
        "parks_collected_last_cycle": cycle.parks_ok,
        "parks_failed_last_cycle": None if cycle.parks_ok is None else failed,
        "feed_answers": trouble is None,
        "cycles_on_time_percentage": facts.on_time(now),
    }
    if trouble is None and age_health(age, cycle.interval_seconds) > Health.HEALTHY:
        trouble = f"No readings have arrived for {int(age.total_seconds() // 60)} minutes"
    return _part(worst, trouble, **figures)


def _aggregation(
    connection: Connection, service: AppContext, first: datetime | None, now: datetime
) -> dict[str, Any]:
    """`first`: the first cycle that is kept."""
    done = queries.last_successful_days(connection)
    zones = []
    worst = Health.HEALTHY
    for zone, park_ids in sorted(queries.tracked_parks(connection).items()):
        behind = None
        if first is not None:
            today = local_date(now, zone)
            closed = done.get(zone)
            if closed is None or zone_health((today - closed).days) > Health.HEALTHY:
                owed_until = _closed_before(connection, park_ids, today)
                closed = max(closed or owed_until, owed_until)
            behind = (today - closed).days
            worst = max(worst, zone_health(behind))
        zones.append({"timezone": zone, "last_success_date": done.get(zone), "days_behind": behind})
    message = None if worst is Health.HEALTHY else "Some local days have not been closed"
    if service.history is not None:
        worst, message = Health.HEALTHY, service.history  # the nights rest until it is complete
    return _part(worst, message, zones=zones)


def _closed_before(connection: Connection, park_ids: set[int], today: date) -> date:
    """The day before the first that is left to close. Where no night has closed a day of the zone, or its log
    is being caught up with, parks that are new or have moved there owe nothing of the months before.
    """
    return min(first_unfinished_days(connection, park_ids, today).values()) - DAY


def _part(health: Health, message: str | None, **figures: Any) -> dict[str, Any]:
    return {"status": health, "message": message, **figures}


def _shown(part: dict[str, Any]) -> dict[str, Any]:
    return part | {"status": str(Health(part["status"]))}


def _unasked() -> dict[str, Any]:
    return {
        "status": str(Health.UNHEALTHY),
        "message": "Not known while the database is away",
        "last_cycle_at": None,
        "age_minutes": None,
        "interval_minutes": None,
        "parks_collected_last_cycle": None,
        "parks_failed_last_cycle": None,
        "feed_answers": None,
        "spool_cycles": None,
        "spool_bytes": None,
        "cycles_on_time_percentage": dict.fromkeys(WINDOWS),
    }


def _unasked_zones() -> dict[str, Any]:
    return {"status": str(Health.UNHEALTHY), "message": "Not known while the database is away", "zones": []}


def spooled_cycles(spool_dir: Path) -> tuple[int, int]:
    """Cycles that wait, and their bytes; nothing where there is no spool yet."""
    sizes = []
    for path in waiting_files(spool_dir):
        try:
            sizes.append(path.stat().st_size)
        except FileNotFoundError:  # stored in this very moment
            continue
    return len(sizes), sum(sizes)

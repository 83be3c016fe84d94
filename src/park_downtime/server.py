"""The embedded run: database, dashboard, API and scheduler in one process, until told to stop."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from threading import Event, Thread

from flask import Flask
from sqlalchemy import Engine

from park_downtime.api.app import create_app
from park_downtime.database.engine import make_engine
from park_downtime.database.schema import migrate
from park_downtime.embedded_collect import EmbeddedCollect
from park_downtime.jobs.aggregate import aggregate_due
from park_downtime.jobs.prune import prune
from park_downtime.listening import WebServer
from park_downtime.scheduler import Recurring, RecurringJobs, use_utc
from park_downtime.settings import Settings

log = logging.getLogger(__name__)

HOUR = 3600
AGGREGATE_AFTER_SECONDS = 10 * 60
PRUNE_AFTER_SECONDS = 20 * 60
GRACE_SECONDS = 1.0

Announce = Callable[[str], None]


def run_embedded(
    settings: Settings,
    host: str,
    port: int,
    stopping: Event,
    announce: Announce,
    as_of: datetime | None = None,
) -> None:
    """Serve and collect until `stopping` is set; `announce` is told the address once it answers.

    Raises CannotListen before anything is collected. A job that is still at work a second after the
    end ends with the process: cycles leave whole parks or nothing, nights whole days or nothing.
    """
    engine = make_engine(settings.database_url)
    try:
        migrate(engine)
        app = create_app(settings, engine, as_of=as_of)
        web = WebServer(app, host, port)
        announce(web.url)
        scheduler = _start_scheduler(settings, engine, app, stopping)
        web.serve(stopping)
        scheduler.join(GRACE_SECONDS)
        if scheduler.is_alive():
            # Its thread is a daemon, and so are those that wait for the feed: none keeps the process.
            log.info("stopped in the middle of a job; the next run goes on where it was")
    finally:
        engine.dispose()


def serve_only(
    settings: Settings,
    engine: Engine,
    host: str,
    port: int,
    stopping: Event,
    announce: Announce,
    as_of: datetime | None = None,
) -> None:
    """Dashboard and API on a database that others keep filled."""
    replica = make_engine(settings.database_read_url) if settings.database_read_url else None
    try:
        web = WebServer(create_app(settings, engine, read_engine=replica, as_of=as_of), host, port)
        announce(web.url)
        web.serve(stopping)
    finally:
        if replica is not None:
            replica.dispose()


def _start_scheduler(settings: Settings, engine: Engine, app: Flask, stopping: Event) -> Thread:
    use_utc()
    jobs = RecurringJobs(recurring_jobs(settings, engine, app))
    thread = Thread(target=jobs.run, args=(stopping,), name="scheduler", daemon=True)
    thread.start()
    return thread


def recurring_jobs(settings: Settings, engine: Engine, app: Flask) -> list[Recurring]:
    """What the embedded run does by itself; cron and timers do the same in production."""
    nights = [
        Recurring("aggregate", HOUR, lambda now: aggregate_due(engine, now), AGGREGATE_AFTER_SECONDS),
        Recurring("prune", HOUR, lambda now: prune(engine, now), PRUNE_AFTER_SECONDS),
    ]
    if not settings.collect_enabled:
        return nights
    cycle = EmbeddedCollect(settings, engine, app)
    return [Recurring("collect", settings.interval_seconds, cycle.run, is_due_at_once=True), *nights]

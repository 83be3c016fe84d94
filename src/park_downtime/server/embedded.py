"""The embedded run: database, dashboard, API and scheduler in one process, until told to stop."""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from functools import partial
from socket import socket
from threading import Event, Thread

from flask import Flask
from sqlalchemy import Engine

from park_downtime.api.app_context import tell_history
from park_downtime.config.settings import Settings
from park_downtime.database.engine import VISITORS, make_engine, writing
from park_downtime.database.schema import migrate
from park_downtime.database.version import bump_version
from park_downtime.jobs.aggregate import aggregate_due
from park_downtime.jobs.prune import prune
from park_downtime.server.collector import EmbeddedCollect
from park_downtime.server.scheduler import Recurring, RecurringJobs
from park_downtime.server.serving import Announce, web_server
from park_downtime.simulator.fill_behind import Filled, FillingBehind
from park_downtime.stretches.archive import StretchArchive

log = logging.getLogger(__name__)

HOUR = 3600
AGGREGATE_AFTER_SECONDS = 10 * 60
PRUNE_AFTER_SECONDS = 20 * 60
GRACE_SECONDS = 0.5


def run_embedded(
    settings: Settings,
    listener: socket,
    stopping: Event,
    announce: Announce,
    as_of: datetime | None = None,
    history: FillingBehind | None = None,
) -> None:
    """Serve and collect until `stopping` is set; `announce` is told the address once it answers.

    A job that is still at work half a second after the end ends with the process: cycles leave whole
    parks or nothing, nights whole days or nothing. The nights rest until `history` is filled in.
    """
    engine = make_engine(settings.database_url)
    visitors_engine = make_engine(settings.database_url, VISITORS)
    try:
        migrate(engine)
        if stopping.is_set():
            return
        web, app = web_server(settings, visitors_engine, listener, as_of=as_of)
        announce(web.url)
        if history is not None:
            history.start(partial(_tell_history, app, engine))
        scheduler = _start_scheduler(settings, engine, app, stopping, history)
        web.serve(stopping)
        scheduler.join(GRACE_SECONDS)
        if scheduler.is_alive():
            # Its thread is a daemon, and so are those that wait for the feed: none keeps the process.
            log.info("stopped in the middle of a job; the next run goes on where it was")
    finally:
        if history is not None:
            history.stop()
        visitors_engine.dispose()
        engine.dispose()


def _tell_history(app: Flask, engine: Engine, state: Filled | None) -> None:
    """What was answered before says something else of the history: it is made anew."""
    tell_history(app, None if state is None else str(state))
    with writing(engine) as connection:
        bump_version(connection)


def _start_scheduler(
    settings: Settings, engine: Engine, app: Flask, stopping: Event, history: FillingBehind | None
) -> Thread:
    jobs = RecurringJobs(recurring_jobs(settings, engine, app, history))
    thread = Thread(target=jobs.run, args=(stopping,), name="scheduler", daemon=True)
    thread.start()
    return thread


def recurring_jobs(
    settings: Settings, engine: Engine, app: Flask, history: FillingBehind | None = None
) -> list[Recurring]:
    """What the embedded run does by itself; cron and timers do the same in production."""

    archive = StretchArchive(settings.archive_dir)

    def when_whole(
        work: Callable[[Engine, datetime, StretchArchive], object],
    ) -> Callable[[datetime], object]:
        # A night would close the days that are still missing, as days of which nothing is known.
        return lambda now: work(engine, now, archive) if history is None or history.is_over.is_set() else None

    nights = [
        Recurring("aggregate", HOUR, when_whole(aggregate_due), AGGREGATE_AFTER_SECONDS),
        Recurring("prune", HOUR, when_whole(prune), PRUNE_AFTER_SECONDS),
    ]
    if not settings.collect_enabled:
        return nights
    cycle = EmbeddedCollect(settings, engine, app)
    return [Recurring("collect", settings.interval_seconds, cycle.run, is_due_at_once=True), *nights]

"""Recurring jobs in one thread of the embedded run, on the marks of the wall clock.

A job that is late runs once, however many marks it has missed; one that fails is logged, and the
others go on. The clock is UTC, which never jumps by an hour.
"""

from __future__ import annotations

import logging
import os
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from threading import Event

from schedule import Scheduler
from sqlalchemy.exc import SQLAlchemyError

from park_downtime.clock import Clock, monotonic_seconds, utc_now
from park_downtime.database.engine import in_one_line
from park_downtime.plain_text import one_line

log = logging.getLogger(__name__)

LONGEST_SLEEP_SECONDS = 5.0  # a machine that slept notices the missed minute this soon
EXPLAIN_AT = logging.DEBUG


@dataclass(frozen=True, slots=True)
class Recurring:
    """`work(now)` every `every_seconds`, `after_seconds` past the mark; `is_due_at_once`: also now."""

    name: str
    every_seconds: int
    work: Callable[[datetime], object]
    after_seconds: int = 0
    is_due_at_once: bool = False

    def mark(self, now: datetime) -> int:
        """The number of the stretch that `now` lies in: the job runs once in each."""
        return (int(now.timestamp()) - self.after_seconds) // self.every_seconds


class RecurringJobs:
    """Looks every minute which jobs are due."""

    def __init__(self, jobs: Sequence[Recurring], clock: Clock = utc_now) -> None:
        self._jobs = jobs
        self._clock = clock
        self._seen = {job.name: job.mark(clock()) for job in jobs}

    def run(self, stopping: Event) -> None:
        """Until `stopping` is set; a job that is then at work is finished."""
        for job in self._jobs:
            if job.is_due_at_once and not stopping.is_set():
                self._try(job)
        minutes = Scheduler()
        minutes.every().minute.at(":00").do(self.run_due, stopping)
        while not stopping.is_set():
            minutes.run_pending()
            idle = minutes.idle_seconds
            stopping.wait(LONGEST_SLEEP_SECONDS if idle is None else min(max(idle, 0), LONGEST_SLEEP_SECONDS))

    def run_due(self, stopping: Event) -> None:
        for job in self._jobs:
            if stopping.is_set():
                return
            mark = job.mark(self._clock())
            if mark != self._seen[job.name]:
                self._seen[job.name] = mark
                self._try(job)

    def _try(self, job: Recurring) -> None:
        started = monotonic_seconds()
        try:
            job.work(self._clock())
        except Exception as error:  # a job that fails never stops the server
            explain = log.isEnabledFor(EXPLAIN_AT)
            log.error(
                "job failed",
                exc_info=error if explain else None,
                extra={
                    "job": job.name,
                    "reason": one_line(f"{type(error).__name__}: {_said(error)}"),
                    "seconds": round(monotonic_seconds() - started, 1),
                },
            )


def _said(error: Exception) -> str:
    """Of the database what it said, without our statement."""
    return in_one_line(error) if isinstance(error, SQLAlchemyError) else str(error)


def use_utc() -> None:
    """Make UTC the zone of this process: `schedule` counts in local time, and would stand still for
    the hour that a change of clocks repeats."""
    os.environ["TZ"] = "UTC"
    if hasattr(time, "tzset"):
        time.tzset()

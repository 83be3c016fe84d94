"""Recurring jobs in one thread of the embedded run, on the marks of the wall clock.

A job that is late runs once, however many marks it has missed; one that fails is logged, and the
others go on. What is decided is decided by the UTC clock, read anew after each wait: it knows no summer
time, and a machine that slept or a clock that was set is noticed at the next look.
"""

from __future__ import annotations

import logging
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from threading import Event

from sqlalchemy.exc import SQLAlchemyError

from park_downtime.clock import Clock, monotonic_seconds, utc_now
from park_downtime.database.engine import in_one_line
from park_downtime.plain_text import one_line

log = logging.getLogger(__name__)

MINUTE = timedelta(minutes=1)
LONGEST_WAIT_SECONDS = 5.0  # waits do not count the time that a machine sleeps: it notices this soon
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
        now = self._clock()
        while not stopping.wait(min(seconds_to_next_minute(now), LONGEST_WAIT_SECONDS)):
            awaited, now = next_minute(now), self._clock()
            # A clock that was set back awaits the next full minute that it shows now.
            if now >= awaited:
                self.run_due(stopping)
                now = self._clock()

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


def next_minute(now: datetime) -> datetime:
    """The first full minute after `now`."""
    return now.replace(second=0, microsecond=0) + MINUTE


def seconds_to_next_minute(now: datetime) -> float:
    """More than 0 and at most 60."""
    return (next_minute(now) - now).total_seconds()

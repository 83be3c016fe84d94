"""Recurring jobs run on the marks of the clock, once each, and survive their failures."""

from __future__ import annotations

import logging
from datetime import UTC, datetime
from itertools import pairwise
from threading import Event, Thread

import pytest
from waiting import PATIENCE_SECONDS

from park_downtime.server.scheduler import Recurring, RecurringJobs


def at(hour: int, minute: int, second: int = 0) -> datetime:
    return datetime(2026, 7, 4, hour, minute, second, tzinfo=UTC)


class Hands:
    """A clock set by hand."""

    def __init__(self, now: datetime) -> None:
        self.now = now

    def __call__(self) -> datetime:
        return self.now


def run_at(
    times: list[datetime], every_minutes: int, after_minutes: int = 0, begun: datetime | None = None
) -> list[datetime]:
    """When the job ran, if the scheduler looked at these times."""
    ran: list[datetime] = []
    clock = Hands(begun or times[0])
    jobs = RecurringJobs([Recurring("x", every_minutes * 60, ran.append, after_minutes * 60)], clock)
    for now in times:
        clock.now = now
        jobs.run_due(Event())
    return ran


def test_a_job_runs_on_the_marks_whenever_the_program_began() -> None:
    looks = [at(12, minute) for minute in range(4, 32)]
    assert run_at(looks, every_minutes=10) == [at(12, 10), at(12, 20), at(12, 30)]


def test_an_interval_that_does_not_divide_the_hour_keeps_its_length() -> None:
    looks = [at(hour, minute) for hour in (12, 13) for minute in range(60)]
    ran = run_at(looks, every_minutes=7)
    assert {(after - before).total_seconds() for before, after in pairwise(ran)} == {420.0}


def test_an_hourly_job_runs_at_ten_past() -> None:
    looks = [at(hour, minute) for hour in (12, 13, 14) for minute in (0, 9, 10, 11, 59)]
    assert run_at(looks, every_minutes=60, after_minutes=10) == [at(12, 10), at(13, 10), at(14, 10)]


def test_missed_marks_are_made_up_for_once() -> None:
    assert run_at([at(12, 1), at(15, 3), at(15, 4)], every_minutes=10) == [at(15, 3)]


def test_nothing_is_due_before_the_first_mark() -> None:
    assert run_at([at(12, 4), at(12, 9)], every_minutes=10) == []


def test_a_job_that_fails_is_logged_and_the_others_go_on(caplog: pytest.LogCaptureFixture) -> None:
    ran: list[datetime] = []

    def fail(now: datetime) -> None:
        raise ValueError("disk\nfull")

    clock = Hands(at(12, 1))
    jobs = RecurringJobs([Recurring("a", 600, fail), Recurring("b", 600, ran.append)], clock)
    clock.now = at(12, 10)
    with caplog.at_level(logging.INFO):
        jobs.run_due(Event())
    assert ran == [at(12, 10)]
    (record,) = caplog.records
    assert record.message == "job failed"
    assert record.__dict__["job"] == "a"
    assert record.__dict__["reason"] == "ValueError: disk full"


def test_after_a_failure_the_next_mark_runs_again() -> None:
    tries: list[datetime] = []

    def fail(now: datetime) -> None:
        tries.append(now)
        raise ValueError

    clock = Hands(at(12, 1))
    jobs = RecurringJobs([Recurring("a", 600, fail)], clock)
    for minute in (10, 11, 20):
        clock.now = at(12, minute)
        jobs.run_due(Event())
    assert tries == [at(12, 10), at(12, 20)]


def test_a_job_that_is_due_at_once_runs_before_any_mark() -> None:
    ran = Event()
    stopping = Event()
    jobs = RecurringJobs([Recurring("a", 600, lambda now: ran.set(), is_due_at_once=True)])
    thread = Thread(target=jobs.run, args=(stopping,))
    thread.start()
    assert ran.wait(timeout=PATIENCE_SECONDS)
    stopping.set()
    thread.join(timeout=PATIENCE_SECONDS)
    assert not thread.is_alive()


def test_nothing_is_begun_once_it_is_stopping() -> None:
    ran: list[datetime] = []
    clock = Hands(at(12, 1))
    jobs = RecurringJobs([Recurring("a", 600, ran.append)], clock)
    clock.now = at(12, 10)
    stopping = Event()
    stopping.set()
    jobs.run_due(stopping)
    assert ran == []

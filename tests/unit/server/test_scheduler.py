"""Recurring jobs run on the marks of the clock, once each, and survive their failures."""

from __future__ import annotations

import logging
import time
from datetime import UTC, datetime, timedelta
from itertools import pairwise
from threading import Event, Thread

import pytest
from waiting import PATIENCE_SECONDS

from park_downtime.server.scheduler import Recurring, RecurringJobs, seconds_to_next_minute


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


class Waits(Event):
    """`stopping` whose waits pass at once on a clock of their own, which `jumps` by so much after each."""

    def __init__(self, now: datetime, jumps: list[timedelta]) -> None:
        super().__init__()
        self.clock = Hands(now)
        self.lengths: list[float] = []
        self._jumps = iter(jumps)

    def wait(self, timeout: float | None = None) -> bool:
        assert timeout is not None
        assert len(self.lengths) < 10_000, "waits without end"
        if not self.is_set():
            self.lengths.append(timeout)
            self.clock.now += timedelta(seconds=timeout) + next(self._jumps, timedelta())
        return self.is_set()


def run_on(waits: Waits, until: datetime, every_minutes: int = 10) -> list[datetime]:
    """When the job ran, up to its run of `until`."""
    ran: list[datetime] = []

    def work(now: datetime) -> None:
        ran.append(now)
        if now == until:
            waits.set()

    RecurringJobs([Recurring("x", every_minutes * 60, work)], waits.clock).run(waits)
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


@pytest.mark.parametrize(
    ("now", "seconds"),
    [
        (at(12, 0, 0), 60.0),
        (at(12, 0, 1), 59.0),
        (at(12, 0, 59) + timedelta(milliseconds=750), 0.25),
        (at(23, 59, 58), 2.0),
    ],
)
def test_the_wait_ends_with_the_next_full_minute(now: datetime, seconds: float) -> None:
    assert seconds_to_next_minute(now) == seconds


def test_it_is_looked_at_each_full_minute_and_at_least_every_five_seconds() -> None:
    waits = Waits(at(12, 9, 48), [])
    ran = run_on(waits, until=at(12, 11), every_minutes=1)
    assert ran == [at(12, 10), at(12, 11)]
    assert waits.lengths[:4] == [5.0, 5.0, 2.0, 5.0]


def test_after_a_sleep_over_three_marks_a_job_runs_once_and_then_on_the_marks() -> None:
    waits = Waits(at(12, 9, 48), [timedelta(minutes=35)])
    assert run_on(waits, until=at(13, 0)) == [at(12, 44, 53), at(12, 50), at(13, 0)]


def test_a_clock_that_was_set_ahead_runs_a_job_once_and_then_on_the_marks() -> None:
    waits = Waits(at(12, 1, 58), [timedelta(), timedelta(days=2)])
    two_days_later = timedelta(days=2)
    assert run_on(waits, until=at(12, 10) + two_days_later) == [
        at(12, 2, 5) + two_days_later,
        at(12, 10) + two_days_later,
    ]


def test_a_clock_that_was_set_back_is_not_waited_for() -> None:
    waits = Waits(at(12, 9, 58), [timedelta(), timedelta(hours=-3)])
    assert run_on(waits, until=at(9, 20)) == [at(12, 10), at(9, 11), at(9, 20)]


def test_a_mark_that_a_clock_set_back_a_little_shows_again_runs_nothing_again() -> None:
    waits = Waits(at(12, 9, 58), [timedelta(), timedelta(seconds=-6)])
    assert run_on(waits, until=at(12, 20)) == [at(12, 10), at(12, 20)]


def test_the_hour_that_a_local_clock_shows_twice_has_its_jobs(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("TZ", "Europe/Berlin")
    time.tzset()
    try:
        waits = Waits(datetime(2026, 10, 25, 0, 35, tzinfo=UTC), [])
        ran = run_on(waits, until=datetime(2026, 10, 25, 1, 30, tzinfo=UTC))
    finally:
        monkeypatch.undo()
        time.tzset()
    assert [(now.hour, now.minute) for now in ran] == [(0, 40), (0, 50), (1, 0), (1, 10), (1, 20), (1, 30)]


def test_a_wait_ends_when_it_is_to_stop() -> None:
    stopping = Event()
    jobs = RecurringJobs([], lambda: at(12, 0))  # a full minute that never comes
    thread = Thread(target=jobs.run, args=(stopping,), daemon=True)
    thread.start()
    stopping.set()
    thread.join(timeout=PATIENCE_SECONDS)
    assert not thread.is_alive()

"""When the feed is asked again, and after how long."""

from __future__ import annotations

from collections.abc import Callable
from threading import Event, Timer

import pytest
import time_machine
from waiting import PATIENCE_SECONDS

from park_downtime.clock import monotonic_seconds
from park_downtime.feed.errors import FeedUnavailable
from park_downtime.feed.retrying import Backoff, WorthAnotherTry, retry_after_seconds

QUICK = Backoff(attempts=3, first_seconds=0.001, longest_seconds=0.002)


class Question:
    """Raises the given errors in turn, then answers."""

    def __init__(self, *errors: Exception) -> None:
        self.errors = list(errors)
        self.asked = 0

    def __call__(self) -> str:
        self.asked += 1
        if self.errors:
            raise self.errors.pop(0)
        return "answer"


class Waiting(Event):
    """Notes how long it would be waited for, and lets nobody wait."""

    def __init__(self) -> None:
        super().__init__()
        self.seconds: list[float | None] = []

    def wait(self, timeout: float | None = None) -> bool:
        self.seconds.append(timeout)
        return self.is_set()


class ClosedByAnother(Event):
    """Is set by another thread once somebody waits for it."""

    def wait(self, timeout: float | None = None) -> bool:
        Timer(0, self.set).start()
        return super().wait(timeout)


def ask(
    question: Callable[[], str],
    backoff: Backoff = QUICK,
    seconds_left: float = 1000.0,
    waiting: Event | None = None,
) -> str:
    return backoff.ask(question, seconds_left, Waiting() if waiting is None else waiting)


def test_what_may_pass_is_asked_again() -> None:
    assert ask(Question(WorthAnotherTry("HTTP 503"), WorthAnotherTry("timed out"))) == "answer"


def test_the_last_reason_is_told_with_the_number_of_tries() -> None:
    question = Question(*[WorthAnotherTry(f"HTTP {status}") for status in (500, 502, 503, 504)])
    with pytest.raises(FeedUnavailable, match=r"^HTTP 503 \(3 tries\)$"):
        ask(question)
    assert question.asked == 3


@pytest.mark.parametrize("error", [FeedUnavailable("HTTP 404"), KeyError("mistake")])
def test_what_will_not_pass_is_asked_once(error: Exception) -> None:
    question = Question(error)
    with pytest.raises(type(error)):
        ask(question)
    assert question.asked == 1


def test_no_try_begins_after_the_deadline() -> None:
    question = Question(WorthAnotherTry("HTTP 500"))
    with pytest.raises(FeedUnavailable):
        ask(question, Backoff(3, first_seconds=5.0, longest_seconds=5.0), seconds_left=1.0)
    assert question.asked == 1


def test_retry_after_is_waited_for() -> None:
    waiting = Waiting()
    ask(Question(WorthAnotherTry("HTTP 429", retry_after_seconds=90)), waiting=waiting)
    assert waiting.seconds == [pytest.approx(90, abs=0.01)]


def test_retry_after_beyond_the_deadline_is_not_waited_for() -> None:
    waiting = Waiting()
    with pytest.raises(FeedUnavailable, match=r"^HTTP 429$"):
        ask(Question(WorthAnotherTry("HTTP 429", retry_after_seconds=3600)), waiting=waiting)
    assert waiting.seconds == []


def test_a_closed_client_wakes_up() -> None:
    question = Question(*[WorthAnotherTry("HTTP 429", retry_after_seconds=300)] * 3)
    begun = monotonic_seconds()
    with pytest.raises(FeedUnavailable):
        ask(question, waiting=ClosedByAnother())
    assert monotonic_seconds() - begun < PATIENCE_SECONDS


@pytest.mark.parametrize(
    ("value", "seconds"),
    [
        ("120", 120.0),
        (" 0 ", 0.0),
        ("Wed, 09 Jul 2025 12:01:30 GMT", 90.0),
        ("Wed, 09 Jul 2025 11:00:00 GMT", 0.0),
        ("Wed, 09 Jul 2025 14:01:30 +0200", 90.0),
        ("soon", None),
        ("-5", None),
        ("", None),
        (None, None),
        ("9" * 400, 999_999_999.0),
        ("Wed, 99 Jul 99999 12:01:30 GMT", None),
    ],
)
def test_retry_after_has_two_forms(value: str | None, seconds: float | None) -> None:
    assert retry_after_seconds(value, "Wed, 09 Jul 2025 12:00:00 GMT") == seconds


@time_machine.travel("2025-07-09T12:01:00Z", tick=False)
def test_without_a_date_of_its_own_the_answer_is_measured_by_our_clock() -> None:
    assert retry_after_seconds("Wed, 09 Jul 2025 12:01:30 GMT", None) == 30.0

"""When to ask again: backoff with jitter, Retry-After honoured, never beyond the deadline."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from threading import Event
from typing import TypeVar

from tenacity import (
    RetryCallState,
    Retrying,
    retry_if_exception_type,
    sleep_using_event,
    stop_after_attempt,
    stop_before_delay,
    stop_when_event_set,
    wait_exponential_jitter,
)

from park_downtime.clock import utc_now
from park_downtime.feed.errors import FeedUnavailable

Answer = TypeVar("Answer")


class WorthAnotherTry(FeedUnavailable):
    """May succeed the next time; not sooner than `retry_after_seconds` where the feed says so."""

    def __init__(self, reason: str, retry_after_seconds: float | None = None) -> None:
        super().__init__(reason)
        self.retry_after_seconds = retry_after_seconds


class Backoff:
    """How often and how patiently: `attempts` in all, doubling pauses with as much jitter again."""

    def __init__(self, attempts: int, first_seconds: float, longest_seconds: float) -> None:
        self._attempts = attempts
        self._pause = wait_exponential_jitter(
            multiplier=first_seconds, max=longest_seconds, jitter=first_seconds
        )

    def ask(self, question: Callable[[], Answer], seconds_left: float, closed: Event) -> Answer:
        """Raises FeedUnavailable once no further try is allowed or would begin in time."""
        retrying = Retrying(
            retry=retry_if_exception_type(WorthAnotherTry),
            wait=self._wait_seconds,
            stop=stop_after_attempt(self._attempts)
            | stop_before_delay(seconds_left)
            | stop_when_event_set(closed),
            sleep=sleep_using_event(closed),
            reraise=True,
        )
        try:
            return retrying(question)
        except WorthAnotherTry as error:
            tries = retrying.statistics.get("attempt_number", 1)
            raise FeedUnavailable(error.reason + (f" ({tries} tries)" if tries > 1 else "")) from error

    def _wait_seconds(self, state: RetryCallState) -> float:
        pause: float = self._pause(state)
        error = state.outcome.exception() if state.outcome is not None else None
        retry_after = error.retry_after_seconds if isinstance(error, WorthAnotherTry) else None
        return pause if retry_after is None else max(pause, retry_after)


def retry_after_seconds(value: str | None, answered_at: str | None) -> float | None:
    """Retry-After in either form: seconds, or a date, which is compared with the answer's own Date."""
    if value is None:
        return None
    text = value.strip()
    if text.isascii() and text.isdigit():
        return float(text[:9])
    until = _moment(text)
    if until is None:
        return None
    now = _moment(answered_at) or utc_now()
    return max((until - now).total_seconds(), 0.0)


def _moment(text: str | None) -> datetime | None:
    if text is None:
        return None
    try:
        moment = parsedate_to_datetime(text)
        return moment.replace(tzinfo=UTC) if moment.tzinfo is None else moment.astimezone(UTC)
    except (ValueError, TypeError, OverflowError, IndexError):
        return None

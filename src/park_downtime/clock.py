"""The only reader of the system clock; everything else is told the time."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime

Clock = Callable[[], datetime]
"""Answers the present instant, in UTC."""


def utc_now() -> datetime:
    """The present instant in UTC, to the whole second: nothing here is measured finer."""
    return datetime.now(UTC).replace(microsecond=0)


def monotonic_seconds() -> float:
    """Seconds on a clock that never jumps, for measuring how long something took."""
    return time.monotonic()

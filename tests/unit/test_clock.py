"""The only reader of the system clock."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import time_machine

from park_downtime.clock import monotonic_seconds, utc_now


def test_now_is_utc_to_the_whole_second() -> None:
    with time_machine.travel(datetime(2025, 7, 4, 12, 0, 0, 999_999, tzinfo=UTC), tick=False):
        assert utc_now() == datetime(2025, 7, 4, 12, tzinfo=UTC)
        assert utc_now().utcoffset() == timedelta()


def test_seconds_never_go_back() -> None:
    first = monotonic_seconds()
    assert monotonic_seconds() >= first

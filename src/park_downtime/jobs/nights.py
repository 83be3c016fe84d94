"""When the night of a zone is due: which local days are over, and when the next attempt comes."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from park_downtime.periods import DAY, local_date, start_of_day

FIRST_ATTEMPT_AFTER = timedelta(minutes=10)
ATTEMPTS_EVERY = timedelta(hours=1)


def days_over(first: date, timezone: str, now: datetime) -> list[date]:
    """The local days from `first` to yesterday."""
    yesterday = local_date(now, timezone) - DAY
    return [first + timedelta(days=n) for n in range((yesterday - first).days + 1)]


def is_due(day: date, timezone: str, last_attempt_at: datetime | None, now: datetime) -> bool:
    """Whether an attempt to close `day` is due: 10, 70, 130 ... minutes after the next day began.

    One attempt fills one of these slots, however late it was.
    """
    first = start_of_day(day + DAY, timezone) + FIRST_ATTEMPT_AFTER
    if now < first:
        return False
    slot = first + ATTEMPTS_EVERY * int((now - first) / ATTEMPTS_EVERY)
    return last_attempt_at is None or last_attempt_at < slot

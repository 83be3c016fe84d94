"""When the night of a zone is due: which local days are over, and when the next attempt comes."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from park_downtime.periods import DAY, local_date, night_slot


def days_over(first: date, timezone: str, now: datetime) -> list[date]:
    """The local days from `first` to yesterday."""
    yesterday = local_date(now, timezone) - DAY
    return [first + timedelta(days=n) for n in range((yesterday - first).days + 1)]


def is_due(day: date, timezone: str, last_attempt_at: datetime | None, now: datetime) -> bool:
    """Whether an attempt to close `day` is due; one attempt fills one slot, however late it was."""
    slot = night_slot(day, timezone, now)
    return slot is not None and (last_attempt_at is None or last_attempt_at < slot)

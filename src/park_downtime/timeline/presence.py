"""When a ride that the feed no longer names becomes inactive, and that it returns (reference data)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta

MISSED_PAYLOADS = 100
MISSED_FOR = timedelta(days=7)


@dataclass(frozen=True, slots=True)
class Presence:
    """Whether a ride is still named. Counted in payloads that came, so our own standstill counts nothing."""

    missing_since: datetime | None = None
    missed_payloads: int = 0
    inactive_since: datetime | None = None


PRESENT = Presence()


def after_payload(before: Presence, is_named: bool, at: datetime) -> Presence:
    """The ride's presence after one accepted, non-empty payload of its park."""
    if is_named:
        return PRESENT
    if before.inactive_since is not None:
        return before
    since = before.missing_since or at
    missed = before.missed_payloads + 1
    gone = missed >= MISSED_PAYLOADS and at - since >= MISSED_FOR
    return replace(before, missing_since=since, missed_payloads=missed, inactive_since=at if gone else None)

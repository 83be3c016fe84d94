"""What of health only another state of the data changes, which is most of it: read once for each.

Health is what a busy server is asked for, where each question waits for its turn among those of visitors.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from park_downtime.api.health.rules import LandedCycles, on_time_percentage
from park_downtime.database.cycles import CycleRow
from park_downtime.database.health import complete_cycles, first_cycle_at
from park_downtime.database.version import current_version
from park_downtime.reports.feed_doubts import FeedDoubt, feed_doubts

WINDOWS = {
    "last_24_hours": timedelta(hours=24),
    "last_7_days": timedelta(days=7),
    "last_30_days": timedelta(days=30),
}
KEPT_CYCLES = max(WINDOWS.values()) + timedelta(days=1)


@dataclass(frozen=True, slots=True)
class HealthFacts:
    """`feed`: parks whose feed is in doubt."""

    first_cycle_at: datetime | None
    landed: LandedCycles
    feed: Sequence[FeedDoubt]

    def on_time(self, now: datetime) -> dict[str, float | None]:
        """Cycles that came, of those due in each window up to `now`; None where none was due."""
        shares = {}
        for name, length in WINDOWS.items():
            start = now - length if self.first_cycle_at is None else max(self.first_cycle_at, now - length)
            share = on_time_percentage(self.landed, start, now)
            shares[name] = None if share is None else round(share, 2)
        return shares


class RememberedFacts:
    """Safe for threads: what is remembered is replaced as one."""

    def __init__(self) -> None:
        self._read: tuple[object, HealthFacts] | None = None

    def of(self, connection: Connection, latest: CycleRow | None, now: datetime) -> HealthFacts:
        # The version is read before all else: what changes meanwhile is read again.
        known = current_version(connection), latest, now.date()
        read = self._read
        if read is None or read[0] != known:
            read = self._read = known, _facts(connection, latest, now)
        return read[1]


def _facts(connection: Connection, latest: CycleRow | None, now: datetime) -> HealthFacts:
    return HealthFacts(
        first_cycle_at(connection),
        LandedCycles.of(complete_cycles(connection, now - KEPT_CYCLES, now)),
        () if latest is None else feed_doubts(connection, latest.recorded_at),
    )

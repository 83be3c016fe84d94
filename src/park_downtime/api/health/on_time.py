"""How many of the cycles that were due came on time: those of a month are read once for each that lands.

Of everything that health says this takes longest, and health is what a busy server is asked for.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import Connection

from park_downtime.api.health.rules import LandedCycles, on_time_percentage
from park_downtime.database.cycles import CycleRow
from park_downtime.database.health import complete_cycles, first_cycle_at
from park_downtime.database.version import current_version

WINDOWS = {
    "last_24_hours": timedelta(hours=24),
    "last_7_days": timedelta(days=7),
    "last_30_days": timedelta(days=30),
}
LONGEST = max(WINDOWS.values())


class CyclesOnTime:
    """Safe for threads: what is remembered is replaced as one."""

    def __init__(self) -> None:
        self._read: tuple[object, LandedCycles] | None = None

    def percentages(self, connection: Connection, latest: CycleRow, now: datetime) -> dict[str, float | None]:
        """By window up to `now`; None where none was due."""
        first = first_cycle_at(connection)
        landed = self._landed(connection, latest, now)
        shares = {}
        for name, length in WINDOWS.items():
            start = now - length if first is None else max(first, now - length)
            share = on_time_percentage(landed, start, now)
            shares[name] = None if share is None else round(share, 2)
        return shares

    def _landed(self, connection: Connection, latest: CycleRow, now: datetime) -> LandedCycles:
        # The version is read before the cycles: one that lands meanwhile has them read again.
        known = current_version(connection), latest, now.date()
        if self._read is None or self._read[0] != known:
            since = now - LONGEST - timedelta(days=1)
            self._read = known, LandedCycles.of(complete_cycles(connection, since, now))
        return self._read[1]

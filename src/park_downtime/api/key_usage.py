"""How often each API key may ask: counted in memory, merged through the database once a second."""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable
from datetime import datetime, timedelta
from threading import Lock, Timer

from sqlalchemy import Engine

from park_downtime import clock
from park_downtime.database.engine import DATABASE_AWAY, in_one_line, reading, writing
from park_downtime.database.keys import Hour, add_usage, hash_of, keys_in_force, usage_since

log = logging.getLogger(__name__)

PER_HOUR = 100
PER_DAY = 1000
MERGE_SECONDS = 1.0
LOOK_SECONDS = 1.0
LONGEST_KEY = 200

HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def hour_of(now: datetime) -> datetime:
    return now.replace(minute=0, second=0, microsecond=0)


def day_of(now: datetime) -> datetime:
    return now.replace(hour=0, minute=0, second=0, microsecond=0)


class KeyUsage:
    """Hours and days are those of UTC. What other processes counted is known a second later."""

    def __init__(self, engine: Engine, seconds: Callable[[], float] = clock.monotonic_seconds) -> None:
        self._engine = engine
        self._seconds = seconds
        self._keys: dict[str, int] = {}
        self._looked_at: float | None = None
        self._merged: dict[Hour, int] = {}
        self._pending: Counter[Hour] = Counter()
        self._timer: Timer | None = None
        self._lock = Lock()
        self._looking = Lock()

    def key_id(self, key: str, now: datetime) -> int | None:
        """The id of a key in force, None for anything else. Keys are looked up once a second at most."""
        if len(key) > LONGEST_KEY:
            return None
        with self._looking:
            if self._looked_at is None or self._seconds() - self._looked_at >= LOOK_SECONDS:
                self._look(now)
        return self._keys.get(hash_of(key))

    def count(self, key_id: int, now: datetime) -> int:
        """0 and the request is counted, or the seconds until the next one is allowed."""
        hour, day = hour_of(now), day_of(now)
        with self._lock:
            in_hour = self._merged.get((key_id, hour), 0) + self._pending[(key_id, hour)]
            if in_hour >= PER_HOUR:
                return _seconds_until(hour + HOUR, now)
            if self._in_day(key_id, day) >= PER_DAY:
                return _seconds_until(day + DAY, now)
            self._pending[(key_id, hour)] += 1
            self._plan_merge(now)
        return 0

    def merge(self, now: datetime) -> None:
        """Add what was counted here to the database and learn what all processes counted today."""
        with self._lock:
            counted, self._timer = +self._pending, None
        try:
            with writing(self._engine) as connection:
                add_usage(connection, counted)
                merged = usage_since(connection, day_of(now))
        except DATABASE_AWAY as error:
            log.warning("key usage not stored yet", extra={"reason": in_one_line(error)})
            return
        with self._lock:
            self._merged = merged
            self._pending.subtract(counted)
            self._pending = +self._pending

    def _look(self, now: datetime) -> None:
        with reading(self._engine) as connection:
            self._keys = keys_in_force(connection)
            if self._looked_at is None:
                self._merged = usage_since(connection, day_of(now))
        self._looked_at = self._seconds()

    def _in_day(self, key_id: int, day: datetime) -> int:
        return sum(
            count
            for counts in (self._merged, self._pending)
            for (owner, hour), count in counts.items()
            if owner == key_id and hour >= day
        )

    def _plan_merge(self, now: datetime) -> None:
        if self._timer is None:
            self._timer = Timer(MERGE_SECONDS, self.merge, (now,))
            self._timer.daemon = True
            self._timer.start()


def _seconds_until(end: datetime, now: datetime) -> int:
    return max(1, int((end - now).total_seconds()))

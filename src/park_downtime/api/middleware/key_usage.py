"""How often each API key may ask: counted in memory, merged through the database.

Merged after a second, or as soon as a few requests of a key are not counted there yet; from 80 % of a
limit on each request is counted there before it is answered. So a limit holds over all processes together.
"""

from __future__ import annotations

import logging
from collections import Counter
from collections.abc import Callable, Mapping
from datetime import datetime, timedelta
from threading import Lock, Timer

from sqlalchemy import Engine

from park_downtime import clock
from park_downtime.database.engine import DATABASE_UNAVAILABLE, in_one_line, reading, writing
from park_downtime.database.keys import Hour, add_usage, hash_of, keys_in_force, usage_since

log = logging.getLogger(__name__)

PER_HOUR = 100
PER_DAY = 1000
CLOSE_TO_LIMIT = 0.8
MOST_UNMERGED = 5  # requests of a key that the other processes need not know of yet
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
        self._merging = Lock()

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
        mine = (key_id, hour_of(now))
        with self._lock:
            used = _added(self._merged, self._pending)
            wait = _wait_seconds(used, key_id, now, asking=1)
            if wait:
                return wait
            self._pending[mine] += 1
            in_hour, in_day = _used(used, key_id, now)
            is_close = in_hour >= CLOSE_TO_LIMIT * PER_HOUR or in_day >= CLOSE_TO_LIMIT * PER_DAY
            if not is_close and self._pending[mine] < MOST_UNMERGED:
                self._plan_merge(now)
                return 0
        return self._merge(now, key_id)

    def merge(self, now: datetime) -> None:
        """Add what was counted here to the database and learn what all processes counted today."""
        with self._lock:
            self._timer = None
        self._merge(now, None)

    def _merge(self, now: datetime, asking: int | None) -> int:
        """`asking`: the key of a request that is counted and waits. Where it turns out to be one too many
        it is taken back, and the answer is how long to wait.
        """
        wait = 0
        with self._merging:
            with self._lock:
                counted = +self._pending
            try:
                with writing(self._engine) as connection:
                    add_usage(connection, counted)
                    merged = usage_since(connection, day_of(now))
                    if asking is not None and (wait := _wait_seconds(merged, asking, now)):
                        add_usage(connection, {(asking, hour_of(now)): -1})
                        merged[(asking, hour_of(now))] -= 1
            except DATABASE_UNAVAILABLE as error:
                log.warning("key usage not stored yet", extra={"reason": in_one_line(error)})
                return 0
            with self._lock:
                self._merged = merged
                self._pending.subtract(counted)
                self._pending = +self._pending
        return wait

    def _look(self, now: datetime) -> None:
        with reading(self._engine) as connection:
            self._keys = keys_in_force(connection)
            if self._looked_at is None:
                self._merged = usage_since(connection, day_of(now))
        self._looked_at = self._seconds()

    def _plan_merge(self, now: datetime) -> None:
        if self._timer is None:
            self._timer = Timer(MERGE_SECONDS, self.merge, (now,))
            self._timer.daemon = True
            self._timer.start()


def _added(merged: Mapping[Hour, int], pending: Counter[Hour]) -> Mapping[Hour, int]:
    return Counter(merged) + pending


def _used(counts: Mapping[Hour, int], key_id: int, now: datetime) -> tuple[int, int]:
    """Requests of the key in this hour and on this day."""
    day = day_of(now)
    in_day = sum(count for (owner, hour), count in counts.items() if owner == key_id and hour >= day)
    return counts.get((key_id, hour_of(now)), 0), in_day


def _wait_seconds(counts: Mapping[Hour, int], key_id: int, now: datetime, asking: int = 0) -> int:
    """0 where `counts`, with `asking` more, keep within the limits."""
    in_hour, in_day = _used(counts, key_id, now)
    if in_hour + asking > PER_HOUR:
        return _seconds_until(hour_of(now) + HOUR, now)
    if in_day + asking > PER_DAY:
        return _seconds_until(day_of(now) + DAY, now)
    return 0


def _seconds_until(end: datetime, now: datetime) -> int:
    return max(1, int((end - now).total_seconds()))

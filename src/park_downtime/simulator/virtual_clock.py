"""Time as the simulation lives it: begins where it is told to, runs as fast as it is told to."""

from __future__ import annotations

from datetime import datetime

from park_downtime.clock import Clock


class VirtualClock:
    """Maps real time to simulated time. `start` None: the present; `speed` 60: an hour in a minute."""

    def __init__(self, now: Clock, start: datetime | None = None, speed: float = 1.0) -> None:
        self._now = now
        self._real_start = now()
        self._start = self._real_start if start is None else start
        self._speed = speed

    def __call__(self) -> datetime:
        return self._start + (self._now() - self._real_start) * self._speed

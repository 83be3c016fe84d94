"""What each ride last said, and since when it says so: a feed that repeats itself is told by that."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from park_downtime.model import State

ALIVE_FOR = timedelta(hours=3)
"""So long after a change a positive wait is alive (DESIGN, Doubt)."""

REMEMBERS = 2 * ALIVE_FOR
"""Of so many hours before a moment the readings must be known to tell what is alive at it."""


class LastSaid(NamedTuple):
    """The last known reading of a ride; `changed_at`: the first since its state or wait is what it is."""

    state: State
    wait_minutes: int | None
    recorded_at: datetime
    changed_at: datetime

    def is_fresh(self, at: datetime) -> bool:
        """Whether state or wait changed within ALIVE_FOR."""
        return at - self.changed_at <= ALIVE_FOR

    def is_alive(self, at: datetime) -> bool:
        return self.wait_minutes is not None and self.wait_minutes > 0 and self.is_fresh(at)


def say(before: LastSaid | None, state: State, wait_minutes: int | None, at: datetime) -> LastSaid:
    """What was said longer ago than ALIVE_FOR is forgotten: to say it again is news."""
    is_same = (
        before is not None
        and before.state is state
        and before.wait_minutes == wait_minutes
        and at - before.recorded_at <= ALIVE_FOR
    )
    return LastSaid(state, wait_minutes, at, before.changed_at if is_same and before is not None else at)


def changed(said: Mapping[int, LastSaid], ride_ids: Iterable[int], at: datetime) -> bool:
    """Whether one of the rides says at `at` what it did not say in its last known reading."""
    return any(ride_id in said and said[ride_id].changed_at == at for ride_id in ride_ids)

"""The simulated time in which faults happen: which parks, from when to when, and when each job runs."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

from park_downtime.simulator.world import World
from park_downtime.simulator.worlds import demo_world

PARK_IDS = (5, 10, 17, 316)
"""Epcot, Silver Dollar City, California Adventure, Peppa Pig: three zones, 108 entries."""

AGGREGATE_AT_MINUTE, PRUNE_AT_MINUTE = 10, 20


@dataclass(frozen=True)
class Scenario:
    """Cycles at `start`, every `interval` until `end`; nights and pruning every hour, as cron would."""

    world: World
    start: datetime
    end: datetime
    interval: timedelta = timedelta(minutes=10)

    @property
    def interval_minutes(self) -> int:
        return int(self.interval.total_seconds() // 60)

    def instants(self) -> Iterator[datetime]:
        at = self.start
        while at < self.end:
            yield at
            at += self.interval

    def is_night_due(self, at: datetime) -> bool:
        return self._is_at(at, AGGREGATE_AT_MINUTE)

    def is_prune_due(self, at: datetime) -> bool:
        return self._is_at(at, PRUNE_AT_MINUTE)

    def _is_at(self, at: datetime, minute: int) -> bool:
        """The first cycle of the hour from `minute` on, whatever the interval."""
        return at.minute >= minute > at.minute - self.interval_minutes


def small_world(*park_ids: int) -> World:
    everything = demo_world()
    return World(everything.seed, [everything.parks[park_id] for park_id in park_ids or PARK_IDS])


def one_day() -> Scenario:
    """A local day of all parks from midnight in New York, and the night until it is final everywhere."""
    return Scenario(
        small_world(), datetime(2026, 7, 14, 4, 0, tzinfo=UTC), datetime(2026, 7, 15, 12, 0, tzinfo=UTC)
    )


AFTERNOON = datetime(2026, 7, 14, 19, 0, tzinfo=UTC)
"""Every park is in the middle of its session: 15:00 in Orlando, 12:00 in Anaheim."""
EVENING = datetime(2026, 7, 15, 0, 0, tzinfo=UTC)
HOUR = timedelta(hours=1)

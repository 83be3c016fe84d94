"""The documented thresholds of health."""

from __future__ import annotations

from datetime import timedelta

import pytest

from park_downtime.api.health.rules import (
    Health,
    age_health,
    database_health,
    parks_health,
    spool_health,
    zone_health,
)

HEALTHY, DEGRADED, UNHEALTHY = Health


@pytest.mark.parametrize(
    ("minutes", "health"), [(0, HEALTHY), (25, HEALTHY), (26, DEGRADED), (120, DEGRADED), (121, UNHEALTHY)]
)
def test_age_of_the_last_cycle(minutes: int, health: Health) -> None:
    assert age_health(timedelta(minutes=minutes), 600) is health


@pytest.mark.parametrize(
    ("parks_ok", "without", "health"),
    [(100, 0, HEALTHY), (90, 10, HEALTHY), (89, 11, DEGRADED), (0, 100, UNHEALTHY), (0, 0, HEALTHY)],
)
def test_parks_without_readings(parks_ok: int, without: int, health: Health) -> None:
    assert parks_health(parks_ok, without) is health


@pytest.mark.parametrize(
    ("days", "health"), [(1, HEALTHY), (2, HEALTHY), (3, DEGRADED), (7, DEGRADED), (8, UNHEALTHY)]
)
def test_days_since_the_last_closed_one(days: int, health: Health) -> None:
    assert zone_health(days) is health


def test_a_slow_database_and_a_filled_spool_are_degraded() -> None:
    assert (database_health(500), database_health(501)) == (HEALTHY, DEGRADED)
    assert (spool_health(0), spool_health(1)) == (HEALTHY, DEGRADED)

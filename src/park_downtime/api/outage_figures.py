"""How often rides break down in a period, apart from how long that lasts: with park-wide time and without."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from park_downtime.api.fields import figure, minutes, was_observed
from park_downtime.statistics.measures import Measures
from park_downtime.statistics.outages import (
    BACK_WITHIN,
    Length,
    back_again,
    typical,
    without_park_wide,
)

FREQUENCY = ("downtime_hours", "uptime_percentage", "outage_count", "outages_per_100_hours")
LENGTHS = ("median_outage_minutes", "p90_outage_minutes")


def outage_figures(parts: Measures, lengths: Collection[Length]) -> dict[str, Any]:
    """`lengths`: of the outages of the period that `parts` adds up."""
    without = parts.without_park_wide()
    return {
        **typical_lengths(parts, lengths),
        "without_park_wide": {
            **{name: figure(name, without) for name in FREQUENCY},
            **typical_lengths(without, without_park_wide(lengths)),
        },
    }


def typical_lengths(parts: Measures, lengths: Collection[Length]) -> dict[str, float | None]:
    if not was_observed(parts):
        return dict.fromkeys(LENGTHS)
    return dict(zip(LENGTHS, map(minutes, typical(lengths)), strict=True))


def back_again_counts(past: Collection[Length], lasted_seconds: int) -> dict[str, Any] | None:
    """What came of earlier outages that had lasted as long as one that goes on; null: they are too few."""
    found = back_again(past, lasted_seconds)
    if found is None:
        return None
    return {
        "lasted_minutes": minutes(found.lasted_seconds),
        "outages": found.outages,
        "back": found.back,
        "within_minutes": minutes(BACK_WITHIN.total_seconds()),
    }

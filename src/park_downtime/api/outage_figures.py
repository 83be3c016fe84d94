"""How often rides break down in a period, apart from how long that lasts: with park-wide time and without."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from park_downtime.api.fields import figure, minutes, was_observed
from park_downtime.statistics.days import DayClosure
from park_downtime.statistics.measures import Measures
from park_downtime.statistics.outages import BACK_WITHIN, back_again, lengths_of, median, nine_in_ten

LENGTHS = {"median_outage_minutes": median, "p90_outage_minutes": nine_in_ten}
FREQUENCY = ("downtime_hours", "uptime_percentage", "outage_count", "outages_per_100_hours")


def outage_figures(parts: Measures, closures: Sequence[DayClosure]) -> dict[str, Any]:
    """`closures`: those of the period that `parts` adds up."""
    without = parts.without_park_wide()
    return {
        **lengths(parts, closures),
        "without_park_wide": {
            **{name: figure(name, without) for name in FREQUENCY},
            **lengths(without, closures, with_park_wide=False),
        },
    }


def lengths(
    parts: Measures, closures: Sequence[DayClosure], with_park_wide: bool = True
) -> dict[str, float | None]:
    known = lengths_of(closures, with_park_wide) if was_observed(parts) else []
    return {name: minutes(of(known)) for name, of in LENGTHS.items()}


def back_again_counts(past: Sequence[DayClosure], lasted_seconds: int) -> dict[str, Any] | None:
    """What came of earlier outages that had lasted as long as one that goes on; null: they are too few."""
    found = back_again(lengths_of(past), lasted_seconds)
    if found is None:
        return None
    return {
        "lasted_minutes": minutes(found.lasted_seconds),
        "outages": found.outages,
        "back": found.back,
        "within_minutes": minutes(BACK_WITHIN.total_seconds()),
    }

"""Codes of enums are on disk: a member may be appended, none may change its place."""

from __future__ import annotations

from park_downtime.database import statistics_tables, tables
from park_downtime.database.types import Coded


def codes(kind: object) -> list[str]:
    assert isinstance(kind, Coded)
    return [str(member) for member in kind.members]


def test_states() -> None:
    assert codes(tables.ride_runs.c.state.type) == ["unknown", "open", "closed"]
    assert codes(tables.ride_status_snapshots.c.state.type) == ["unknown", "open", "closed"]


def test_outcomes_of_parks() -> None:
    assert codes(tables.park_activity_snapshots.c.outcome.type) == [
        "ok",
        "failed",
        "rejected",
        "partial",
        "empty",
    ]


def test_outcomes_of_cycles() -> None:
    assert codes(tables.collection_cycles.c.outcome.type) == ["running", "complete", "interrupted"]


def test_categories() -> None:
    assert codes(tables.ride_classifications.c.category.type) == [
        "ride",
        "water_slide",
        "show",
        "meet_and_greet",
        "experience",
        "transport",
        "single_rider",
        "other",
    ]


def test_kept_totals() -> None:
    expected = ["current_7", "previous_7", "current_30", "previous_30", "seven_days"]
    assert codes(statistics_tables.ride_period_totals.c.period.type) == expected
    assert codes(statistics_tables.park_period_totals.c.period.type) == expected


def test_states_of_a_zone_day() -> None:
    assert codes(statistics_tables.aggregation_log.c.status.type) == ["running", "success", "failed"]

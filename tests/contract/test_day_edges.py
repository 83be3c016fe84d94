"""The edges of rides' days against a recording with official hours: what was, and what we say of it."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from benchmarks.accuracy.day_edges import (
    FOLDER,
    INTERVAL_MINUTES,
    PARK_ID,
    ZONE,
    DayEdges,
    measured,
    read_rides,
    said_of,
)
from benchmarks.accuracy.edge_score import EVERY_KIND, INTERRUPTIONS
from benchmarks.accuracy.folded import folded
from benchmarks.accuracy.hindsight import Trouble

from park_downtime.periods import Zone
from park_downtime.timeline.edge_calls import called_sessions


@pytest.fixture(scope="module")
def edges(shared_data: Path) -> DayEdges:
    """Folded in memory: the replay of half a year takes minutes and comes to the same sessions."""
    folder = shared_data / "recordings" / FOLDER
    names, readings = read_rides(folder / f"park_{PARK_ID}.csv.gz")
    memory = folded(PARK_ID, Zone(ZONE), INTERVAL_MINUTES * 60, readings)
    over = memory.park_runs[-1].last_reading_at + timedelta(hours=12)
    judged = memory.judge(memory.sessions_at(over), over)
    called = called_sessions(judged, memory.believed, [], memory.zone, memory.observed_since)
    return measured(folder, names, readings, said_of(called.judged))


@pytest.mark.parametrize(
    ("kind", "hours"), [(Trouble.LATE_START, 79.2), (Trouble.DID_NOT_REOPEN, 43.0)], ids=str
)
def test_a_quarter_of_what_was_lies_at_the_edges_of_the_day(
    edges: DayEdges, kind: Trouble, hours: float
) -> None:
    assert edges.pooled.by_kinds[kind,].true / 3600 == pytest.approx(hours, abs=0.05)
    assert edges.pooled.by_kinds[EVERY_KIND].true / 3600 == pytest.approx(447.0, abs=0.05)


def test_every_interruption_that_is_said_was_one(edges: DayEdges) -> None:
    assert edges.pooled.by_kinds[INTERRUPTIONS].precision == 1.0


def test_interruptions_alone_find_less_than_four_fifths(edges: DayEdges) -> None:
    assert edges.pooled.by_kinds[INTERRUPTIONS].recall == pytest.approx(0.723, abs=0.001)


def test_with_the_edges_of_the_day_nearly_all_that_lies_in_sessions_is_found(edges: DayEdges) -> None:
    found = edges.pooled.by_kinds[EVERY_KIND]
    assert found.recall_in_sessions == pytest.approx(0.889, abs=0.001)
    assert found.precision == pytest.approx(0.994, abs=0.001)


def test_a_late_start_that_is_said_was_one(edges: DayEdges) -> None:
    late = edges.pooled.by_kinds[Trouble.LATE_START,]
    assert late.precision == 1.0
    assert late.said / 3600 == pytest.approx(19.8, abs=0.1)


def test_a_ride_that_is_said_not_to_have_reopened_hardly_ever_closed_by_plan(edges: DayEdges) -> None:
    assert edges.pooled.by_kinds[Trouble.DID_NOT_REOPEN,].precision == pytest.approx(0.937, abs=0.001)

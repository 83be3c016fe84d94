"""The downtime that we find against what was: a recording that says DOWN, and a simulated week."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from benchmarks.accuracy.edge_causes import Was, added_up
from benchmarks.accuracy.ground_truth import Score, ground_truth
from benchmarks.accuracy.simulated import Look, compare_parks
from benchmarks.accuracy.simulated_days import quiet_world

from park_downtime.model import StretchKind


@pytest.fixture(scope="module")
def scores(shared_data: Path) -> dict[int, Score]:
    """By park; recorded by api.themeparks.wiki, which knows what is DOWN."""
    return {score.park_id: score for score in ground_truth(shared_data)}


@pytest.mark.parametrize("park_id", [5, 7])
def test_no_minute_is_called_an_outage_that_was_none(scores: dict[int, Score], park_id: int) -> None:
    assert scores[park_id].right > 0
    assert scores[park_id].precision == 1.0


@pytest.mark.parametrize(("park_id", "readings", "minutes"), [(5, 0.909, 0.894), (7, 0.956, 0.956)])
def test_what_was_down_is_found(
    scores: dict[int, Score], park_id: int, readings: float, minutes: float
) -> None:
    assert scores[park_id].recall_of_readings >= readings
    assert scores[park_id].recall >= minutes


@pytest.mark.parametrize("park_id", [5, 7])
def test_what_is_not_found_lies_at_an_edge_of_the_rides_day(scores: dict[int, Score], park_id: int) -> None:
    assert {each.kind for each in scores[park_id].differences} <= {
        StretchKind.LATE_OPENING,
        StretchKind.EARLY_CLOSE,
    }


def test_films_and_meetings_would_count_their_pauses_if_they_were_counted(scores: dict[int, Score]) -> None:
    assert scores[5].precision_of_all_entries < 0.6


def test_a_simulated_week_holds_its_bounds() -> None:
    whole = compare_parks(quiet_world(), (6,), date(2026, 7, 6), 7).whole
    assert whole.real_long > 50
    assert (whole.missed, whole.invented, whole.beyond) == ([], [], [])
    assert whole.worst_per_edge <= 600


@pytest.fixture(scope="module")
def two_months() -> Look:
    return compare_parks(quiet_world(), (6,), date(2026, 1, 1), 60)


def test_late_starts_of_simulated_days_are_breakdowns_or_unexplained(two_months: Look) -> None:
    found = added_up(two_months.called[6], StretchKind.LATE_START)
    assert found[Was.TROUBLE] / 3600 == pytest.approx(27.8, abs=0.1)
    assert found[Was.UNEXPLAINED] / 3600 == pytest.approx(32.3, abs=0.1)
    assert found[Was.PLAN] / 3600 == pytest.approx(0.2, abs=0.05)


def test_what_did_not_reopen_on_simulated_days_is_hardly_ever_plan(two_months: Look) -> None:
    found = added_up(two_months.called[6], StretchKind.DID_NOT_REOPEN)
    assert found[Was.TROUBLE] / 3600 == pytest.approx(12.7, abs=0.1)
    assert found[Was.PLAN] / 3600 == pytest.approx(0.6, abs=0.05)
    assert found[Was.PLAN] < 0.004 * two_months.whole.seen_seconds

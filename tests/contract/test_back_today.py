"""The chance to be back today, learnt from recordings of one resort and tried on those of another."""

from __future__ import annotations

from pathlib import Path

import pytest
from benchmarks.accuracy.asked_again import Seen, seen_in
from benchmarks.accuracy.recordings import Recorded
from benchmarks.accuracy.reopening import LEAST_RIGHT, MOST_BRIER, Score, scores_of

from park_downtime.periods import Zone

NEW_YORK = Zone("America/New_York")


@pytest.fixture(scope="module")
def universal(shared_data: Path) -> Seen:
    return seen_in(shared_data, [Recorded("universal_orlando_2026", 60)], NEW_YORK)


@pytest.fixture(scope="module")
def disney(shared_data: Path) -> Seen:
    return seen_in(shared_data, [Recorded("wdw_edges_2017", 10)], NEW_YORK)


@pytest.mark.parametrize(("tried", "learnt"), [("universal", "disney"), ("disney", "universal")])
def test_what_was_learnt_elsewhere_is_nearer_than_the_rule_before(
    tried: str, learnt: str, request: pytest.FixtureRequest
) -> None:
    own, other = request.getfixturevalue(tried), request.getfixturevalue(learnt)
    before, here, shipped = scores_of(own.asked, [other])
    assert before.looks > 2000
    assert here.brier < before.brier
    assert share_right(here) > share_right(before)
    for said in (here, shipped):
        assert said.brier <= MOST_BRIER
        assert share_right(said) >= LEAST_RIGHT


def share_right(score: Score) -> float:
    return score.right / score.looks

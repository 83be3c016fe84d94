"""What is found of a truth that says DOWN, park by park and together."""

from __future__ import annotations

from benchmarks.accuracy.ground_truth import Counts, Score, pooled, worst
from benchmarks.accuracy.truth import recall_line

LARGE = Score(park_id=7, zone="UTC", right=5400, invented=60, missed=600, readings_right=9, readings_missed=1)
SMALL = Score(park_id=5, zone="UTC", right=600, missed=600, readings_right=1, readings_missed=1)


def test_parks_together_weigh_by_their_downtime() -> None:
    together = pooled([LARGE, SMALL])
    assert (together.right, together.invented, together.missed) == (6000, 60, 1200)
    assert together.recall_of_readings == 10 / 12


def test_no_parks_together_have_nothing() -> None:
    assert pooled([]) == Counts()


def test_the_worst_park_finds_the_least_of_its_readings() -> None:
    assert worst([LARGE, SMALL]).park_id == 5


def test_the_pooled_figure_comes_first_and_the_worst_park_beside_it() -> None:
    assert recall_line(pooled([LARGE, SMALL]), SMALL) == (
        "Recall of interruptions over all parks: 0.833 (10 of 12) of DOWN readings, 0.833 of minutes; "
        "the worst, park 5: 0.500 (1 of 2) of DOWN readings, 0.500 of minutes."
    )

"""How the chance to be back is scored."""

from __future__ import annotations

import pytest
from benchmarks.accuracy.asked_again import Asked
from benchmarks.accuracy.reopening import learned_alone, score
from drawing import clock

from park_downtime.timeline.reopening import Cell, Look, Votes

LIKELY, UNLIKELY = Cell(0, 180, False), Cell(0, -20, False)
ODDS = {LIKELY: 0.9, UNLIKELY: 0.1}


def asked(cell: Cell, is_back: bool) -> Asked:
    return Asked(Look(1, clock("9:00"), clock("9:00"), cell, is_back), was_called_down=True)


def test_the_brier_score_is_the_mean_square_of_what_it_was_off_by() -> None:
    # off by 0.1, 0.1 and 0.9
    said = score([asked(LIKELY, True), asked(UNLIKELY, False), asked(UNLIKELY, True)], ODDS)
    assert said.brier == pytest.approx((0.01 + 0.01 + 0.81) / 3)


def test_right_is_down_and_back_or_closed_and_not() -> None:
    said = score([asked(LIKELY, True), asked(UNLIKELY, False), asked(UNLIKELY, True)], ODDS)
    assert (said.looks, said.back, said.right) == (3, 2, 2)


def test_a_table_learnt_alone_begins_with_the_way_to_closing() -> None:
    learned = learned_alone({LIKELY: Votes(80, 80), Cell(30, 180, False): Votes(20, 0)})
    assert learned[LIKELY] == pytest.approx(0.96)  # (80 + 20 x 0.8) / 100
    assert learned[Cell(30, 180, False)] == pytest.approx(0.4)
    assert learned[Cell(60, 180, True)] == pytest.approx(0.8)
    assert learned[UNLIKELY] == 0.5

"""How long outages lasted: the middle one, and what nine in ten did not exceed."""

from __future__ import annotations

import pytest

from park_downtime.statistics.outages import median, nine_in_ten


@pytest.mark.parametrize(
    ("lengths", "ninth"),
    [([5], 5), ([2, 1], 2), (list(range(1, 11)), 9), (list(range(1, 12)), 10), ([], None)],
)
def test_nine_in_ten_are_no_longer(lengths: list[int], ninth: int | None) -> None:
    assert nine_in_ten(lengths) == ninth


@pytest.mark.parametrize(("lengths", "middle"), [([5], 5), ([9, 1, 5], 5), ([1, 2], 1.5), ([], None)])
def test_half_of_them_are_no_longer(lengths: list[int], middle: float | None) -> None:
    assert median(lengths) == middle

"""What is held against an hour of load: growth and descriptors of the processes that lasted."""

from __future__ import annotations

import pytest
from benchmarks._hour_report import Sample, descriptors_lost, growth, lasting
from benchmarks._watched import Seen


def sample(*processes: tuple[int, float, int]) -> Sample:
    """Process, its resident megabytes, its descriptors."""
    seen = [Seen(pid, "API", mb, mb, descriptors, connections=3) for pid, mb, descriptors in processes]
    return Sample(0.0, seen, 3, 0.0)


def test_growth_is_that_of_the_process_that_grew_most() -> None:
    middle = [sample((1, 100.0, 16), (2, 98.0, 16)), sample((1, 100.0, 16), (2, 102.0, 16))]
    last = [sample((1, 90.0, 16), (2, 110.0, 16))]
    assert growth(middle, last, {1, 2}) == pytest.approx(1.1)


def test_a_descriptor_that_is_open_ever_after_is_lost() -> None:
    middle = [sample((1, 100.0, 16)), sample((1, 100.0, 19))]
    assert descriptors_lost(middle, [sample((1, 100.0, 17)), sample((1, 100.0, 18))], {1}) == 1


def test_one_that_comes_and_goes_is_not() -> None:
    middle = [sample((1, 100.0, 16)), sample((1, 100.0, 17))]
    assert descriptors_lost(middle, [sample((1, 100.0, 40)), sample((1, 100.0, 16))], {1}) == 0


def test_one_process_does_not_hide_what_another_loses() -> None:
    middle = [sample((1, 100.0, 20), (2, 100.0, 16))]
    assert descriptors_lost(middle, [sample((1, 100.0, 16), (2, 100.0, 20))], {1, 2}) == 4


def test_a_process_that_ended_meanwhile_has_not_lasted() -> None:
    assert lasting([sample((1, 100.0, 16), (2, 100.0, 16)), sample((2, 100.0, 16), (3, 100.0, 16))]) == {2}

"""A law that fails says so soon: the search for a smaller example has its limit, which the conftest sets."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

EXAMPLE_SECONDS = 0.5


def test_a_slow_law_that_fails_is_told_within_a_minute(monkeypatch: pytest.MonkeyPatch) -> None:
    """Each example seems to take half a second."""
    spent, really = [0.0], time.perf_counter

    @settings(database=None, derandomize=True)
    @given(numbers=st.lists(st.integers(0, 1_000_000), min_size=20, max_size=60))
    def law(numbers: list[int]) -> None:
        spent[0] += EXAMPLE_SECONDS
        assert sum(numbers) < 3_000_000 or len(set(numbers)) < 15

    with monkeypatch.context() as patch, pytest.raises(AssertionError):
        patch.setattr(time, "perf_counter", lambda: really() + spent[0])
        law()
    assert spent[0] < 60

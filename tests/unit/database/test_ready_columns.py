"""A ready column gives back what was kept in it."""

from __future__ import annotations

import sys
from array import array

import pytest
from hypothesis import given
from hypothesis import strategies as st

from park_downtime.database.ready_columns import ReadyColumn

NUMBERS = st.lists(st.one_of(st.none(), st.integers(-(2**31) + 1, 2**31 - 1)))
TEXTS = st.lists(st.text())


@given(st.one_of(NUMBERS, TEXTS))
def test_all_values_come_back(values: list[object]) -> None:
    assert ReadyColumn.of(values).values() == values


@given(NUMBERS, st.data())
def test_values_at_some_places(values: list[int | None], data: st.DataObject) -> None:
    places = data.draw(st.lists(st.sampled_from(range(len(values))))) if values else []
    assert ReadyColumn.of(values).values(places) == [values[place] for place in places]


def test_texts_at_some_places() -> None:
    assert ReadyColumn.of(["Comet", "Rítmico", "Log"]).values([2, 1]) == ["Log", "Rítmico"]


def test_truths_are_numbers() -> None:
    assert ReadyColumn.of([True, False]).values() == [1, 0]


def test_a_machine_of_the_other_order_of_bytes_reads_the_same(monkeypatch: pytest.MonkeyPatch) -> None:
    kept = ReadyColumn.of([1, 2_000_000_000, None])
    monkeypatch.setattr(sys, "byteorder", "little" if sys.byteorder == "big" else "big")
    swapped = array("i", kept.values())
    swapped.byteswap()
    assert swapped.tolist()[:2] == [1, 2_000_000_000]


def test_a_number_that_is_too_large_is_refused() -> None:
    with pytest.raises(OverflowError):
        ReadyColumn.of([2**31])

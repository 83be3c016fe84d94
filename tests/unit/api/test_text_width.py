"""How wide a text is before it is drawn, and where it is cut when it is too wide."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from park_downtime.api.text_width import cut, text_width


def test_narrow_letters_are_narrower() -> None:
    assert text_width("ill", 10) == 9
    assert text_width("WWW", 10) == 30


def test_an_accent_adds_nothing() -> None:
    assert text_width("é", 10) == text_width("e", 10) == text_width("é", 10)


def test_an_ideograph_fills_a_square() -> None:
    assert text_width("東京", 10) == 20


@pytest.mark.parametrize(
    ("most", "left"),
    [
        (200, "Big Thunder Mountain Railroad"),
        (158, "Big Thunder Mountain…"),
        (90, "Big Thunder…"),
        (60, "Big Thund…"),
    ],
)
def test_it_ends_with_a_word_where_one_is_near(most: float, left: str) -> None:
    assert cut("Big Thunder Mountain Railroad", most, 10) == left


def test_a_single_long_word_is_cut_within() -> None:
    assert cut("Donaudampfschifffahrtsgesellschaft", 100, 10) == "Donaudampfschiff…"


def test_no_letter_loses_its_mark() -> None:
    decomposed = "Fe\u0301e\u0301rie"
    left = {cut(decomposed, most, 10).rstrip("…") for most in range(12, 28)}
    assert left == {"F", "Fe\u0301", "Fe\u0301e\u0301", "Fe\u0301e\u0301r"}


@given(st.text(max_size=80), st.integers(20, 300))
def test_what_is_left_fits(text: str, most: int) -> None:
    assert text_width(cut(text, most, 10), 10) <= most

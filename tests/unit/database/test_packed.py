"""Rows packed into one text by the database: none is lost without a word."""

from __future__ import annotations

import pytest
from sqlalchemy import column

from park_downtime.database.packed import Packed

PAIRS = Packed(column("one"), column("other"))


def test_rows_are_taken_apart() -> None:
    assert [PAIRS.values(row) for row in PAIRS.rows(3, "7:10,8:,9:0")] == [[7, 10], [8, None], [9, 0]]


def test_a_text_that_was_cut_short_is_an_error() -> None:
    with pytest.raises(ValueError, match=r"2 of 3 rows read"):
        PAIRS.rows(3, "7:10,8:1")

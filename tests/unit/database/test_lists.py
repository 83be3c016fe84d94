"""Lists of whole numbers in one text."""

from __future__ import annotations

from park_downtime.database.lists import as_list, of_list


def test_entries_are_written_without_blanks() -> None:
    assert as_list([(7, 1, 40), (9, 2, 35)]) == "[[7,1,40],[9,2,35]]"


def test_what_is_missing_stays_missing() -> None:
    assert of_list(as_list([(7, None, 40), (9, 0, None)])) == [[7, None, 40], [9, 0, None]]


def test_no_entry_is_an_empty_list_and_so_is_no_row() -> None:
    assert of_list(as_list([])) == []
    assert of_list(None) == []

"""Rows sorted over all of them, cut, and as CSV that no spreadsheet runs."""

from __future__ import annotations

import csv
import io
from datetime import UTC, datetime
from typing import Any

import pytest

from park_downtime.api.schema_keys import KeysDiffer
from park_downtime.api.table import RowList, Table, as_csv, chosen, in_order
from park_downtime.model import Status

ROWS = RowList([{"n": 2, "s": "b"}, {"n": None, "s": "A"}, {"n": 10, "s": "C"}])

NOW_ROW = {
    "rank": 1,
    "ride_id": 3,
    "ride_name": "Ride",
    "park_id": 6,
    "park_name": "Park",
    "timezone": "America/New_York",
    "tier": None,
    "tier_label": None,
    "outage_id": "3-1782927000",
    "down_since": datetime(2026, 7, 1, 17, 30, tzinfo=UTC),
    "minutes": 20.123,
    "back_today_percentage": None,
    "last_wait_time": None,
    "queue_times_url": "https://queue-times.com/parks/6/rides/3",
}


def column(rows: Any, name: str) -> list[Any]:
    return [row[name] for row in rows]


def ordered(rows: RowList, name: str, is_descending: bool) -> list[Any]:
    """Rows in the order of a field."""
    return rows.at(in_order(rows.values(name), is_descending))


def test_nulls_are_last_in_both_orders() -> None:
    assert column(ordered(ROWS, "n", is_descending=False), "n") == [2, 10, None]
    assert column(ordered(ROWS, "n", is_descending=True), "n") == [10, 2, None]


def test_text_is_sorted_without_regard_to_case() -> None:
    assert column(ordered(ROWS, "s", is_descending=False), "s") == ["A", "b", "C"]


def test_a_field_that_rows_lack_leaves_their_order() -> None:
    assert ordered(ROWS, "tier", is_descending=True) == ROWS


def test_equal_rows_keep_their_order() -> None:
    rows = RowList([{"n": 1, "s": "first"}, {"n": 1, "s": "second"}])
    assert column(ordered(rows, "n", is_descending=True), "s") == ["first", "second"]


def test_offset_and_limit_cut_what_was_sorted() -> None:
    rows = RowList(NOW_ROW | {"rank": number} for number in range(1, 6))
    values = {"sort": "rank", "order": "desc", "offset": 1, "limit": 2}
    assert column(chosen(Table("NowRow", rows), values), "rank") == [4, 3]


def test_a_row_with_a_key_that_its_schema_does_not_know_is_an_error() -> None:
    values = {"sort": "rank", "order": "asc", "offset": 0, "limit": 2}
    with pytest.raises(KeysDiffer, match=r"^The schema NowRow does not know colour$"):
        chosen(Table("NowRow", RowList([NOW_ROW, NOW_ROW | {"colour": "red"}])), values)


def parsed(body: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(body.decode(), newline="")))


def test_csv_has_the_fields_as_columns_and_null_as_nothing() -> None:
    [row] = parsed(as_csv("NowRow", [NOW_ROW], "now").body)
    assert list(row) == list(NOW_ROW)
    assert (row["tier"], row["minutes"], row["down_since"]) == ("", "20.12", "2026-07-01T17:30:00Z")


def test_an_object_is_flattened() -> None:
    header = as_csv("ParkRanking", [], "parks").body.decode()
    assert "tier_distribution.tier1_count,tier_distribution.tier2_count" in header


def test_a_name_does_not_become_a_formula() -> None:
    [row] = parsed(as_csv("NowRow", [NOW_ROW | {"ride_name": "=1+1"}], "now").body)
    assert row["ride_name"] == "'=1+1"


def test_a_negative_number_stays_one() -> None:
    [row] = parsed(as_csv("NowRow", [NOW_ROW | {"minutes": -1.5}], "now").body)
    assert row["minutes"] == "-1.5"


def test_a_name_with_commas_quotes_and_line_breaks_comes_back() -> None:
    name = 'One, "two"\r\nthree'
    [row] = parsed(as_csv("NowRow", [NOW_ROW | {"ride_name": name}], "now").body)
    assert row["ride_name"] == name


def test_csv_is_credited() -> None:
    assert "Queue-Times.com" in as_csv("NowRow", [], "now").headers["X-Attribution"]


def test_a_status_is_sorted_by_the_attention_it_asks_for() -> None:
    rows = RowList({"s": each} for each in (Status.UNKNOWN, Status.CLOSED, Status.DOWN, Status.RUNNING))
    assert column(ordered(rows, "s", is_descending=False), "s") == ["Down", "Running", "Closed", "Unknown"]
    assert column(ordered(rows, "s", is_descending=True), "s") == ["Unknown", "Closed", "Running", "Down"]

"""docs/data-model.md and the metadata say the same, in both directions."""

from __future__ import annotations

import re

import data_model_page as generated
import pytest
from sqlalchemy.dialects import mysql

PAGE = generated.PAGE.read_text("utf-8")
COLUMNS = {column.name for table in generated.METADATA.tables.values() for column in table.columns}


def test_the_page_describes_the_tables_as_they_are() -> None:
    assert generated.written(PAGE) == PAGE, "run `make docs`"


def test_every_table_says_what_it_is_for() -> None:
    assert generated.TO_BE_WRITTEN not in PAGE


def test_every_column_is_explained_in_one_place() -> None:
    by_hand, written = generated.glossary(PAGE).keys(), generated.published_meanings().keys()
    assert sorted(COLUMNS - by_hand - written) == []
    assert sorted(by_hand & written) == []


def test_no_column_is_explained_that_does_not_exist() -> None:
    assert sorted(generated.glossary(PAGE).keys() - COLUMNS) == []


def test_what_published_columns_say_elsewhere_is_beside_what_they_mean() -> None:
    assert sorted(generated.further(PAGE) - generated.published_meanings().keys()) == []
    assert "started_at" in generated.further(PAGE)


def test_another_meaning_on_the_page_would_be_seen() -> None:
    for meaning in ("known open time", "the cadence in force then: how long a reading holds"):
        assert generated.written(PAGE.replace(f" {meaning} |", " something else |")) == PAGE
        assert PAGE.count(f" {meaning} |") >= 1


def test_no_table_is_described_that_does_not_exist() -> None:
    assert set(re.findall(r"^### `(\w+)`$", PAGE, re.MULTILINE)) == set(generated.METADATA.tables)


def test_a_change_of_a_column_would_be_seen() -> None:
    assert (
        generated.written(PAGE.replace("| `wait_minutes` | smallint |", "| `wait_minutes` | int |")) == PAGE
    )


def test_what_all_statistics_hold_is_said_once() -> None:
    tables = PAGE.split(generated.START)[1]
    assert tables.count("| `downtime_seconds` |") == 1
    assert tables.count("| `park_expected_seconds` |") == 1
    assert tables.count("| `trend_percentage` |") == 6


NARROW = {"ride_daily_stats", "ride_weekly_stats", "ride_monthly_stats", "ride_period_totals"}


def test_a_shared_column_is_the_same_in_every_table_of_a_ride_up_to_a_month_and_in_every_other() -> None:
    tables = {t for t in generated.METADATA.tables if t.endswith(generated.OF_STATISTICS)}
    assert len(tables) == 10
    for names in (NARROW, tables - NARROW):
        of = [generated.METADATA.tables[name] for name in names]
        for name in generated.shared_columns():
            described = {
                (str(table.c[name].type.compile(dialect=mysql.dialect())), table.c[name].nullable)
                for table in of
            }
            assert len(described) == 1, name


def test_a_sentence_that_someone_wrote_is_kept() -> None:
    changed = PAGE.replace(generated.purpose(PAGE, "lands"), "Areas of a park.")
    assert generated.purpose(generated.written(changed), "lands") == "Areas of a park."


def test_a_column_explained_twice_would_be_seen() -> None:
    heading = "### Columns that are not published"
    twice = PAGE.replace(heading, f"{heading}\n\n| `outcome` | again |\n", 1)
    with pytest.raises(AssertionError, match="outcome is explained twice"):
        generated.glossary(twice)

"""docs/data-model.md and the metadata say the same, in both directions."""

from __future__ import annotations

import re

import data_model_page as generated
import pytest

PAGE = generated.PAGE.read_text("utf-8")
COLUMNS = {column.name for table in generated.METADATA.tables.values() for column in table.columns}


def test_the_page_describes_the_tables_as_they_are() -> None:
    assert generated.with_tables(PAGE) == PAGE, "run `make docs`"


def test_every_table_says_what_it_is_for() -> None:
    assert generated.TO_BE_WRITTEN not in PAGE


def test_every_column_is_explained() -> None:
    assert sorted(COLUMNS - generated.glossary(PAGE).keys()) == []


def test_no_column_is_explained_that_does_not_exist() -> None:
    assert sorted(generated.glossary(PAGE).keys() - COLUMNS) == []


def test_no_table_is_described_that_does_not_exist() -> None:
    assert set(re.findall(r"^### `(\w+)`$", PAGE, re.MULTILINE)) == set(generated.METADATA.tables)


def test_a_change_of_a_column_would_be_seen() -> None:
    assert (
        generated.with_tables(PAGE.replace("| `wait_minutes` | smallint |", "| `wait_minutes` | int |"))
        == PAGE
    )


def test_a_sentence_that_someone_wrote_is_kept() -> None:
    changed = PAGE.replace(generated.purpose(PAGE, "lands"), "Areas of a park.")
    assert generated.purpose(generated.with_tables(changed), "lands") == "Areas of a park."


def test_a_column_explained_twice_would_be_seen() -> None:
    twice = PAGE.replace("## What columns mean", "## What columns mean\n\n| `tier` | again |\n", 1)
    with pytest.raises(AssertionError, match="tier is explained twice"):
        generated.glossary(twice)

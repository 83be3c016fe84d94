"""The columns of the open data set say what those of the tables are."""

from __future__ import annotations

import pytest

from park_downtime.published.columns import (
    COLUMNS,
    OF_A_MONTH,
    PARKS,
    RIDES,
    STRETCHES,
    PublishedTable,
)

TABLES = (PARKS, RIDES, *OF_A_MONTH, STRETCHES)


@pytest.mark.parametrize("table", TABLES, ids=lambda table: table.name)
def test_the_key_is_among_the_columns(table: PublishedTable) -> None:
    assert set(table.key) <= set(table.names)


def test_no_column_is_described_that_no_table_has() -> None:
    assert {name for table in TABLES for name in table.names} == COLUMNS.keys()


@pytest.mark.parametrize(
    ("name", "kind", "unit"),
    [
        ("downtime_seconds", "integer", "s"),
        ("wait_max", "integer", "min"),
        ("started_at", "datetime", "UTC"),
        ("is_incident", "boolean", ""),
        ("latitude", "number", "deg"),
    ],
)
def test_a_column_has_a_type_and_a_unit(name: str, kind: str, unit: str) -> None:
    assert (COLUMNS[name].kind, COLUMNS[name].unit) == (kind, unit)

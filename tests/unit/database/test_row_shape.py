"""A row becomes a dataclass by the names of its columns, whatever their order in the table."""

from __future__ import annotations

from dataclasses import dataclass

import pytest
from sqlalchemy import Column, Integer, MetaData, String, Table, create_engine, insert, select

from park_downtime.database.row_shape import RowShape

LANDS = Table("lands", MetaData(), Column("name", String(20)), Column("size", Integer), Column("id", Integer))


@dataclass(frozen=True, slots=True)
class Land:
    id: int
    name: str


@dataclass(frozen=True, slots=True)
class Unheard:
    id: int
    colour: str


def test_the_order_of_the_fields_is_that_of_the_columns() -> None:
    shape = RowShape(Land, LANDS.c)
    engine = create_engine("sqlite://")
    with engine.connect() as connection:
        LANDS.create(connection)
        connection.execute(insert(LANDS), {"id": 7, "name": "Frontierland", "size": 3})
        assert shape.of(connection.execute(select(*shape.columns))) == [Land(id=7, name="Frontierland")]
    engine.dispose()


def test_a_label_names_its_column() -> None:
    shape = RowShape(Land, [LANDS.c.name, LANDS.c.size.label("id")])
    assert [column.key for column in shape.columns] == ["id", "name"]


def test_a_field_without_a_column_is_told_at_once() -> None:
    with pytest.raises(LookupError, match=r"^Unheard has no column for colour$"):
        RowShape(Unheard, LANDS.c)

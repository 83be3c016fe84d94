"""Many small rows read column by column, or as one text per group that the database puts together.

A driver written in Python needs ten times as long for a row as for what is in it: a day of all parks is
720,000 readings, and a ranking looks at 5,000 rides.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Mapping
from datetime import date
from functools import lru_cache, reduce
from typing import Any, cast

from sqlalchemy import (
    Boolean,
    Column,
    ColumnElement,
    Connection,
    Date,
    Float,
    Select,
    String,
    Text,
    func,
    literal,
    select,
)
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement
from sqlalchemy.types import TypeEngine

from park_downtime.database.types import Coded, UtcDateTime, of_text

BETWEEN_VALUES, BETWEEN_ROWS = ":", ","
LONGEST_BYTES = 16 * 1024 * 1024
"""MySQL cuts such texts at 1024 bytes unless it is told otherwise (`engine.py`)."""


class _JsonRow(FunctionElement[str]):
    """Numbers, texts and truths of a row as JSON has them, with commas between."""

    inherit_cache = True
    type = Text()


@compiles(_JsonRow)
def _concatenated(row: _JsonRow, compiler: SQLCompiler, **given: Any) -> str:
    texts = [_as_json(value, compiler.process(value, **given)) for value in row.clauses]
    return "concat(" + ", ',', ".join(f"coalesce({text}, 'null')" for text in texts) + ")"


def _as_json(value: ColumnElement[Any], text: str) -> str:
    if isinstance(value.type, (UtcDateTime, Date)):
        return f"concat('\"', {text}, '\"')"
    return f"json_quote({text})" if isinstance(value.type, String) else text


@lru_cache(maxsize=256)  # making one takes as long as asking it
def _packed_query(query: Select[Any]) -> tuple[Select[Any], list[TypeEngine[Any]]]:
    values = list(query.selected_columns)
    packed = func.aggregate_strings(_JsonRow(*values), BETWEEN_ROWS)
    counted = query.with_only_columns(func.count(), packed)
    return cast("Select[Any]", counted), [value.type for value in values]


def read_columns(
    connection: Connection, query: Select[Any], bound: Mapping[str, Any] | None = None
) -> list[list[Any]]:
    """The values of each column of a query of numbers, texts, truths, codes, dates and instants.

    Rows come in any order.

    Queries are remembered: one that is asked again is best made once, with what differs `bound` to it.
    Raises ValueError where the database gave less than there is.
    """
    packed, types = _packed_query(query)
    if connection.dialect.name == "sqlite":
        columns = _from_tuples(connection, query, bound)
    else:
        columns = _from_text(connection, packed, bound, len(types))
    return list(map(_decoded, types, columns or [[] for _ in types]))


def _from_tuples(
    connection: Connection, query: Select[Any], bound: Mapping[str, Any] | None
) -> list[list[Any]]:
    """As SQLite's driver gives them: it is written in C, and faster than a text that is taken apart."""
    with connection.execute(query, bound) as result:
        rows = result.cursor.fetchall()
    return [list(column) for column in zip(*rows, strict=True)]


def _from_text(
    connection: Connection, packed: Select[Any], bound: Mapping[str, Any] | None, width: int
) -> list[list[Any]]:
    count, text = connection.execute(packed, bound).one()
    try:
        found = json.loads(f"[{text or ''}]")
    except ValueError:
        found = []
    if len(found) != count * width:
        raise ValueError(f"{len(found)} values of {count} rows read: the database cut their text short")
    return [found[place::width] for place in range(width)]


def _decoded(kind: TypeEngine[Any], column: list[Any]) -> list[Any]:
    if isinstance(kind, Coded):
        return list(map(kind.of_code.__getitem__, column))
    if isinstance(kind, Float):  # 12.0 is 12 in some texts
        return [None if value is None else float(value) for value in column]
    if isinstance(kind, Boolean):
        return [None if value is None else bool(value) for value in column]
    if isinstance(kind, UtcDateTime):
        return _once_each(of_text, column)
    if isinstance(kind, Date):
        return _once_each(_date_of_text, column)
    return column


def _once_each(of: Callable[[str | None], Any], texts: list[str | None]) -> list[Any]:
    """A cycle reads thousands of one instant, and of one day."""
    known = {text: of(text) for text in set(texts)}
    return list(map(known.__getitem__, texts))


def _date_of_text(text: str | None) -> date | None:
    return None if text is None else date.fromisoformat(text)


def read_packed(connection: Connection, query: Select[Any]) -> list[tuple[Any, ...]]:
    """The rows of such a query, in any order."""
    rows = query.subquery()
    return list(zip(*read_columns(connection, select(*rows.c)), strict=True))


class Packed:
    """Whole numbers of each row of a group, missing ones too; rows come in any order.

    Select `columns`, group the query, and take the two values apart with `rows`, and each row with `values`.
    """

    def __init__(self, *values: ColumnElement[Any]) -> None:
        texts: list[ColumnElement[Any]] = [
            value if isinstance(value, Column) and not value.nullable else func.coalesce(value, "")
            for value in values
        ]
        one = reduce(lambda text, value: text.concat(literal(BETWEEN_VALUES)).concat(value), texts)
        self.columns = (func.count(), func.aggregate_strings(one, BETWEEN_ROWS))

    @staticmethod
    def rows(count: int, text: str | None) -> list[str]:
        """None is what databases say of no row. Raises ValueError where one gave less than the group has."""
        found = [] if text is None else text.split(BETWEEN_ROWS)
        if len(found) != count:
            raise ValueError(f"{len(found)} of {count} rows read: the database cut their text short")
        return found

    @staticmethod
    def values(row: str) -> list[Any]:
        return [int(value) if value else None for value in row.split(BETWEEN_VALUES)]

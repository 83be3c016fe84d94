"""Many small rows read as one text per group, put together by the database.

A driver written in Python needs ten times as long for a row as for what is in it: a day of all parks is
720,000 readings.
"""

from __future__ import annotations

from functools import reduce
from typing import Any

from sqlalchemy import Column, ColumnElement, Connection, Select, func, literal, select

BETWEEN_VALUES, BETWEEN_ROWS = ":", ","
LONGEST_BYTES = 16 * 1024 * 1024
"""MySQL cuts such texts at 1024 bytes unless it is told otherwise (`engine.py`)."""


def read_packed(connection: Connection, query: Select[Any]) -> list[list[Any]]:
    """The rows of a query of nothing but whole numbers, in any order."""
    packed = Packed(*query.subquery().c)
    count, text = connection.execute(select(*packed.columns)).one()
    return [packed.values(row) for row in packed.rows(count, text)]


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

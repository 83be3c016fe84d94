"""Rows of one database put into another of the same tables."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, insert, select

Row = dict[str, Any]
Take = Callable[[Row], Row | None]
"""A row as it is to be; None: it is left out."""

ROWS_AT_ONCE = 2000


def copy(
    source: Connection,
    target: Connection,
    table: Table,
    *where: ColumnElement[bool],
    take: Take | None = None,
) -> None:
    """Rows as they are, or as `take` gives them."""
    names = [column.name for column in table.columns]
    query = select(*table.columns).where(*where).execution_options(yield_per=ROWS_AT_ONCE)
    write = _Writer(target, table)
    for some in source.execute(query).partitions():
        if take is None:
            write([tuple(values) for values in some])
            continue
        rows = (take(dict(zip(names, values, strict=True))) for values in some)
        write([tuple(row.values()) for row in rows if row is not None])


class _Writer:
    """Rows by position, prepared once a table: half a million of them are written at full size."""

    def __init__(self, target: Connection, table: Table) -> None:
        self._target = target
        self._statement = str(insert(table).compile(dialect=target.dialect))
        self._prepared = [
            (place, prepare)
            for place, column in enumerate(table.columns)
            if (prepare := column.type.dialect_impl(target.dialect).bind_processor(target.dialect))
        ]

    def __call__(self, rows: Sequence[tuple[Any, ...]]) -> None:
        if rows:
            self._target.exec_driver_sql(self._statement, [self._ready(row) for row in rows])

    def _ready(self, row: tuple[Any, ...]) -> tuple[Any, ...]:
        values = list(row)
        for place, prepare in self._prepared:
            values[place] = prepare(values[place])
        return tuple(values)

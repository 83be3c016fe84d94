"""Insert, or update what is there: one helper that speaks each dialect."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Table
from sqlalchemy.dialects import mysql, sqlite

ROWS_PER_STATEMENT = 500  # below SQLite's limit of bound values and MySQL's packet size for our widths


def upsert(connection: Connection, table: Table, rows: Sequence[Mapping[str, Any]]) -> None:
    """Store rows by primary key: new ones are inserted, others get the given columns.

    All rows name the same columns. Running it again gives the same rows.
    """
    if not rows:
        return
    keys = {column.name for column in table.primary_key}
    updated = tuple(name for name in rows[0] if name not in keys)
    statement = _statement(connection.dialect.name, table, updated)
    for start in range(0, len(rows), ROWS_PER_STATEMENT):
        connection.execute(statement, rows[start : start + ROWS_PER_STATEMENT])


@lru_cache(maxsize=256)  # building one costs more than running it: some 600 a cycle
def _statement(dialect: str, table: Table, updated: tuple[str, ...]) -> Any:
    if dialect == "sqlite":
        insert = sqlite.insert(table)
        if not updated:
            return insert.on_conflict_do_nothing()
        return insert.on_conflict_do_update(
            index_elements=list(table.primary_key), set_={name: insert.excluded[name] for name in updated}
        )
    own = mysql.insert(table)
    changes = {name: own.inserted[name] for name in updated}
    # Without anything to update, a key set to itself says "leave the row as it is".
    key = next(iter(table.primary_key)).name
    return own.on_duplicate_key_update(changes or {key: table.c[key]})

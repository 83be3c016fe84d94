"""Millions of rows in seconds: prepared statements on SQLite, LOAD DATA on MariaDB.

Values are as the database keeps them: numbers, texts, None; dates and instants in ISO form.
"""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Sequence
from typing import Any

from sqlalchemy import Engine, Table, create_engine
from sqlalchemy.engine import make_url

from park_downtime.database.engine import with_driver

Row = Sequence[Any]


class Bulk:
    """Fills one database; `add` may be called many times, in the order in which rows would come."""

    def __init__(self, engine: Engine) -> None:
        self._is_sqlite = engine.dialect.name == "sqlite"
        if self._is_sqlite:
            self._engine = engine
        else:
            url = with_driver(make_url(engine.url)).update_query_dict({"local_infile": "1"})
            self._engine = create_engine(url)

    def add(self, table: Table, columns: Sequence[str], rows: Iterable[Row]) -> None:
        names = ", ".join(columns)
        connection = self._engine.raw_connection()
        try:
            cursor = connection.cursor()
            if self._is_sqlite:
                marks = ", ".join("?" * len(columns))
                cursor.execute("BEGIN IMMEDIATE")
                statement = f"INSERT INTO {table.name} ({names}) VALUES ({marks})"  # noqa: S608
                cursor.executemany(statement, list(rows))
            else:
                with tempfile.NamedTemporaryFile("w", suffix=".tsv") as file:
                    file.writelines(_line(row) for row in rows)
                    file.flush()
                    cursor.execute(f"LOAD DATA LOCAL INFILE '{file.name}' INTO TABLE {table.name} ({names})")
            connection.commit()
        finally:
            connection.close()

    def run(self, statement: str) -> None:
        """One statement of the engine's own, such as INSERT ... SELECT."""
        connection = self._engine.raw_connection()
        try:
            connection.cursor().execute(statement)
            connection.commit()
        finally:
            connection.close()


def _line(row: Row) -> str:
    return "\t".join("\\N" if value is None else str(value) for value in row) + "\n"

"""Steps of a revision, each of which is skipped where it has been done already.

MySQL and MariaDB cannot roll back a change of the schema. A migration that ended in its middle leaves
whole steps behind, and the next one goes on after them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import sqlalchemy as sa
from alembic import op

from park_downtime.database.schema import SchemaBehind


def create_table(
    name: str, *parts: sa.schema.SchemaItem, is_compressed: bool = False, **options: Any
) -> None:
    """`is_compressed`: MariaDB compresses its pages; nothing else is to know of it. Raises SchemaBehind where
    another program's table has the name.
    """
    present = _inspect()
    if not present.has_table(name):
        op.create_table(name, *parts, **options, **(_compressed() if is_compressed else {}))
        return
    wanted = {part.name for part in parts if isinstance(part, sa.Column)}
    if not wanted <= {column["name"] for column in present.get_columns(name)}:
        raise SchemaBehind(
            f"the database has another table {name} than this program needs: give it an empty database"
        )


def _compressed() -> dict[str, Any]:
    dialect = op.get_bind().dialect
    # A server of MariaDB may be reached by the name of MySQL, which has no such option.
    return {f"{dialect.name}_page_compressed": "1"} if getattr(dialect, "is_mariadb", False) else {}


def create_index(name: str, table_name: str, columns: Sequence[str]) -> None:
    if name not in {index["name"] for index in _inspect().get_indexes(table_name)}:
        op.create_index(name, table_name, list(columns))


def create_view(name: str, select: str) -> None:
    if name not in _inspect().get_view_names():
        op.execute(f"CREATE VIEW {name} AS {select}")


def add_column(table_name: str, column: sa.Column[Any]) -> None:
    """A column that may be null or has a default: the release before goes on writing the table."""
    if column.name not in {found["name"] for found in _inspect().get_columns(table_name)}:
        op.add_column(table_name, column)


def _inspect() -> sa.Inspector:
    """Anew for every step: an inspector remembers what it has seen."""
    return sa.inspect(op.get_bind())

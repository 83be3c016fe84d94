"""The schema in plain words, the same with every version of Python and SQLAlchemy, and the id they make."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

import sqlalchemy as sa
from sqlalchemy.dialects import mysql, sqlite
from sqlalchemy.types import TypeDecorator, TypeEngine

NUMBER = "0100"
ENGINES: dict[str, sa.Dialect] = {"sqlite": sqlite.dialect(), "mysql": mysql.dialect()}
KINDS: tuple[tuple[type[TypeEngine[Any]], str], ...] = (
    (mysql.TINYINT, "tinyint"),
    (mysql.MEDIUMINT, "mediumint"),
    (sa.SmallInteger, "smallint"),
    (sa.BigInteger, "bigint"),
    (sa.Integer, "integer"),
    (sa.Double, "double"),
    (sa.Float, "float"),
    (sa.Boolean, "boolean"),
    (sa.Text, "text"),
    (sa.String, "string"),
    (mysql.MEDIUMBLOB, "mediumblob"),
    (sa.LargeBinary, "blob"),
    (sa.DateTime, "datetime"),
    (sa.Date, "date"),
)
"""The narrower before the wider."""


def schema_id(metadata: sa.MetaData, views: Mapping[str, str]) -> str:
    """`views`: what each is made of."""
    lines = [*described(metadata), *(f"view {name}: {' '.join(of.split())}" for name, of in views.items())]
    text = "\n".join(sorted(lines))
    return f"{NUMBER}_{hashlib.sha256(text.encode()).hexdigest()[:8]}"


def described(metadata: sa.MetaData) -> list[str]:
    """A line for every table, column, key and index, in one order: a column's place says nothing."""
    return sorted(line for table in metadata.tables.values() for line in _table(table))


def _table(table: sa.Table) -> Iterator[str]:
    name = table.name
    yield f"{name}: {_options(table)}"
    for column in table.columns:
        yield f"{name}.{column.name}: {_column(column)}"
    yield f"{name}: primary key ({_names(table.primary_key.columns)})"
    for constraint in table.constraints:
        match constraint:
            case sa.ForeignKeyConstraint():
                of = ", ".join(key.target_fullname for key in constraint.elements)
                yield f"{name}: foreign key ({_names(constraint.columns)}) of {of}"
            case sa.UniqueConstraint():
                yield f"{name}: unique ({_names(constraint.columns)})"
            case sa.PrimaryKeyConstraint():
                pass
            case _:
                raise TypeError(f"{name} has a constraint without words: {type(constraint).__name__}")
    for index in table.indexes:
        yield f"{name}: {'unique ' if index.unique else ''}index {index.name} ({_names(index.columns)})"


def _names(columns: Any) -> str:
    return ", ".join(column.name for column in columns)


def _options(table: sa.Table) -> str:
    clustered = table.dialect_options["sqlite"]["with_rowid"] is False
    of_mysql = [str(table.kwargs.get(f"mysql_{option}")) for option in ("engine", "charset")]
    return " ".join(["table", *of_mysql, *(["clustered"] if clustered else [])])


def _column(column: sa.Column[Any]) -> str:
    words = [f"{engine} {_type(column.type, dialect)}" for engine, dialect in ENGINES.items()]
    words.append("null" if column.nullable else "not null")
    if isinstance(column.server_default, sa.DefaultClause):
        words.append(f"default {column.server_default.arg}")
    if column is column.table.autoincrement_column:
        words.append("counted by the database")
    return ", ".join(words)


def _type(type_: TypeEngine[Any], dialect: sa.Dialect) -> str:
    there = type_.dialect_impl(dialect)
    if isinstance(there, TypeDecorator):
        there = there.impl_instance.dialect_impl(dialect)
    for kind, word in KINDS:
        if isinstance(there, kind):
            length = getattr(there, "length", None)
            unsigned = " unsigned" if getattr(there, "unsigned", False) else ""
            return f"{word}{unsigned}" if length is None else f"{word}({length}){unsigned}"
    raise TypeError(f"no word for the type {type(there).__name__}")

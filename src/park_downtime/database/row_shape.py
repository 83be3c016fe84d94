"""Rows as dataclasses by name at the cost of positions: the columns are put in the fields' order once.

Building each of thousands of rows from its names took twice as long (`Run(**row._mapping)`).
"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Any, Generic, TypeVar

from sqlalchemy import ColumnElement, Row

Kind = TypeVar("Kind")


class RowShape(Generic[Kind]):
    """A dataclass and the columns of a table or a query that its fields are named after.

    Select `columns`, and build with `of`. Raises LookupError at import where a field has no column.
    """

    def __init__(self, kind: type[Kind], known: Iterable[ColumnElement[Any]]) -> None:
        names: tuple[str, ...] = tuple(kind.__dataclass_fields__)  # type: ignore[attr-defined]
        by_name = {str(column.key): column for column in known}
        missing = [name for name in names if name not in by_name]
        if missing:
            raise LookupError(f"{kind.__name__} has no column for {', '.join(missing)}")
        self.columns = [by_name[name] for name in names]
        self._kind = kind

    def of(self, rows: Iterable[Row[Any]]) -> list[Kind]:
        """What rows of exactly `columns` are."""
        kind: Callable[..., Kind] = self._kind
        return [kind(*row) for row in rows]

    def one(self, values: Iterable[Any]) -> Kind:
        """What the values of `columns` are, where a row has others before them."""
        kind: Callable[..., Kind] = self._kind
        return kind(*values)

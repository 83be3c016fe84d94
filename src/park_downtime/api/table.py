"""Rows of a table: sorted, cut and as CSV."""

from __future__ import annotations

import csv
import io
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Protocol

from park_downtime.api import spec
from park_downtime.api.caching.cached_response import CachedResponse
from park_downtime.api.envelope import plain
from park_downtime.api.fields import ATTRIBUTION
from park_downtime.api.schema_keys import check_keys
from park_downtime.model import Status

Row = Mapping[str, Any]

STATUS_ORDER = (Status.DOWN, Status.RUNNING, Status.CLOSED, Status.UNKNOWN)

_FORMULA_STARTS = tuple("=+-@\N{MINUS SIGN}\t\r\n")
_UNSEEN = frozenset(("Cc", "Cf", "Zs", "Zl", "Zp", "Mn"))
"""Kinds of characters that a sheet or a script passes over: blanks, zero-width ones, marks of order."""


class Rows(Protocol):
    """All rows of a table in its own order. Of thousands a page shows a hundred: only those are made."""

    def __len__(self) -> int: ...

    def values(self, field_name: str) -> Sequence[Any]:
        """A field of every row, for an order by it; None where rows have no such field."""

    def at(self, places: Sequence[int]) -> list[Row]:
        """The rows at some places, in the order asked for."""


class RowList(list[Row]):
    """Rows that are few enough to be made at once."""

    def values(self, field_name: str) -> Sequence[Any]:
        return [row.get(field_name) for row in self]

    def at(self, places: Sequence[int]) -> list[Row]:
        return [self[place] for place in places]


@dataclass(frozen=True, slots=True)
class Table:
    """All rows of an endpoint in the order of `sorted_by`; `schema` names what a row is in openapi.yaml.

    `beside` is what the answer says outside `data`. Without `sorted_by` there is one order and no other.
    """

    schema: str
    rows: Rows
    beside: Mapping[str, Any] = field(default_factory=dict)
    sorted_by: str | None = "rank"


def chosen(table: Table, values: Mapping[str, Any]) -> list[Row]:
    """The rows that `sort`, `order`, `offset` and `limit` ask for, their fields in the described order.

    Raises KeysDiffer for a row that has other fields.
    """
    places: Sequence[int] = range(len(table.rows))
    if table.sorted_by is not None and (values["sort"], values["order"]) != (table.sorted_by, "asc"):
        places = in_order(table.rows.values(values["sort"]), is_descending=values["order"] == "desc")
    shown = table.rows.at(places[values["offset"] : values["offset"] + values["limit"]])
    names = spec.fields(table.schema)
    made = {tuple(row): row for row in shown}  # of thousands that are made alike one tells all
    for row in made.values():
        check_keys(table.schema, row)
    if made.keys() - {names}:
        for place, row in enumerate(shown):  # in place: a second list of thousands weighs megabytes
            shown[place] = {name: row[name] for name in names}
    return shown


def in_order(values: Sequence[Any], is_descending: bool) -> list[int]:
    """The places of values: nulls last either way; equal ones keep their order; text without regard to case;
    a status by how much it asks for attention.
    """
    known = [place for place, value in enumerate(values) if value is not None]
    keys = values
    if known and isinstance(values[known[0]], str):  # a status is one, too
        keys = [_key(value) for value in values]
    known.sort(key=keys.__getitem__, reverse=is_descending)
    return known + [place for place, value in enumerate(values) if value is None]


def _key(value: Any) -> Any:
    if isinstance(value, Status):
        return STATUS_ORDER.index(value)
    return value.casefold() if isinstance(value, str) else value


def as_csv(schema: str, rows: Sequence[Row], name: str) -> CachedResponse:
    """One line per row, a header line first; null is empty, truth is true or false."""
    columns = spec.columns(schema)
    out = io.StringIO()
    writer = csv.writer(out, lineterminator="\r\n")
    writer.writerow(columns)
    writer.writerows([[_cell(row, column) for column in columns] for row in rows])
    headers = {
        "X-Attribution": ATTRIBUTION,
        "Content-Disposition": f'attachment; filename="{name}.csv"',
    }
    return CachedResponse(out.getvalue().encode(), "text/csv", headers)


def _cell(row: Row, column: str) -> Any:
    outer, _, inner = column.partition(".")
    value = plain(row[outer][inner] if inner else row[outer])
    if value is None:
        return ""
    if isinstance(value, bool):
        return "true" if value else "false"
    # A name from the feed must not become a formula in whoever opens the file. Numbers stay numbers.
    return "'" + value if isinstance(value, str) and is_formula(value) else value


def is_formula(text: str) -> bool:
    """Whether a sheet, or a script that cleans the file first, might read the text as one to work out."""
    if text.startswith(_FORMULA_STARTS):
        return True
    for letter in text:
        if unicodedata.category(letter) in _UNSEEN:
            if letter in "\t\r\n":
                return True
            continue
        # Full-width and other forms of the signs become the plain ones when text is normalised.
        return unicodedata.normalize("NFKC", letter).startswith(_FORMULA_STARTS)
    return False

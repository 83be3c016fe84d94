"""Columns of rides as they were at one data version, or of a whole week, month or year, ready to be read
as a whole.

A driver takes longer to read thousands of rows than a ranking to do all else with them. A column is kept as
one packed value. It is of no use any more as soon as the version has risen, that of a whole period as soon
as its rows are written again: what is read here is never older than the tables that it was made of.
"""

from __future__ import annotations

import json
import sys
import zlib
from array import array
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, or_, select

from park_downtime.database.statistics_tables import data_version, ready_columns
from park_downtime.database.upsert import upsert
from park_downtime.database.version import ONLY_ROW
from park_downtime.named_periods import PeriodKind

NUMBERS, NUMBERS_OR_NONE, TEXTS = b"i", b"n", b"t"
"""The first byte says what the rest is: whole numbers of 4 bytes, some of them missing, or a list in JSON."""
MISSING = -(2**31)
"""The number that says that there is none."""
ROLLED, RIDE_ID = "rolled", "ride_id"
LASTING, LAPSED = 0, -1
"""Versions of what is good until its rows are written again, and of what was; those of data are above."""
LEAST_WORK = 1
"""Of zlib: more makes a tenth less of them, and takes twice as long."""

_c = ready_columns.c
_NOW = select(data_version.c.version).where(data_version.c.id == ONLY_ROW).scalar_subquery()
_COLUMNS = select(_c.name, _c.packed).where(
    _c.name.in_(bindparam("names", expanding=True)), or_(_c.version == _NOW, _c.version == LASTING)
)


@dataclass(frozen=True, slots=True)
class ReadyColumn:
    """A column of texts, or of whole numbers that may be missing; truths are 1 and 0."""

    packed: bytes

    @staticmethod
    def of(values: Sequence[Any]) -> ReadyColumn:
        if any(isinstance(value, str) for value in values):
            return ReadyColumn(TEXTS + _smaller(json.dumps(values, separators=(",", ":")).encode()))
        kind = NUMBERS_OR_NONE if None in values else NUMBERS
        numbers = array("i", [MISSING if value is None else value for value in values])
        return ReadyColumn(kind + _smaller(_little_endian(numbers).tobytes()))

    def values(self, places: Sequence[int] | None = None) -> list[Any]:
        """Of all rides, or of those at some places."""
        kind, unpacked = self.packed[:1], zlib.decompress(self.packed[1:])
        if kind == TEXTS:
            found: list[Any] = json.loads(unpacked)
            return found if places is None else [found[place] for place in places]
        numbers = _little_endian(array("i", unpacked))
        found = numbers.tolist() if places is None else [numbers[place] for place in places]
        if kind == NUMBERS_OR_NONE:
            return [None if value == MISSING else value for value in found]
        return found


def _smaller(whole: bytes) -> bytes:
    return zlib.compress(whole, LEAST_WORK)


def _little_endian(numbers: array[int]) -> array[int]:
    """To or from the order of bytes of this machine: another one may read the same database."""
    if sys.byteorder == "big":
        numbers.byteswap()
    return numbers


def read_ready(connection: Connection, names: Collection[str]) -> list[ReadyColumn] | None:
    """Columns by their names; None where one of them is not kept of the data as it is now."""
    rows = connection.execute(_COLUMNS, {"names": sorted(names)})
    found = {row.name: ReadyColumn(row.packed) for row in rows}
    return [found[name] for name in names] if found.keys() >= set(names) else None


def keep_ready(connection: Connection, version: int, columns: Mapping[str, Sequence[Any]]) -> None:
    """Keep columns that were read while the data was at `version`, or LASTING ones."""
    rows = [
        {"name": name, "version": version, "packed": ReadyColumn.of(values).packed}
        for name, values in columns.items()
    ]
    upsert(connection, ready_columns, rows)


def name_of_rolled(kind: PeriodKind, first: date, name: str = RIDE_ID) -> str:
    """Of a column of the rides' rows of a week, month or year."""
    return f"{ROLLED}/{kind}/{first}/{name}"


def let_lapse(connection: Connection, kind: PeriodKind, first: date) -> None:
    """Said by a transaction that writes rows of that period, or makes them ready: two that do take turns."""
    lapsed = {"name": name_of_rolled(kind, first), "version": LAPSED, "packed": b""}
    upsert(connection, ready_columns, [lapsed])


def name_of_idle(name: str) -> str:
    """Of what is known of rides that have not opened for days."""
    return f"idle/{name}"


def lapse_idle(connection: Connection) -> None:
    """As `let_lapse`, by whatever judges a day anew."""
    upsert(connection, ready_columns, [{"name": name_of_idle(RIDE_ID), "version": LAPSED, "packed": b""}])


def lasting_names(connection: Connection) -> set[str]:
    """Those of whole periods that are ready."""
    query = select(_c.name).where(_c.name.between(f"{ROLLED}/", f"{ROLLED}0"), _c.version == LASTING)
    return set(connection.scalars(query))

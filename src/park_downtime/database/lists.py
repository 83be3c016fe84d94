"""Lists of a few whole numbers an entry in one column, as `Packed` reads them of rows: `7:1:40,9:2:35`.

For what is only ever written and read as a whole. A row for each entry takes three times the room, and a
driver written in Python ten times as long.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from park_downtime.database.packed import BETWEEN_ROWS, BETWEEN_VALUES, Packed


def as_list(entries: Iterable[Sequence[int | None]]) -> str:
    """None is kept as such."""
    return BETWEEN_ROWS.join(
        BETWEEN_VALUES.join("" if value is None else str(value) for value in entry) for entry in entries
    )


def of_list(text: str) -> Iterator[list[Any]]:
    return map(Packed.values, text.split(BETWEEN_ROWS) if text else ())

"""Lists of whole numbers in one column, as JSON: `[[7,1,40],[9,2,35]]`.

For what is only ever written and read as a whole. A row for each entry takes three times the room, and a
driver written in Python ten times as long.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from typing import Any


def as_list(entries: Iterable[Sequence[int | None]]) -> str:
    """None is kept as such."""
    return json.dumps(list(entries), separators=(",", ":"))


def of_list(text: str | None) -> list[list[Any]]:
    """Of no row there is no entry."""
    found: list[list[Any]] = [] if text is None else json.loads(text)
    return found

"""What a person decided about single rides: manual_overrides.csv, stronger than everything else."""

from __future__ import annotations

import csv
from collections.abc import Mapping
from datetime import date
from pathlib import Path

from park_downtime.classification.statement import Source, Statement
from park_downtime.model import Category

COLUMNS = ("park_id", "ride_id", "override_tier", "category", "reason", "date_added")
PACKAGED = Path(__file__).parent / "manual_overrides.csv"


class OverridesInvalid(Exception):
    """The file cannot be used; the message names the file, the line and what is wrong."""


def read_overrides(path: Path = PACKAGED) -> Mapping[tuple[int, int], Statement]:
    """Overrides by (park id, ride id). A tier or category left empty is left to the next source."""
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            reader = csv.DictReader(file)
            missing = [name for name in COLUMNS if name not in (reader.fieldnames or ())]
            if missing:
                raise OverridesInvalid(f"{path}: the first line names no column {', '.join(missing)}")
            overrides: dict[tuple[int, int], Statement] = {}
            for row in reader:
                _add(overrides, row, f"{path}, line {reader.line_num}")
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise OverridesInvalid(f"{path}: cannot be read ({error})") from error
    return overrides


def _add(overrides: dict[tuple[int, int], Statement], row: Mapping[str, str | None], where: str) -> None:
    cells = {name: (row.get(name) or "").strip() for name in COLUMNS}
    if not any(cells.values()):
        return
    key = (_whole(cells, "park_id", where), _whole(cells, "ride_id", where))
    if key in overrides:
        raise OverridesInvalid(f"{where}: park {key[0]}, ride {key[1]} has an override already")
    overrides[key] = _statement(cells, where)


def _statement(cells: Mapping[str, str], where: str) -> Statement:
    tier = _tier(cells["override_tier"], where)
    category = _category(cells["category"], where)
    if tier is None and category is None:
        raise OverridesInvalid(f"{where}: states neither override_tier nor category")
    if not cells["reason"]:
        raise OverridesInvalid(f"{where}: reason is empty")
    try:
        added = date.fromisoformat(cells["date_added"])
    except ValueError:
        raise OverridesInvalid(
            f"{where}: date_added must be a date such as 2026-07-04, not {cells['date_added']!r}"
        ) from None
    return Statement(Source.OVERRIDE, category, tier, 1.0, f"{cells['reason']} (since {added})")


def _whole(cells: Mapping[str, str], name: str, where: str) -> int:
    if not (cells[name].isascii() and cells[name].isdigit()):
        raise OverridesInvalid(f"{where}: {name} must be a Queue-Times id, not {cells[name]!r}")
    return int(cells[name])


def _tier(text: str, where: str) -> int | None:
    if text not in ("", "1", "2", "3"):
        raise OverridesInvalid(f"{where}: override_tier must be 1, 2, 3 or empty, not {text!r}")
    return int(text) if text else None


def _category(text: str, where: str) -> Category | None:
    if text and text not in tuple(Category):
        raise OverridesInvalid(f"{where}: category must be one of {', '.join(Category)}, not {text!r}")
    return Category(text) if text else None

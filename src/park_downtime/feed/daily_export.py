"""Daily minutes of another source: files as `themeparks-backfill` writes them, CSV or JSON lines.

The command belongs to the Python package `themeparks`; its form was read in release 4.1.0. One file is one
park, one row one entity's local day. CSV has a byte order mark and the inner blocks spread over columns
(`inParkHours.downMinutes` is `inParkHoursDownMinutes`); in JSON lines they are objects, null where absent.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any, TextIO

if TYPE_CHECKING:
    from _csv import Reader as CsvReader

IDENTITY = ("parkId", "parkName", "entityId", "entityName", "entityType", "date")
UNKNOWN = "unknownMinutes"
MINUTES = ("operatingMinutes", "downMinutes", UNKNOWN)
PARK_HOURS = "inParkHours"
ATTRACTION = "ATTRACTION"
LONGEST_DAY = 25 * 60

_WRITER = "is this what themeparks-backfill 4.1 or newer writes?"


class ExportUnreadable(Exception):
    """A file cannot be read; the message names it and, where there is one, the line."""

    def __init__(self, path: Path, line: int | None, reason: str) -> None:
        super().__init__(f"{path}{'' if line is None else f', line {line}'}: {reason}")


@dataclass(frozen=True, slots=True)
class Minutes:
    """Closed minutes are in none of them. `unknown` is None on days counted before the source told it."""

    operating: int
    down: int
    unknown: int | None


@dataclass(frozen=True, slots=True)
class ExportedDay:
    """One entity's local day in its park's zone; ids are the other source's. `park_hours` are the minutes
    within the park's published hours, None where it published none.
    """

    park_id: str
    park_name: str
    entity_id: str
    entity_name: str
    entity_type: str
    day: date
    whole_day: Minutes
    park_hours: Minutes | None

    @property
    def is_attraction(self) -> bool:
        return self.entity_type == ATTRACTION


def read_days(path: Path) -> Iterator[ExportedDay]:
    """Every row, in the file's order; a day that stands twice comes twice. Raises ExportUnreadable."""
    line: int | None = None
    try:
        with path.open(encoding="utf-8-sig", newline="") as file:
            for at, values in _json_lines(file) if _is_json(file) else _csv_rows(file):
                line = at
                yield _day(values)
    except UnicodeDecodeError as error:
        raise ExportUnreadable(path, None, f"is not UTF-8: {error.reason}") from error
    except _Wrong as error:
        raise ExportUnreadable(path, error.line or line, str(error)) from None
    except OSError as error:
        raise ExportUnreadable(path, None, error.strerror or str(error)) from error
    if line is None:
        raise ExportUnreadable(path, None, "has no rows")


class _Wrong(Exception):
    """What is wrong; `line` where it is not the one that was given out last."""

    def __init__(self, reason: str, line: int | None = None) -> None:
        super().__init__(reason)
        self.line = line


def _is_json(file: TextIO) -> bool:
    first = next((text for text in file if text.strip()), "")
    file.seek(0)
    return first.lstrip("\ufeff \t").startswith("{")


def _json_lines(file: Iterable[str]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    for line, text in enumerate(file, start=1):
        if not text.strip():
            continue
        try:
            values = json.loads(text.removeprefix("\ufeff"))
        except json.JSONDecodeError as error:
            raise _Wrong(f"no JSON: {error.msg} at character {error.colno}", line) from None
        except (ValueError, RecursionError) as error:
            raise _Wrong(f"no JSON: {error}", line) from None
        if not isinstance(values, dict):
            raise _Wrong("no JSON object", line)
        yield line, values | _spread(values.get(PARK_HOURS), line)


def _spread(block: Any, line: int) -> dict[str, Any]:
    """The inner block under the names that its columns have in CSV."""
    if block is None:
        return {}
    if not isinstance(block, dict):
        raise _Wrong(f"{PARK_HOURS} is no object", line)
    return {_inner(name): block.get(name) for name in MINUTES}


def _inner(name: str) -> str:
    return f"{PARK_HOURS}{name[0].upper()}{name[1:]}"


def _csv_rows(file: Iterable[str]) -> Iterator[tuple[int, Mapping[str, Any]]]:
    reader = csv.reader(file, strict=True)
    header = next(_until_wrong(reader), None)
    if header is None:
        return
    missing = [name for name in (*IDENTITY, *MINUTES) if name not in header]
    if missing:
        raise _Wrong(f"lacks the columns {', '.join(missing)}; {_WRITER}", 1)
    for cells in _until_wrong(reader):
        if not cells:
            continue
        if len(cells) != len(header):
            raise _Wrong(f"has {len(cells)} cells, the header {len(header)}", reader.line_num)
        yield reader.line_num, dict(zip(header, cells, strict=True))


def _until_wrong(reader: CsvReader) -> Iterator[list[str]]:
    try:
        yield from reader
    except csv.Error as error:
        raise _Wrong(f"no CSV: {error}", reader.line_num) from None


def _day(values: Mapping[str, Any]) -> ExportedDay:
    park_id, park_name, entity_id, entity_name, entity_type, day = (_text(values, name) for name in IDENTITY)
    if not park_id or not entity_id:
        raise _Wrong("parkId or entityId is empty")
    return ExportedDay(
        park_id,
        park_name,
        entity_id,
        entity_name,
        entity_type,
        _date(day),
        _whole_day(values),
        _park_hours(values),
    )


def _whole_day(values: Mapping[str, Any]) -> Minutes:
    return _of_one_day(*(_minutes(values, name) for name in MINUTES))


def _park_hours(values: Mapping[str, Any]) -> Minutes | None:
    found = [_minutes(values, _inner(name)) for name in MINUTES]
    if all(minutes is None for minutes in found):
        return None
    if None in found:
        raise _Wrong(f"{PARK_HOURS} has only some of {', '.join(MINUTES)}")
    return _of_one_day(*found)


def _of_one_day(operating: int | None, down: int | None, unknown: int | None) -> Minutes:
    if operating is None or down is None:
        raise _Wrong(f"{' or '.join(MINUTES[:2])} is empty")
    if operating + down + (unknown or 0) > LONGEST_DAY:
        raise _Wrong(f"{operating} + {down} + {unknown or 0} minutes are more than a day")
    return Minutes(operating, down, unknown)


def _text(values: Mapping[str, Any], name: str) -> str:
    text = values.get(name)
    if text is None:
        raise _Wrong(f"lacks {name}; {_WRITER}")
    if not isinstance(text, str):
        raise _Wrong(f"{name} is no text: {text!r}")
    return text.strip()


def _date(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise _Wrong(f"date is no day such as 2026-07-04: {text!r}") from None


def _minutes(values: Mapping[str, Any], name: str) -> int | None:
    """A whole number, also as 15.0. None for what is absent or empty."""
    value = values.get(name)
    if value is None or (isinstance(value, str) and not value.strip()):
        return None
    try:
        number = float("nan") if isinstance(value, bool) else float(value)
    except (TypeError, ValueError, OverflowError):
        number = float("nan")
    if not number.is_integer() or number < 0:
        raise _Wrong(f"{name} is no number of minutes: {value!r}")
    return int(number)

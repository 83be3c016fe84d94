"""Recordings of the feed as CSV: several files merged by time into recorded cycles."""

from __future__ import annotations

import csv
import gzip
import heapq
import json
import zlib
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from datetime import UTC, datetime
from itertools import groupby
from operator import attrgetter
from pathlib import Path
from typing import Any, TextIO

from park_downtime.feed.errors import FeedRejected
from park_downtime.feed.readings import read_payload
from park_downtime.model import Cycle, ParkFailure, ParkOutcome, ParkReadings

COLUMNS = ("recorded_at", "park_id", "land", "ride_id", "ride_name", "is_open", "wait_time", "last_updated")
_NAMES = ("land", "ride_name")
_YES = ("true", "1", "t", "yes")
_NO = ("false", "0", "f", "no")


class RecordingUnreadable(Exception):
    """A recording cannot be read; the message names the file and, where there is one, the line."""

    def __init__(self, path: Path, line: int | None, reason: str) -> None:
        super().__init__(f"{path}{'' if line is None else f', line {line}'}: {reason}")


@dataclass(frozen=True, slots=True)
class RecordedRow:
    """One row as recorded. An empty cell was not recorded and is None."""

    recorded_at: datetime
    park_id: int
    land: str | None
    ride_id: int
    ride_name: str | None
    is_open: bool | None
    wait_minutes: int | None
    last_updated: datetime | None


@dataclass(frozen=True, slots=True)
class RecordedCycle:
    """What was recorded at one instant, by park."""

    recorded_at: datetime
    parks: Mapping[int, tuple[RecordedRow, ...]]


class Recording:
    """The cycles of `files`, in the order of time. Iterating counts `rows_without_id` anew."""

    def __init__(self, files: Sequence[Path]) -> None:
        self.files = files
        self.rows_without_id = 0

    def __iter__(self) -> Iterator[RecordedCycle]:
        """Raises RecordingUnreadable."""
        self.rows_without_id = 0
        merged = heapq.merge(*map(self._rows, self.files), key=attrgetter("recorded_at"))
        for recorded_at, rows in groupby(merged, key=attrgetter("recorded_at")):
            parks: dict[int, list[RecordedRow]] = {}
            for row in rows:
                parks.setdefault(row.park_id, []).append(row)
            yield RecordedCycle(recorded_at, {park_id: tuple(of_park) for park_id, of_park in parks.items()})

    def _rows(self, path: Path) -> Iterator[RecordedRow]:
        before: datetime | None = None
        for line, cells in _cells(path):
            if not cells["ride_id"]:
                self.rows_without_id += 1
                continue
            try:
                row = _row(cells)
            except ValueError as error:
                raise RecordingUnreadable(path, line, str(error)) from None
            if before is not None and row.recorded_at < before:
                raise RecordingUnreadable(path, line, "recorded_at goes back: sort the file by it")
            before = row.recorded_at
            yield row


def _cells(path: Path) -> Iterator[tuple[int, dict[str, str]]]:
    """Line number and the cells of our columns; names as they are, others without blanks around them."""
    try:
        with closing(_open(path)) as file:
            reader = csv.reader(file, strict=True)
            header = [name.strip() for name in next(reader, [])]
            missing = [name for name in COLUMNS if name not in header]
            if missing:
                raise RecordingUnreadable(path, 1, f"lacks the columns {', '.join(missing)}")
            places = [(name, header.index(name)) for name in COLUMNS]
            for cells in reader:
                if not cells:
                    continue
                if len(cells) < len(header):
                    raise RecordingUnreadable(
                        path, reader.line_num, f"has {len(cells)} cells, the header {len(header)}"
                    )
                yield reader.line_num, {name: _cell(name, cells[place]) for name, place in places}
    except csv.Error as error:
        raise RecordingUnreadable(path, reader.line_num, str(error)) from error
    except UnicodeDecodeError as error:
        raise RecordingUnreadable(path, None, f"is not UTF-8: {error.reason}") from error
    except (OSError, EOFError, zlib.error) as error:
        reason = error.strerror if isinstance(error, OSError) and error.strerror else str(error)
        raise RecordingUnreadable(path, None, reason) from error


def _cell(column: str, text: str) -> str:
    return text if column in _NAMES and text.strip() else text.strip()


def _open(path: Path) -> TextIO:
    if path.suffix == ".gz":
        return gzip.open(path, "rt", encoding="utf-8-sig", newline="")
    return path.open(encoding="utf-8-sig", newline="")


def _row(cells: Mapping[str, str]) -> RecordedRow:
    return RecordedRow(
        recorded_at=_instant("recorded_at", cells["recorded_at"]),
        park_id=_whole("park_id", cells["park_id"]),
        land=cells["land"] or None,
        ride_id=_whole("ride_id", cells["ride_id"]),
        ride_name=cells["ride_name"] or None,
        is_open=_yes_or_no("is_open", cells["is_open"]) if cells["is_open"] else None,
        wait_minutes=_whole("wait_time", cells["wait_time"]) if cells["wait_time"] else None,
        last_updated=_instant("last_updated", cells["last_updated"]) if cells["last_updated"] else None,
    )


def _instant(column: str, text: str) -> datetime:
    """A time without a zone is UTC. Cycles are told apart by the second."""
    try:
        instant = datetime.fromisoformat(text)
        instant = instant.replace(tzinfo=UTC) if instant.tzinfo is None else instant.astimezone(UTC)
    except (ValueError, OverflowError):
        raise ValueError(f"{column} is no time: {text!r}") from None
    return instant.replace(microsecond=0)


def _whole(column: str, text: str) -> int:
    """A whole number, also as tables with gaps write it: 15.0."""
    try:
        number = float(text)
    except ValueError:
        number = float("nan")
    if not number.is_integer() or abs(number) >= 2**31:
        raise ValueError(f"{column} is no whole number: {text!r}")
    return int(number)


def _yes_or_no(column: str, text: str) -> bool:
    if text.lower() in _YES:
        return True
    if text.lower() in _NO:
        return False
    raise ValueError(f"{column} is neither true nor false: {text!r}")


def recorded_cycle(recorded: RecordedCycle, park_ids: Iterable[int], interval_seconds: int) -> Cycle:
    """The cycle that would have been collected: recorded rows judged as a payload is."""
    parks: list[ParkReadings] = []
    failures: list[ParkFailure] = []
    for park_id in park_ids:
        try:
            parks.append(read_payload(park_id, payload_of(recorded.parks[park_id]), recorded.recorded_at))
        except FeedRejected as error:
            failures.append(ParkFailure(park_id, ParkOutcome.REJECTED, str(error)))
    return Cycle(recorded.recorded_at, interval_seconds, tuple(parks), tuple(failures))


def payload_of(rows: Iterable[RecordedRow]) -> bytes:
    """The rows of one park at one instant in the feed's own shape; lands have no ids here."""
    lands: dict[str, list[dict[str, Any]]] = {}
    outside: list[dict[str, Any]] = []
    for row in rows:
        entry = {
            "id": row.ride_id,
            "name": row.ride_name,
            "is_open": row.is_open,
            "wait_time": row.wait_minutes,
            "last_updated": None if row.last_updated is None else row.last_updated.isoformat(),
        }
        (outside if row.land is None else lands.setdefault(row.land, [])).append(entry)
    named = [{"id": None, "name": name, "rides": rides} for name, rides in lands.items()]
    return json.dumps({"lands": named, "rides": outside}).encode()

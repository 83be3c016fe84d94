"""A recording that knows each ride's status: as the feed would have said it, and as the truth."""

from __future__ import annotations

import csv
import gzip
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

from park_downtime.feed.recording import COLUMNS
from park_downtime.timeline.runs import hold_limit

INTERVAL_MINUTES = 16
INVENTED_IDS_FROM = 950_001
"""Ids of entries whose name the reference does not have."""
OPERATING = "OPERATING"
DOWN = "DOWN"


@dataclass(frozen=True, slots=True)
class StatusRow:
    recorded_at: datetime
    park_id: int
    name: str
    status: str


@dataclass(frozen=True, slots=True)
class Stated:
    """`[start, end)` in which a ride was said to have a status, by the readings at the given instants."""

    status: str
    start: datetime
    end: datetime
    readings: tuple[datetime, ...]

    def readings_in(self, start: datetime, end: datetime) -> int:
        return sum(start <= at < end for at in self.readings)


def read_statuses(path: Path) -> list[StatusRow]:
    with gzip.open(path, "rt", encoding="utf-8", newline="") as file:
        return [
            StatusRow(
                datetime.fromisoformat(row["recorded_at"]), int(row["park_id"]), row["name"], row["status"]
            )
            for row in csv.DictReader(file)
        ]


def known_ids(path: Path) -> dict[tuple[int, str], int]:
    """The ids of rides_reference.csv, by park and plain name."""
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (int(row["park_id"]), _plain(row["ride_name"])): int(row["ride_id"])
            for row in csv.DictReader(file)
        }


def ids_of(rows: Iterable[StatusRow], known: Mapping[tuple[int, str], int]) -> dict[tuple[int, str], int]:
    """An id for every name of a recording; names that are not known are numbered in their order."""
    names = sorted({(row.park_id, row.name) for row in rows})
    found = {key: known[key[0], _plain(key[1])] for key in names if (key[0], _plain(key[1])) in known}
    unknown = [key for key in names if key not in found]
    return found | {key: INVENTED_IDS_FROM + number for number, key in enumerate(unknown)}


def write_recording(rows: Iterable[StatusRow], ids: Mapping[tuple[int, str], int], path: Path) -> None:
    """What the feed would have said: open or closed, nothing else. The source's own `last_updated`
    tells of the last change, not of the last look, and is left out.
    """
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, COLUMNS)
        writer.writeheader()
        for row in sorted(rows, key=lambda row: row.recorded_at):
            writer.writerow(
                {
                    "recorded_at": row.recorded_at.isoformat(),
                    "park_id": row.park_id,
                    "ride_id": ids[row.park_id, row.name],
                    "ride_name": row.name,
                    "is_open": str(row.status == OPERATING).lower(),
                }
            )


def stated(rows: Iterable[StatusRow], interval_seconds: int) -> list[Stated]:
    """One ride's statuses in time, each holding as our own readings hold; what nobody saw is left out."""
    limit = hold_limit(interval_seconds)
    ordered = sorted(rows, key=lambda row: row.recorded_at)
    found: list[Stated] = []
    for place, row in enumerate(ordered):
        end = row.recorded_at + timedelta(seconds=interval_seconds)
        if place + 1 < len(ordered) and ordered[place + 1].recorded_at - row.recorded_at <= limit:
            end = ordered[place + 1].recorded_at
        if found and found[-1].status == row.status and found[-1].end == row.recorded_at:
            found[-1] = Stated(row.status, found[-1].start, end, (*found[-1].readings, row.recorded_at))
        else:
            found.append(Stated(row.status, row.recorded_at, end, (row.recorded_at,)))
    return found


def _plain(name: str) -> str:
    """Without the marks that one source sets and the other does not."""
    return "".join(letter for letter in name.casefold() if letter.isalnum())


def recording_files(shared: Path) -> Iterator[Path]:
    yield from sorted((shared / "recordings" / "wdw_status_2025_05").glob("park_*.status.csv.gz"))

"""The folder of the archive, ARCHIVE_DIR: PARK/YEAR-MONTH.csv.gz, each file there whole at any kill.

Whoever changes a file holds the lock of the folder while he reads and writes it: two jobs at once lose
nothing. It is waited for, as it is held for moments; it goes with the process that holds it.
"""

from __future__ import annotations

import fcntl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from typing import BinaryIO

from park_downtime.stretches.archived_day import ArchivedDay
from park_downtime.stretches.lines import LineUnreadable, day_of, lines_of
from park_downtime.stretches.month_file import (
    MonthDamaged,
    PackedDay,
    days_in,
    header,
    month_bytes,
    packed_day,
)
from park_downtime.whole_file import write_whole

LOCK_FILE = "archive.lock"
SUFFIX = ".csv.gz"


class ArchiveUnwritable(Exception):
    """The stretches of a day cannot be stored, and the day is not closed; the message says why."""


class ArchiveUnreadable(Exception):
    """A file of the archive is damaged or cannot be read; the message says which and why."""


class StretchesDiffer(Exception):
    """Another content of a day is stored already, and it stays; the message names the day."""


class StretchArchive:
    """One folder, made when something is stored first."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder

    def file_of(self, park_id: int, day: date) -> Path:
        return self.folder / str(park_id) / f"{day:%Y-%m}{SUFFIX}"

    def keep(self, day: ArchivedDay) -> None:
        """Store a day, in place of what was stored of it. Raises ArchiveUnwritable, ArchiveUnreadable."""
        self._keep(day, is_replacing=True)

    def keep_missing(self, day: ArchivedDay) -> None:
        """The same, unless something is stored of it."""
        self._keep(day, is_replacing=False)

    def days_kept(self, park_id: int, month: date) -> set[date]:
        """The local days of the month that `month` is in. Raises ArchiveUnreadable."""
        return set(self._read(self.file_of(park_id, month)))

    def days_of(self, park_id: int, month: date) -> dict[date, ArchivedDay]:
        """Raises ArchiveUnreadable."""
        file = self.file_of(park_id, month)
        try:
            return {day: day_of(packed.text.splitlines()) for day, packed in self._read(file).items()}
        except LineUnreadable as error:
            raise ArchiveUnreadable(f"{file} is damaged: {error}") from error

    def months(self) -> list[tuple[int, date]]:
        """The parks, and the first days of the months, of which something is stored."""
        months = [(int(park.name), _month_of(file)) for park in self._parks() for file in park.iterdir()]
        return sorted((park_id, month) for park_id, month in months if month is not None)

    def packed_days(self, park_id: int, month: date) -> dict[date, PackedDay]:
        """Raises ArchiveUnreadable."""
        return self._read(self.file_of(park_id, month))

    def other_days(self, park_id: int, month: date, days: Mapping[date, PackedDay]) -> list[date]:
        """Those of which something else is stored. Raises ArchiveUnreadable."""
        return _other(self.packed_days(park_id, month), days)

    def add_missing(self, park_id: int, month: date, days: Mapping[date, PackedDay]) -> int:
        """Store those of the month that are not there, all or none; answers how many.

        Raises StretchesDiffer, ArchiveUnwritable, ArchiveUnreadable.
        """
        file = self.file_of(park_id, month)
        with self._changing(file):
            kept = self._read(file)
            other = _other(kept, days)
            if other:
                raise StretchesDiffer(f"{file} has other stretches of {other[0]}")
            missing = days.keys() - kept.keys()
            if missing:
                write_whole(file, month_bytes({**days, **kept}))
        return len(missing)

    def write_month(self, month: date, out: BinaryIO) -> int:
        """All parks' days of the month as one CSV, packed as they are; answers how many days.

        Raises ArchiveUnreadable.
        """
        out.write(header())
        days = 0
        for park_id in sorted(int(one.name) for one in self._parks()):
            kept = self._read(self.file_of(park_id, month))
            for day in sorted(kept):
                out.write(kept[day].packed)
            days += len(kept)
        return days

    def _parks(self) -> list[Path]:
        if not self.folder.is_dir():
            return []
        return [one for one in self.folder.iterdir() if one.is_dir() and one.name.isdecimal()]

    def _keep(self, day: ArchivedDay, is_replacing: bool) -> None:
        file, new = self.file_of(day.park_id, day.day), packed_day(lines_of(day))
        with self._changing(file):
            days = self._read(file)
            before = days.get(day.day)
            if before is not None and (not is_replacing or before.packed == new.packed):
                return
            write_whole(file, month_bytes({**days, day.day: new}))

    @contextmanager
    def _changing(self, file: Path) -> Iterator[None]:
        """Alone, with the folder of the file there."""
        try:
            file.parent.mkdir(parents=True, exist_ok=True)
            with (self.folder / LOCK_FILE).open("a") as lock:
                fcntl.flock(lock, fcntl.LOCK_EX)
                yield
        except OSError as error:
            reason = error.strerror or str(error)
            raise ArchiveUnwritable(f"ARCHIVE_DIR: {file} cannot be written: {reason}") from error

    def _read(self, file: Path) -> dict[date, PackedDay]:
        try:
            return days_in(file.read_bytes())
        except FileNotFoundError:
            return {}
        except OSError as error:
            raise ArchiveUnreadable(f"{file} cannot be read: {error.strerror or error}") from error
        except MonthDamaged as error:
            raise ArchiveUnreadable(
                f"{file} is damaged ({error}): put a copy of it in its place, or move it away"
            ) from error


def _other(kept: Mapping[date, PackedDay], days: Mapping[date, PackedDay]) -> list[date]:
    """By what they say: another machine may pack the same text into other bytes."""
    return sorted(day for day in days.keys() & kept.keys() if days[day].text != kept[day].text)


def _month_of(file: Path) -> date | None:
    """None of a file that is none of ours: one that is being written, say."""
    if not file.name.endswith(SUFFIX):
        return None
    try:
        return date.fromisoformat(f"{file.name.removesuffix(SUFFIX)}-01")
    except ValueError:
        return None

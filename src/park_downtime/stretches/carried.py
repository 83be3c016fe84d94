"""Months of the archive carried into another folder: what is missing there is added, nothing replaced."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from park_downtime.stretches.archive import StretchArchive, StretchesDiffer
from park_downtime.stretches.month_file import MonthDamaged, PackedDay, days_in, month_bytes


@dataclass(frozen=True, slots=True)
class CarriedMonth:
    """A park's days of one month, as they are packed; `month` is its first day."""

    park_id: int
    month: date
    days: Mapping[date, PackedDay]

    @property
    def name(self) -> str:
        return f"{self.park_id}/{self.month:%Y-%m}"

    @property
    def content(self) -> bytes:
        return month_bytes(self.days)


def carried_months(archive: StretchArchive) -> Iterator[CarriedMonth]:
    """All that is stored, a file at a time. Raises ArchiveUnreadable."""
    for park_id, month in archive.months():
        yield CarriedMonth(park_id, month, archive.packed_days(park_id, month))


def carried_month(name: str, content: bytes) -> CarriedMonth:
    """What was carried under its name. Raises MonthDamaged, also for days that the name does not have."""
    try:
        park, _, month_text = name.partition("/")
        park_id, month = int(park), date.fromisoformat(f"{month_text}-01")
    except ValueError as error:
        raise MonthDamaged(f"{name!r} names no month of a park") from error
    days = days_in(content)
    for day, packed in days.items():
        if day.replace(day=1) != month or not packed.text.startswith(f"{park_id},"):
            raise MonthDamaged(f"it has {packed.text[:20]!r}")
    return CarriedMonth(park_id, month, days)


def require_no_other(archive: StretchArchive, months: Iterable[CarriedMonth], file: Path) -> int:
    """How many days they have. Raises StretchesDiffer where something else is stored of one: which of both is
    right cannot be told here, and what is lost cannot be judged again.
    """
    days = 0
    other: list[tuple[date, int]] = []
    for month in months:
        days += len(month.days)
        found = archive.other_days(month.park_id, month.month, month.days)
        other += [(day, month.park_id) for day in found]
    if other:
        day, park_id = min(other)
        raise StretchesDiffer(
            f"{archive.folder} (ARCHIVE_DIR) has other stretches than {file} of {len(other)} days of parks, "
            f"first {day} of park {park_id}, and nothing is imported: name another folder, or move this one"
        )
    return days


def add_missing(archive: StretchArchive, months: Iterable[CarriedMonth]) -> int:
    """How many days were not there yet. Raises StretchesDiffer, ArchiveUnwritable, ArchiveUnreadable."""
    return sum(archive.add_missing(month.park_id, month.month, month.days) for month in months)

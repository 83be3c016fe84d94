"""Several files of another source together: the days of each of its attractions, park by park."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from park_downtime.feed.daily_export import Minutes, read_days


@dataclass(slots=True)
class TheirRide:
    """An attraction of theirs under the name of its newest day, with the minutes to compare."""

    name: str
    newest: date
    days: dict[date, Minutes] = field(default_factory=dict)


@dataclass(slots=True)
class TheirPark:
    name: str
    rides: dict[str, TheirRide] = field(default_factory=dict)


@dataclass(slots=True)
class TheirExport:
    """All files together. A day that stands twice counts once, as it was written last: their command may
    write one again after an interruption.
    """

    parks: dict[str, TheirPark] = field(default_factory=dict)
    rows: int = 0
    repeated_days: int = 0
    days_in_park_hours: int = 0
    other_entities: Counter[str] = field(default_factory=Counter)


def read_export(
    files: Sequence[Path], is_whole_day: bool, progress: Callable[[int, int], None] | None = None
) -> TheirExport:
    """Raises ExportUnreadable."""
    export = TheirExport()
    for done, path in enumerate(files, start=1):
        for row in read_days(path):
            export.rows += 1
            if not row.is_attraction:
                export.other_entities[row.entity_type or "no type"] += 1
                continue
            park = export.parks.setdefault(row.park_id, TheirPark(row.park_name))
            ride = park.rides.setdefault(row.entity_id, TheirRide(row.entity_name, row.day))
            if row.day >= ride.newest:
                ride.name, ride.newest = row.entity_name, row.day
            export.repeated_days += row.day in ride.days
            in_hours = None if is_whole_day else row.park_hours
            ride.days[row.day] = row.whole_day if in_hours is None else in_hours
            export.days_in_park_hours += in_hours is not None
        if progress is not None:
            progress(done, len(files))
    return export

"""A park's official hours by day, as they stand beside a recording."""

from __future__ import annotations

import csv
from dataclasses import dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path
from zoneinfo import ZoneInfo

from park_downtime.periods import DAY


@dataclass(frozen=True, slots=True)
class OfficialHours:
    """One day's. Extra hours are for some guests; where there are none they begin and end with the others."""

    opens_at: datetime
    closes_at: datetime
    extra_opens_at: datetime
    extra_closes_at: datetime

    def of_ride(self, in_extra_mornings: bool, in_extra_evenings: bool) -> tuple[datetime, datetime]:
        """From when until when a ride should be open that takes part in extra hours, or does not."""
        return (
            self.extra_opens_at if in_extra_mornings else self.opens_at,
            self.extra_closes_at if in_extra_evenings else self.closes_at,
        )


def read_hours(path: Path, zone: str) -> dict[date, OfficialHours]:
    with path.open(encoding="utf-8", newline="") as file:
        return {
            (day := date.fromisoformat(row["date"])): OfficialHours(
                opens_at=instant(day, row["open"], zone),
                closes_at=instant(day, row["close"], zone),
                extra_opens_at=instant(day, row["extra_open"], zone),
                extra_closes_at=instant(day, row["extra_close"], zone),
            )
            for row in csv.DictReader(file)
        }


def instant(day: date, clock: str, zone: str) -> datetime:
    """When the clock on the wall shows it; `25:00` is in the night that follows the day."""
    hours, minutes = map(int, clock.split(":"))
    later_days, hour = divmod(hours, 24)
    return datetime.combine(day + later_days * DAY, time(hour, minutes), ZoneInfo(zone)).astimezone(UTC)

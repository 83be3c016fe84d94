"""One closed local day of a park as it goes to the archive: all that a later method needs to judge it again.

What the feed said and what was known of it when the day was closed; nothing that a rule made of it, but for
the park's running, which is told from readings that are not kept.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime

from park_downtime.model import Category
from park_downtime.timeline.doubts import Doubt
from park_downtime.timeline.runs import ParkRun, Run


@dataclass(frozen=True, slots=True)
class ArchivedRide:
    """A counted ride of the park, as it was known when the day was closed: from its first reading in the
    park until it turned inactive or left.
    """

    ride_id: int
    category: Category
    first_seen: datetime
    inactive_since: datetime | None


@dataclass(frozen=True, slots=True)
class ArchivedDay:
    """`timezone`: the one in which the day was closed. `rides`: all counted ones that were known by then;
    `runs`: of every ride, counted or not, without waits; `doubts`: those that reach into the day;
    `readings`: when its cycles were, only where a correction makes part of the day unknown.
    """

    park_id: int
    day: date
    timezone: str
    rides: list[ArchivedRide] = field(default_factory=list)
    runs: list[Run] = field(default_factory=list)
    park_runs: list[ParkRun] = field(default_factory=list)
    doubts: list[Doubt] = field(default_factory=list)
    readings: list[datetime] = field(default_factory=list)

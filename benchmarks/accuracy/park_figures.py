"""One park of one recording, added up over its local days."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from benchmarks.accuracy.judged_days import judged_days
from benchmarks.accuracy.recorded_edges import RecordedEdges
from benchmarks.accuracy.single_flanks import LongOutages
from benchmarks.accuracy.suspects import Suspects, suspects_of
from park_downtime.database.parks import ParkRow
from park_downtime.database.rides import rides_of
from park_downtime.statistics.measures import Measures, ParkMeasures

CLOSED_KINDS = (
    "did_not_operate_seconds",
    "late_opening_seconds",
    "late_start_seconds",
    "did_not_reopen_seconds",
    "early_close_seconds",
    "downtime_seconds",
)


@dataclass(slots=True)
class ParkFigures:
    """One park of one recording, added up over its local days."""

    park_id: int
    name: str
    folder: str
    zone: ZoneInfo
    ride_names: Mapping[int, str]
    days: int = 0
    ride_days: int = 0
    incidents: int = 0
    parts: Measures = field(default_factory=Measures)
    park: ParkMeasures = field(default_factory=ParkMeasures)
    suspects: Suspects = field(default_factory=Suspects)
    edges: RecordedEdges = field(default_factory=RecordedEdges)
    long_outages: LongOutages = field(default_factory=LongOutages)

    @property
    def place(self) -> str:
        return f"{self.folder}, {self.name}"

    @property
    def known_seconds(self) -> int:
        """Ride-minutes in sessions of which something is known."""
        return self.parts.open_seconds + self.closed_seconds

    @property
    def closed_seconds(self) -> int:
        return sum(getattr(self.parts, name) for name in CLOSED_KINDS)


def figures(connection: Connection, park: ParkRow, folder: str) -> ParkFigures:
    names = {ride_id: ride.name for ride_id, ride in rides_of(connection, park.park_id).items()}
    found = ParkFigures(park.park_id, park.name, folder, ZoneInfo(park.timezone), names)
    suspects = suspects_of(connection, park)
    for day in judged_days(connection, park):
        if day.row.rides:
            found.days += 1
        for ride in day.row.rides.values():
            found.parts.add(ride.parts)
            found.ride_days += ride.parts.days_operated
        found.park.add(day.row.park)
        found.incidents += sum(outage.is_incident for outage in day.row.outages)
        for look in (suspects, found.edges, found.long_outages):
            look.look_at(day)
    found.suspects = suspects
    return found

"""What is called at the edges of rides' days in a recording, and what the closing wave takes from outages."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from benchmarks.accuracy.judged_days import JudgedDay
from park_downtime.model import StretchKind
from park_downtime.statistics.measures import Measures
from park_downtime.timeline.closures import Closure, RideSession
from park_downtime.timeline.edge_calls import CALLED
from park_downtime.timeline.spans import Span, seconds

SECONDS_OF = {kind: f"{kind}_seconds" for kind in CALLED.values()}


@dataclass(slots=True)
class RecordedEdges:
    """`ride_days` by kind: those with such a call."""

    ride_days: Counter[StretchKind] = field(default_factory=Counter)
    calls: list[Closure] = field(default_factory=list)
    wave_seconds: int = 0

    def look_at(self, day: JudgedDay) -> None:
        for ride_day in day.row.rides.values():
            self.ride_days.update(_called_in(ride_day.parts))
        for judged in day.own:
            for ride in judged.rides.values():
                self.calls += [each for each in ride.closures if each.kind in SECONDS_OF]
                self.wave_seconds += seconds(closed_with_the_park(ride))


def _called_in(parts: Measures) -> list[StretchKind]:
    return [kind for kind, name in SECONDS_OF.items() if getattr(parts, name)]


def closed_with_the_park(ride: RideSession) -> list[Span]:
    """What opened again is an early close, and lies before the ride's last opening."""
    return [
        (stretch.start, stretch.end)
        for stretch in ride.stretches
        if stretch.kind is StretchKind.EARLY_CLOSE and ride.last_open and stretch.start < ride.last_open
    ]

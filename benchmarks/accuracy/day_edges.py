"""A recording with official hours through the program: the troubles of its rides, minute by minute."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path

from benchmarks.accuracy.edge_score import EdgeScore, edge_score
from benchmarks.accuracy.hindsight import SaidOpen, Trouble, TroubleSpans, ride_days, troubles
from benchmarks.accuracy.judged_days import judged_days
from benchmarks.accuracy.official_hours import read_hours
from benchmarks.accuracy.replayed import replayed
from park_downtime.database.engine import reading
from park_downtime.database.parks import all_parks
from park_downtime.feed.recording import Recording
from park_downtime.timeline.judge import JudgedSession
from park_downtime.timeline.spans import Span, common, seconds

FOLDER = "wdw_edges_2017"
PARK_ID = 8
ZONE = "America/New_York"
INTERVAL_MINUTES = 10
BY_NAME = {kind.value: kind for kind in Trouble}
AT_EDGES = (Trouble.LATE_START, Trouble.DID_NOT_REOPEN)


@dataclass(slots=True)
class Said:
    """What our own judgement says of a park: when it ran, and the troubles of its rides."""

    running: list[Span] = field(default_factory=list)
    by_ride: dict[int, TroubleSpans] = field(default_factory=dict)

    def add(self, judged: JudgedSession) -> None:
        self.running.extend(judged.session.running)
        for ride_id, ride in judged.rides.items():
            own = self.by_ride.setdefault(ride_id, {kind: [] for kind in Trouble})
            for stretch in ride.stretches:
                if (kind := BY_NAME.get(stretch.kind.value)) is not None:
                    own[kind].append((stretch.start, stretch.end))


@dataclass(frozen=True, slots=True)
class Difference:
    """One edge of a ride's day: seconds that were trouble and were not said, or were said and were none."""

    kind: Trouble
    ride_id: int
    start: datetime
    end: datetime
    seconds: int


@dataclass(slots=True)
class DayEdges:
    """`scores` by ride."""

    names: Mapping[int, str]
    scores: dict[int, EdgeScore] = field(default_factory=dict)
    missed: list[Difference] = field(default_factory=list)
    invented: list[Difference] = field(default_factory=list)

    @property
    def pooled(self) -> EdgeScore:
        everything = EdgeScore()
        for score in self.scores.values():
            everything.add(score)
        return everything


def day_edges(shared: Path) -> DayEdges:
    """The recording through replay and nights, then every minute compared."""
    folder = shared / "recordings" / FOLDER
    source = folder / f"park_{PARK_ID}.csv.gz"
    with (
        replayed([source], INTERVAL_MINUTES, shared / "parks.json") as (engine, _, _),
        reading(engine) as connection,
    ):
        park = all_parks(connection)[PARK_ID]
        said = said_of(judged for day in judged_days(connection, park) for judged in day.own)
    return measured(folder, *read_rides(source), said)


def measured(
    folder: Path, names: Mapping[int, str], readings: Mapping[int, Sequence[SaidOpen]], said: Said
) -> DayEdges:
    """What was said of the recording's rides against what was."""
    official = read_hours(folder / "official_hours.csv", ZONE)
    found = DayEdges(names)
    for ride_id, own in sorted(readings.items()):
        compare(found, ride_id, troubles(ride_days(own, INTERVAL_MINUTES * 60, ZONE), official), said)
    return found


def read_rides(source: Path, park_id: int = PARK_ID) -> tuple[dict[int, str], dict[int, list[SaidOpen]]]:
    """Names, and known readings as the feed's rule has them: a posted wait overrides `is_open`."""
    names: dict[int, str] = {}
    readings: dict[int, list[SaidOpen]] = {}
    for cycle in Recording([source]):
        for row in cycle.parks[park_id]:
            names[row.ride_id] = row.ride_name or names.get(row.ride_id, "")
            has_wait = row.wait_minutes is not None and row.wait_minutes > 0
            if has_wait or row.is_open is not None:
                readings.setdefault(row.ride_id, []).append((row.recorded_at, has_wait or bool(row.is_open)))
    return names, readings


def said_of(sessions: Iterable[JudgedSession]) -> Said:
    said = Said()
    for judged in sessions:
        said.add(judged)
    return said


def compare(found: DayEdges, ride_id: int, truth: Mapping[date, TroubleSpans], said: Said) -> None:
    true = {kind: [span for day in truth.values() for span in day[kind]] for kind in Trouble}
    ours = said.by_ride.get(ride_id, {})
    found.scores[ride_id] = edge_score(true, ours, said.running)
    for kind in AT_EDGES:
        found.missed += differences(kind, ride_id, true[kind], _all(ours))
        found.invented += differences(kind, ride_id, ours.get(kind, ()), _all(true))


def differences(
    kind: Trouble, ride_id: int, spans: Iterable[Span], others: Sequence[Span]
) -> list[Difference]:
    """Of each span what no other covers."""
    rest = [(span, seconds([span]) - seconds(common([span], others))) for span in spans]
    return [Difference(kind, ride_id, *span, left) for span, left in rest if left]


def _all(spans: TroubleSpans) -> list[Span]:
    return sorted(span for own in spans.values() for span in own)

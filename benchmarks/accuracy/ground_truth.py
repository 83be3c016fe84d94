"""Precision and recall of downtime against a recording that has a status for DOWN."""

from __future__ import annotations

import tempfile
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from datetime import UTC, datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from benchmarks.accuracy.judged_days import JudgedDay, judged_days
from benchmarks.accuracy.replayed import replayed
from benchmarks.accuracy.status_recording import (
    DOWN,
    INTERVAL_MINUTES,
    Stated,
    ids_of,
    known_ids,
    read_statuses,
    recording_files,
    stated,
    write_recording,
)
from park_downtime.database.engine import reading
from park_downtime.database.parks import all_parks
from park_downtime.model import StretchKind
from park_downtime.timeline.closures import RideSession, judge_ride
from park_downtime.timeline.known import known_in
from park_downtime.timeline.sessions import Session
from park_downtime.timeline.spans import clip, common, seconds

CLOSED_AT = datetime.max.replace(tzinfo=UTC)
"""Sessions of a recording are over."""


@dataclass(frozen=True, slots=True)
class Difference:
    """Time in which the source and we disagree; `kind` is what we called it, `status` what it was."""

    ride: str
    start: datetime
    end: datetime
    kind: StretchKind
    status: str
    ends_with_session: bool

    @property
    def seconds(self) -> int:
        return seconds([(self.start, self.end)])


@dataclass(slots=True)
class Counts:
    """Seconds of counted rides while the park ran; and what the other entries would have added."""

    right: int = 0
    invented: int = 0
    missed: int = 0
    readings_right: int = 0
    readings_missed: int = 0
    uncounted_right: int = 0
    uncounted_invented: int = 0

    @property
    def precision(self) -> float:
        return self.right / (self.right + self.invented) if self.right + self.invented else 1.0

    @property
    def precision_of_all_entries(self) -> float:
        """If films, meetings and playgrounds counted too."""
        right = self.right + self.uncounted_right
        invented = self.invented + self.uncounted_invented
        return right / (right + invented) if right + invented else 1.0

    @property
    def recall(self) -> float:
        return self.right / (self.right + self.missed) if self.right + self.missed else 1.0

    @property
    def recall_of_readings(self) -> float:
        """Each DOWN reading counted alike, however far the next one is."""
        down = self.readings_right + self.readings_missed
        return self.readings_right / down if down else 1.0


@dataclass(slots=True, kw_only=True)
class Score(Counts):
    """Of one park."""

    park_id: int
    zone: str
    differences: list[Difference] = field(default_factory=list)

    def local(self, at: datetime) -> str:
        return f"{at.astimezone(ZoneInfo(self.zone)):%d %b %H:%M}"


def pooled(scores: Iterable[Counts]) -> Counts:
    """Of all parks together: a park with much downtime weighs more."""
    counts = [each.name for each in fields(Counts)]
    scores = list(scores)
    return Counts(**{name: sum(getattr(each, name) for each in scores) for name in counts})


def worst(scores: Iterable[Score]) -> Score:
    """The park in which the least of its DOWN readings is found."""
    return min(scores, key=lambda score: score.recall_of_readings)


def ground_truth(shared: Path) -> list[Score]:
    """The recording through replay and nights, then every minute compared; by park."""
    known = known_ids(shared / "rides_reference.csv")
    scores = []
    for source in recording_files(shared):
        rows = read_statuses(source)
        ids = ids_of(rows, known)
        by_ride: dict[int, list[Stated]] = {}
        names: dict[int, str] = {}
        for (park_id, name), ride_id in ids.items():
            own = [row for row in rows if (row.park_id, row.name) == (park_id, name)]
            by_ride[ride_id] = stated(own, INTERVAL_MINUTES * 60)
            names[ride_id] = name
        with tempfile.TemporaryDirectory() as folder:
            feed = Path(folder) / "feed.csv"
            write_recording(rows, ids, feed)
            with replayed([feed], INTERVAL_MINUTES) as (engine, _, _), reading(engine) as connection:
                park = all_parks(connection)[rows[0].park_id]
                score = Score(park_id=park.park_id, zone=park.timezone)
                for day in judged_days(connection, park):
                    score_day(score, day, by_ride, names)
        scores.append(score)
    return scores


def score_day(
    score: Score, day: JudgedDay, by_ride: Mapping[int, Sequence[Stated]], names: Mapping[int, str]
) -> None:
    """Add the sessions that begin on the day."""
    for judged in day.own:
        for ride_id, statuses in by_ride.items():
            ride = judged.rides.get(ride_id)
            if ride is None:
                runs = day.memory.runs.get(ride_id, ())
                _add_uncounted(
                    score,
                    judge_ride(ride_id, judged.session, known_in(judged.session, runs, CLOSED_AT)),
                    statuses,
                )
            else:
                score_ride(score, names[ride_id], judged.session, ride, statuses)


def _add_uncounted(score: Score, ride: RideSession, statuses: Sequence[Stated]) -> None:
    outages = [
        (stretch.start, stretch.end) for stretch in ride.stretches if stretch.kind is StretchKind.OUTAGE
    ]
    for each in statuses:
        length = seconds(common([(each.start, each.end)], outages))
        score.uncounted_right += length * (each.status == DOWN)
        score.uncounted_invented += length * (each.status != DOWN)


def score_ride(
    score: Score, name: str, session: Session, ride: RideSession, statuses: Sequence[Stated]
) -> None:
    for each in statuses:
        for stretch in ride.stretches:
            if stretch.kind is StretchKind.PARK_STOP:
                continue
            part = clip((each.start, each.end), stretch.start, stretch.end)
            if part is None:
                continue
            was_down, said_down = each.status == DOWN, stretch.kind is StretchKind.OUTAGE
            length = seconds([part])
            score.right += length * (was_down and said_down)
            score.invented += length * (said_down and not was_down)
            score.missed += length * (was_down and not said_down)
            if was_down:
                readings = each.readings_in(*part)
                score.readings_right += readings * said_down
                score.readings_missed += readings * (not said_down)
            if was_down != said_down:
                score.differences.append(
                    Difference(name, *part, stretch.kind, each.status, stretch.end >= session.ends_at)
                )

"""A recording folded in memory, and every closed ride in it asked again for its chance to be back."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import NamedTuple

from benchmarks.accuracy.folded import folded
from benchmarks.accuracy.hindsight import SaidOpen
from benchmarks.accuracy.recordings import Recorded, recording_files
from park_downtime.classification.classifier import Classifier
from park_downtime.feed.recording import Recording, recorded_cycle
from park_downtime.judging.count_votes import looks_of
from park_downtime.judging.park_history import ParkHistory
from park_downtime.model import State
from park_downtime.periods import Zone
from park_downtime.timeline.edges import SessionEdges, seen_edges
from park_downtime.timeline.habits import LOOKS_BACK
from park_downtime.timeline.judge import JudgedSession
from park_downtime.timeline.reopening import (
    Cell,
    Look,
    Votes,
    closings_before,
    usual_closing,
    votes_of,
)
from park_downtime.timeline.sessions import Session
from park_downtime.timeline.status import LONGEST_DOWN

BEFORE_CLOSING = timedelta(minutes=20)
OVER = timedelta(hours=12)
AROUND = timedelta(hours=24)


class Asked(NamedTuple):
    """One look, and whether the rule before called the ride Down: closed for at most 3 h, and that at least
    20 minutes before it usually closes.
    """

    look: Look
    was_called_down: bool


class Seen(NamedTuple):
    """What recordings have to say: every look, and the votes of their closures."""

    asked: list[Asked]
    votes: dict[Cell, Votes]


def seen_in(shared: Path, recordings: Iterable[Recorded], zone: Zone) -> Seen:
    found, classifier = Seen([], {}), Classifier.load()
    for recorded in recordings:
        files = recording_files(shared, recorded)
        interval_seconds = recorded.interval_minutes * 60
        for park_id, readings in counted_readings(files, interval_seconds, classifier).items():
            history = folded(park_id, zone, interval_seconds, readings)
            last = max(at for own in readings.values() for at, _ in own)
            for asked in asked_of(history, last + OVER):
                found.asked.extend(asked)
                add_votes(found.votes, votes_of(each.look for each in asked))
    return found


def counted_readings(
    files: Sequence[Path], interval_seconds: int, classifier: Classifier
) -> dict[int, dict[int, list[SaidOpen]]]:
    """By park and ride, judged as payloads are: what is stale says nothing."""
    found: dict[int, dict[int, list[SaidOpen]]] = {}
    is_counted: dict[int, bool] = {}
    for recorded in Recording(files):
        for park in recorded_cycle(recorded, recorded.parks, interval_seconds).parks:
            for reading in park.readings:
                ride_id, name = reading.ride_id, reading.name
                if name is None or reading.state is State.UNKNOWN:
                    continue
                if ride_id not in is_counted:
                    land = None if reading.land is None else reading.land.name
                    category = classifier.classify(park.park_id, ride_id, name, land).category
                    is_counted[ride_id] = category.is_counted
                if is_counted[ride_id]:
                    of_park = found.setdefault(park.park_id, {})
                    is_open = reading.state is State.OPEN
                    of_park.setdefault(ride_id, []).append((recorded.recorded_at, is_open))
    return found


def asked_of(history: ParkHistory, now: datetime) -> Iterator[list[Asked]]:
    """Session by session, with the habits of those before."""
    starts = {ride_id: [run.started_at for run in own] for ride_id, own in history.runs.items()}
    edges: list[SessionEdges] = []
    for session in history.sessions_at(now):
        near = _near(history, session, starts)
        (judged,) = near.judge([session], now)
        yield list(_asked(judged, edges, near.zone))
        edges.append(seen_edges(judged, near.runs))
        edges = [each for each in edges if session.started_at - each.started_at <= LOOKS_BACK]


def _near(history: ParkHistory, session: Session, starts: Mapping[int, Sequence[datetime]]) -> ParkHistory:
    """With the runs of a day around the session only."""
    first, last = session.started_at - AROUND, session.ends_at + AROUND
    return replace(
        history,
        runs={
            ride_id: own[bisect_left(starts[ride_id], first) : bisect_left(starts[ride_id], last)]
            for ride_id, own in history.runs.items()
        },
    )


def _asked(judged: JudgedSession, edges: Sequence[SessionEdges], zone: Zone) -> Iterator[Asked]:
    started_at = judged.session.started_at
    closings = closings_before(edges, started_at)
    for look in looks_of(judged, edges, zone):
        usual = usual_closing(closings[look.ride_id], started_at, zone)
        is_early = usual is None or look.began < usual - BEFORE_CLOSING
        yield Asked(look, is_early and look.at - look.began <= LONGEST_DOWN)


def add_votes(votes: dict[Cell, Votes], more: Mapping[Cell, Votes]) -> None:
    for cell, own in more.items():
        before = votes.get(cell, Votes())
        votes[cell] = Votes(before.closures + own.closures, before.back + own.back)

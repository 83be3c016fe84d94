"""A park's sessions judged ride by ride: what the live view, today's rows, the nights and replays share."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from park_downtime.timeline.closures import Closure, RideSession, judge_ride
from park_downtime.timeline.park_wide import park_wide_spans
from park_downtime.timeline.runs import Run
from park_downtime.timeline.sessions import Session
from park_downtime.timeline.spans import Span, common, seconds


@dataclass(frozen=True, slots=True)
class JudgedSession:
    """One session with what each ride did in it. `park_wide` are instants, DESIGN, Park-wide."""

    session: Session
    rides: Mapping[int, RideSession]
    park_wide: tuple[Span, ...]

    def park_wide_seconds(self, closure: Closure) -> int:
        return seconds(common(closure.spans, self.park_wide)) if self.park_wide else 0


def judge_session(
    session: Session,
    runs_by_ride: Mapping[int, Sequence[Run]],
    counted: Collection[int],
    now: datetime,
) -> JudgedSession:
    """Judge the rides of `counted`, also those without any run: nothing was known of them."""
    rides = {ride_id: judge_ride(ride_id, session, runs_by_ride.get(ride_id, ()), now) for ride_id in counted}
    return JudgedSession(session, rides, tuple(park_wide_spans(rides.values())))


def judge(
    found: Iterable[Session],
    runs_by_ride: Mapping[int, Sequence[Run]],
    counted: Collection[int],
    now: datetime,
) -> list[JudgedSession]:
    return [judge_session(session, runs_by_ride, counted, now) for session in found]

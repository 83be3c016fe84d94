"""A park's sessions judged ride by ride: what the live view, today's rows, the nights and replays share."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from park_downtime.model import StretchKind
from park_downtime.timeline.closing_wave import closed_with_the_park
from park_downtime.timeline.closures import Closure, RideSession, judge_ride
from park_downtime.timeline.known import Known, known_in
from park_downtime.timeline.runs import Run
from park_downtime.timeline.sessions import Session
from park_downtime.timeline.spans import Span, common, seconds
from park_downtime.timeline.voided import Voided, unknown_spans

LEAST_RIDES = 3
LEAST_SHARE = 0.25


@dataclass(frozen=True, slots=True)
class JudgedSession:
    """One session with what each ride did in it, and what of each was `known`. `park_wide` are instants,
    DESIGN, Park-wide.
    """

    session: Session
    rides: Mapping[int, RideSession]
    park_wide: tuple[Span, ...]
    known: Mapping[int, Sequence[Known]] = field(default_factory=dict)

    def park_wide_seconds(self, closure: Closure) -> int:
        return seconds(common(closure.spans, self.park_wide)) if self.park_wide else 0

    def park_wide_outages(self, ride_id: int) -> list[Closure]:
        """The marked ones of a ride; every stretch of theirs is drawn with the mark."""
        ride = self.rides.get(ride_id)
        return [
            closure
            for closure in (ride.closures if ride is not None and self.park_wide else ())
            if closure.kind is StretchKind.OUTAGE
            and is_park_wide(closure.seconds, self.park_wide_seconds(closure))
        ]


def is_park_wide(outage_seconds: int, park_wide_seconds: int) -> bool:
    """Whether an outage is marked: at least half of its time is park-wide."""
    return 0 < outage_seconds <= 2 * park_wide_seconds


def judge_session(
    session: Session,
    runs_by_ride: Mapping[int, Sequence[Run]],
    counted: Collection[int],
    now: datetime,
    voided: Sequence[Voided] = (),
) -> JudgedSession:
    """Judge the rides of `counted`, also those without any run: nothing was known of them."""
    known = {
        ride_id: known_in(
            session,
            runs_by_ride.get(ride_id, ()),
            now,
            unknown_spans(voided, ride_id) if voided else (),
        )
        for ride_id in counted
    }
    with_the_park: dict[int, set[datetime]] = {}
    for ride_id, closed_at in closed_with_the_park(known):
        with_the_park.setdefault(ride_id, set()).add(closed_at)
    rides = {
        ride_id: judge_ride(ride_id, session, own, with_the_park.get(ride_id, ()))
        for ride_id, own in known.items()
    }
    return JudgedSession(session, rides, tuple(park_wide_spans(rides.values())), known)


def judge(
    sessions: Iterable[Session],
    runs_by_ride: Mapping[int, Sequence[Run]],
    counted: Collection[int],
    now: datetime,
    voided: Sequence[Voided] = (),
) -> list[JudgedSession]:
    return [judge_session(session, runs_by_ride, counted, now, voided) for session in sessions]


def park_wide_spans(rides: Iterable[RideSession]) -> list[Span]:
    """The instants of one session at which at least max(3, 25 %) of the counted rides that had opened
    and not yet had their last open reading were in an outage. `rides` are the counted ones.
    """
    changes: dict[datetime, tuple[int, int]] = {}

    def change(at: datetime, operating: int, in_outage: int) -> None:
        before = changes.get(at, (0, 0))
        changes[at] = (before[0] + operating, before[1] + in_outage)

    outages = 0
    for ride in rides:
        if ride.first_open is None or ride.last_open is None:
            continue
        change(ride.first_open, 1, 0)
        change(ride.last_open, -1, 0)
        for closure in ride.closures:
            if closure.kind is StretchKind.OUTAGE:
                outages += 1
                for start, end in closure.spans:
                    change(start, 0, 1)
                    change(end, 0, -1)
    if outages < LEAST_RIDES:
        return []
    return _spans(changes)


def _spans(changes: dict[datetime, tuple[int, int]]) -> list[Span]:
    found: list[Span] = []
    began: datetime | None = None
    operating = in_outage = 0
    for at in sorted(changes):
        operating += changes[at][0]
        in_outage += changes[at][1]
        is_wide = in_outage >= max(LEAST_RIDES, LEAST_SHARE * operating)
        if is_wide and began is None:
            began = at
        elif not is_wide and began is not None:
            found.append((began, at))
            began = None
    return found

"""Long outages of which the opening before or after was seen by a single reading."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import groupby

from benchmarks.accuracy.judged_days import JudgedDay
from park_downtime.model import State, StretchKind
from park_downtime.timeline.closures import Closure
from park_downtime.timeline.known import Known, known_in

LONG_SECONDS = 2 * 3600


@dataclass(slots=True)
class LongOutages:
    """`flanked` are those that rest on a single reading."""

    everything: list[Closure] = field(default_factory=list)
    flanked: list[Closure] = field(default_factory=list)

    def look_at(self, day: JudgedDay) -> None:
        """Add those of the sessions that begin on the day."""
        believed = day.memory.believed
        for judged in day.own:
            for ride_id, ride in judged.rides.items():
                long = [each for each in ride.closures if is_long(each)]
                if not long:
                    continue
                known = known_in(judged.session, believed.get(ride_id, ()), judged.session.ends_at)
                self.everything += long
                self.flanked += [each for each in long if has_single_flank(each, known)]


def is_long(closure: Closure) -> bool:
    return closure.kind is StretchKind.OUTAGE and closure.seconds >= LONG_SECONDS


def has_single_flank(outage: Closure, known: Sequence[Known]) -> bool:
    """`known`: all that is known of the ride in the session."""
    stretches = [(state, list(pieces)) for state, pieces in groupby(known, key=lambda piece: piece.state)]
    for place, (state, pieces) in enumerate(stretches):
        if state is State.CLOSED and pieces[0].start == outage.started_at:
            flanks = [*stretches[max(0, place - 1) : place], *stretches[place + 1 : place + 2]]
            return any(sum(piece.readings for piece in flank) == 1 for _, flank in flanks)
    return False

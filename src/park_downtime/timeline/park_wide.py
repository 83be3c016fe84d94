"""When so many rides were in an outage at once that it was the park's, not theirs (DESIGN, Park-wide)."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime

from park_downtime.model import Kind
from park_downtime.timeline.closures import RideSession
from park_downtime.timeline.spans import Span

LEAST_RIDES = 3
LEAST_SHARE = 0.25


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
            if closure.kind is Kind.OUTAGE:
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

"""Rides that closed together as the park closed: no breakdowns, even if they open again for the evening
(DESIGN, Closing wave).
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime, timedelta
from typing import NamedTuple

from park_downtime.model import State
from park_downtime.timeline.known import ClosedStretch, Known, closed_stretches

WITHIN = timedelta(minutes=30)
LEAST_RIDES = 3
LEAST_SHARE = 0.5

Closing = tuple[int, datetime]
"""A ride, and when its closed stretch began."""


class _Window(NamedTuple):
    """The park closed between two readings: of `open_before` rides at least half were closed at its end."""

    ended_at: datetime
    open_before: int


def closed_with_the_park(known: Mapping[int, Sequence[Known]]) -> frozenset[Closing]:
    """Closed stretches that ended although the park had closed: by a wave, after which not more than half of
    the rides that had been open were open again. `known`: the counted rides of one session.
    """
    stretches = sorted(_stretches(known), key=lambda found: found[1].started_at)
    times = [stretch.started_at for _, stretch in stretches]
    session = _Session(known)
    found = set()
    for ride_id, stretch in stretches:
        if stretch.reopened is None:
            continue
        at, within = stretch.started_at, max(WITHIN, timedelta(seconds=stretch.pieces[0].interval_seconds))
        near = [time for time in times if abs(time - at) < within]
        if len(near) < LEAST_RIDES:
            continue
        ends = {time for time in near if at <= time < stretch.reopened.start}
        if any(not session.is_over(window) for window in session.windows(ride_id, at, ends, within)):
            found.add((ride_id, at))
    return frozenset(found)


def _stretches(known: Mapping[int, Sequence[Known]]) -> Iterator[tuple[int, ClosedStretch]]:
    for ride_id, pieces in known.items():
        for stretch in closed_stretches(pieces):
            yield ride_id, stretch


class _Session:
    """Which rides were known to be open or closed at its readings."""

    def __init__(self, known: Mapping[int, Sequence[Known]]) -> None:
        self._known = {ride_id: ([piece.start for piece in own], own) for ride_id, own in known.items()}
        pieces = [piece for own in known.values() for piece in own]
        self._readings = sorted({at for piece in pieces for at in (piece.start, piece.last_reading_at)})
        self._openings = sorted({piece.start for piece in pieces if piece.state is State.OPEN})
        self._states: dict[datetime, dict[int, State]] = {}

    def windows(
        self, ride_id: int, closed_at: datetime, ends: set[datetime], within: timedelta
    ) -> Iterator[_Window]:
        """Those in which the ride, which closed at an instant, closed with its park."""
        for end in sorted(ends):
            first, last = bisect_left(self._readings, end - within), bisect_left(self._readings, closed_at)
            for start in self._readings[first:last]:
                before = self.states_at(start)
                was_open = [other for other, state in before.items() if state is State.OPEN]
                if ride_id not in was_open:
                    continue
                after = self.states_at(end)
                closed = sum(after.get(other) is State.CLOSED for other in was_open)
                if closed >= max(LEAST_RIDES, LEAST_SHARE * len(was_open)):
                    yield _Window(end, len(was_open))

    def is_over(self, window: _Window) -> bool:
        """Whether more than half of the rides opened again: it was a storm."""
        later = self._openings[bisect_right(self._openings, window.ended_at) :]
        return any(
            2 * sum(state is State.OPEN for state in self.states_at(at).values()) > window.open_before
            for at in (window.ended_at, *later)
        )

    def states_at(self, at: datetime) -> dict[int, State]:
        """Of the rides of which something was known."""
        if at not in self._states:
            self._states[at] = {
                ride_id: state
                for ride_id, (starts, own) in self._known.items()
                if (state := _state_at(starts, own, at)) is not None
            }
        return self._states[at]


def _state_at(starts: Sequence[datetime], own: Sequence[Known], at: datetime) -> State | None:
    place = bisect_right(starts, at) - 1
    if place < 0:
        return None
    piece = own[place]
    return piece.state if at < piece.end or at == piece.start else None

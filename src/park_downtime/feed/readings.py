"""Payload to readings: what one payload says of each ride."""

from __future__ import annotations

import logging
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from park_downtime.feed.payload import Entry, OddEntry, read_shapes
from park_downtime.model import Land, ParkReadings, RideReading, State

log = logging.getLogger(__name__)

FUTURE_AFTER = timedelta(minutes=5)
LONGEST_WAIT_MINUTES = 300  # the longest genuine one seen; 995 occurred once
_FAVOUR = (State.UNKNOWN, State.CLOSED, State.OPEN)


@dataclass(frozen=True, slots=True)
class _Said:
    """What one entry says by itself, before it is compared with the others."""

    ride_id: int
    name: str
    land: Land | None
    state: State
    wait_minutes: int | None
    dropped_wait: int | None
    last_updated: datetime | None


def read_payload(park_id: int, body: bytes, fetched_at: datetime) -> ParkReadings:
    """The readings of one answer (DESIGN, Reading): at most one per ride, as they are said. Whether their
    stamps let them be believed shows beside those of other cycles (`timeline.stamps`).

    Raises FeedRejected, and nothing else, whatever the bytes are.
    """
    payload = read_shapes(park_id, body)
    said = [_said(entry, fetched_at) for entry in payload.entries]
    newest = max((entry.last_updated for entry in said if entry.last_updated is not None), default=None)
    readings = {
        ride_id: _reading(entry) for ride_id, entry in _one_per_ride(said, newest or fetched_at).items()
    }
    for odd in payload.odd:
        if odd.ride_id is not None:
            readings.setdefault(odd.ride_id, _unreadable(odd.ride_id, odd))
    dropped = [entry for entry in said if entry.dropped_wait is not None]
    _log_oddities(park_id, payload.odd, dropped)
    return ParkReadings(park_id, fetched_at, tuple(readings.values()), len(payload.odd), len(dropped))


def _said(entry: Entry, fetched_at: datetime) -> _Said:
    ride = entry.ride
    wait = ride.wait_time
    is_dropped = wait is not None and not 0 <= wait <= LONGEST_WAIT_MINUTES
    if wait and not is_dropped:
        state = State.OPEN  # a positive wait overrides is_open=false
    elif ride.is_open is None:
        state = State.UNKNOWN
    else:
        state = State.OPEN if ride.is_open else State.CLOSED
    is_future = ride.last_updated is not None and ride.last_updated - fetched_at > FUTURE_AFTER
    return _Said(
        ride_id=ride.id,
        name=ride.name,
        land=entry.land,
        state=state,
        wait_minutes=None if is_dropped else wait,
        dropped_wait=wait if is_dropped else None,
        last_updated=None if is_future else ride.last_updated,
    )


def _one_per_ride(said: Iterable[_Said], fresh: datetime) -> dict[int, _Said]:
    """Of a duplicate id the newest, then the open one, then the first; a missing time is `fresh`."""

    def rank(entry: _Said) -> tuple[datetime, int]:
        return entry.last_updated or fresh, _FAVOUR.index(entry.state)

    best: dict[int, _Said] = {}
    for entry in said:
        known = best.get(entry.ride_id)
        if known is None or rank(entry) > rank(known):
            best[entry.ride_id] = entry
    return best


def _reading(entry: _Said) -> RideReading:
    return RideReading(
        ride_id=entry.ride_id,
        name=entry.name,
        land=entry.land,
        state=entry.state,
        wait_minutes=entry.wait_minutes if entry.state is State.OPEN else None,
        is_stale=False,
        last_updated=entry.last_updated,
    )


def _unreadable(ride_id: int, odd: OddEntry) -> RideReading:
    return RideReading(ride_id, None, odd.land, State.UNKNOWN, None, False, None)


def _log_oddities(park_id: int, odd: Sequence[OddEntry], dropped: Sequence[_Said]) -> None:
    if odd:
        facts = {"path": odd[0].path, "reason": odd[0].reason, "odd_entries": len(odd)}
        log.warning("odd entries in a payload", extra={"park_id": park_id, **facts})
    if dropped:
        waits = {str(entry.ride_id): str(entry.dropped_wait)[:20] for entry in dropped}
        log.warning("impossible waits in a payload", extra={"park_id": park_id, "waits": waits})

"""A whole cycle: every park is asked, few at a time, and every park ends as readings or as a failure."""

from __future__ import annotations

import logging
import sys
import threading
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from queue import Empty, SimpleQueue

from park_downtime.clock import monotonic_seconds
from park_downtime.feed.errors import FeedRejected, FeedUnavailable
from park_downtime.feed.failure_log import Told, log_failures
from park_downtime.feed.samples import LARGEST_SAMPLE, SampleStore
from park_downtime.feed.source import MOST_AT_ONCE, Source
from park_downtime.model import Cycle, ParkFailure, ParkOutcome, ParkReadings, TrackedPark

log = logging.getLogger(__name__)

_LATE = "not answered before the cycle's deadline"
_TOO_MUCH = "$: more than a cycle can hold beside the other parks"


# One at a time: the work is ours alone, and what an answer becomes in memory is many times its size.
_reading = threading.Lock()
MOST_BYTES = 8_000_000
"""Several times what a hundred parks of fifty rides take."""
_READING_BYTES = 250


@dataclass(frozen=True, slots=True)
class _Failed:
    """A failure with what is to be logged and kept of it; `body` None: nothing came."""

    failure: ParkFailure
    path: str | None = None
    body: bytes | None = None


_Answer = ParkReadings | _Failed
_Answers = SimpleQueue[tuple[int, _Answer]]


def fetch_cycle(
    source: Source,
    parks: Sequence[TrackedPark],
    recorded_at: datetime,
    interval_seconds: int,
    deadline_seconds: float,
    samples: SampleStore | None = None,
) -> Cycle:
    """Asks for all parks; those not answered within `deadline_seconds` have failed.

    The time of a fetch is `recorded_at` plus what has passed since the call, so that a cycle may
    live in simulated time. Results keep the order of `parks`.
    """
    begun = monotonic_seconds()
    deadline = begun + deadline_seconds
    by_id = {park.park_id: park for park in parks}
    questions: SimpleQueue[int] = SimpleQueue()
    answers: _Answers = SimpleQueue()
    for park_id in by_id:
        questions.put(park_id)

    def work() -> None:
        while monotonic_seconds() < deadline:
            try:
                park_id = questions.get_nowait()
            except Empty:
                return
            answers.put((park_id, _ask(source, park_id, recorded_at, begun, deadline)))

    # Daemons, not a pool: nothing may wait for a thread that hangs, not even the end of the program.
    for number in range(min(MOST_AT_ONCE, len(by_id))):
        threading.Thread(target=work, name=f"feed-{number}", daemon=True).start()
    room = CycleRoom()
    failures: dict[int, Told] = {}
    for park_id, answer in _until(deadline, answers, len(by_id)):
        if isinstance(answer, ParkReadings):
            failures |= _too_large(room.take(answer))
            continue
        # Kept at once: a hundred rejected answers are not to be held in memory together.
        failures[park_id] = Told(answer.failure, answer.path)
        if samples is not None and answer.body is not None:
            samples.keep(park_id, answer.body, answer.failure.reason, recorded_at)
    readings = room.held
    for park_id in by_id.keys() - readings.keys() - failures.keys():
        failures[park_id] = Told(ParkFailure(park_id, ParkOutcome.FAILED, _LATE))
    log_failures([failures[park_id] for park_id in by_id if park_id in failures], by_id)
    return Cycle(
        recorded_at,
        interval_seconds,
        tuple(readings[park_id] for park_id in by_id if park_id in readings),
        tuple(failures[park_id].failure for park_id in by_id if park_id in failures),
        monotonic_seconds() - begun,
    )


def _too_large(park_ids: Sequence[int]) -> dict[int, Told]:
    return {park_id: Told(ParkFailure(park_id, ParkOutcome.REJECTED, _TOO_MUCH)) for park_id in park_ids}


def _ask(source: Source, park_id: int, recorded_at: datetime, begun: float, deadline: float) -> _Answer:
    body = None
    try:
        body = source.payload(park_id, deadline)
        fetched_at = recorded_at + timedelta(seconds=int(monotonic_seconds() - begun))
        with _reading:
            return source.readings(park_id, body, fetched_at)
    except FeedUnavailable as error:
        return _Failed(ParkFailure(park_id, ParkOutcome.FAILED, error.reason))
    except FeedRejected as error:
        rejected = ParkFailure(park_id, ParkOutcome.REJECTED, str(error))
        return _Failed(rejected, error.path, (error.sample if body is None else body)[:LARGEST_SAMPLE])
    except Exception as error:  # a mistake of ours with one park must not harm the others
        log.exception("mistake in our own code", extra={"park_id": park_id})
        reason = f"internal error: {type(error).__name__}: {error}"[:200]
        sample = None if body is None else body[:LARGEST_SAMPLE]
        return _Failed(ParkFailure(park_id, ParkOutcome.FAILED, reason), body=sample)


def _until(deadline: float, answers: _Answers, expected: int) -> Iterator[tuple[int, _Answer]]:
    """Up to `expected` answers, as they come, as long as there is time."""
    for _ in range(expected):
        try:
            yield answers.get(timeout=max(deadline - monotonic_seconds(), 0.0))
        except Empty:
            return


class CycleRoom:
    """The readings of a cycle. A small park never loses its own to a large one."""

    def __init__(self, most_bytes: int = MOST_BYTES) -> None:
        self._most_bytes = most_bytes
        self._bytes: dict[int, int] = {}
        self.held: dict[int, ParkReadings] = {}

    def take(self, readings: ParkReadings) -> list[int]:
        """Hold them too; answers the parks, largest first, that had to go for it."""
        self.held[readings.park_id] = readings
        self._bytes[readings.park_id] = _size(readings)
        gone = []
        while sum(self._bytes.values()) > self._most_bytes:
            largest = max(self._bytes, key=self._bytes.__getitem__)
            del self._bytes[largest], self.held[largest]
            gone.append(largest)
        return gone


def _size(readings: ParkReadings) -> int:
    """About what they take."""
    return sum(
        _READING_BYTES
        + (0 if reading.name is None else sys.getsizeof(reading.name))
        + (0 if reading.land is None else sys.getsizeof(reading.land.name))
        for reading in readings.readings
    )

"""Every park of a cycle ends as readings or as a failure, and none harms another."""

from __future__ import annotations

import threading
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from pathlib import Path

import pytest
from payloads import NOON, payload, ride
from waiting import PATIENCE_SECONDS

from park_downtime.feed.errors import FeedRejected, FeedUnavailable
from park_downtime.feed.fetching import fetch_cycle
from park_downtime.feed.readings import read_payload
from park_downtime.feed.samples import SampleStore
from park_downtime.feed.source import ParkListAnswer
from park_downtime.model import Cycle, ParkFailure, ParkOutcome, ParkReadings, TrackedPark

GOOD = payload(ride(1))


class Feed:
    """Answers with bytes, raises errors, or does what a function does; parks not named are good."""

    is_simulated = False

    def __init__(self, answers: Mapping[int, bytes | Exception | Callable[[], bytes]]) -> None:
        self.answers = answers
        self.asked: list[int] = []
        self.at_once = 0
        self.most_at_once = 0
        self._lock = threading.Lock()

    def payload(self, park_id: int, deadline: float) -> bytes:
        with self._lock:
            self.asked.append(park_id)
            self.at_once += 1
            self.most_at_once = max(self.most_at_once, self.at_once)
        try:
            answer = self.answers.get(park_id, GOOD)
            if isinstance(answer, Exception):
                raise answer
            return answer if isinstance(answer, bytes) else answer()
        finally:
            with self._lock:
                self.at_once -= 1

    def readings(self, park_id: int, payload: bytes, fetched_at: datetime) -> ParkReadings:
        return read_payload(park_id, payload, fetched_at)

    def park_list(self, etag: str | None, deadline: float) -> ParkListAnswer:
        raise AssertionError("who fetches knows the parks")


def tracked(ids: Sequence[int]) -> list[TrackedPark]:
    return [TrackedPark(park_id, f"Park {park_id}", "America/New_York") for park_id in ids]


def cycle(
    feed: Feed,
    ids: Sequence[int] = (5, 6, 7),
    deadline_seconds: float = PATIENCE_SECONDS,
    samples: Path | None = None,
) -> Cycle:
    store = SampleStore(samples) if samples is not None else None
    return fetch_cycle(feed, tracked(ids), NOON, 600, deadline_seconds, store)


def read(found: Cycle) -> list[int]:
    return [park.park_id for park in found.parks]


def test_a_cycle_has_the_readings_of_every_park_in_order() -> None:
    found = cycle(Feed({}), ids=(7, 5, 6))
    assert read(found) == [7, 5, 6]
    assert (found.recorded_at, found.interval_seconds, found.failures) == (NOON, 600, ())


def test_the_fetch_is_told_in_the_time_of_the_cycle() -> None:
    (park,) = cycle(Feed({}), ids=(5,)).parks
    assert NOON <= park.fetched_at <= NOON + timedelta(seconds=PATIENCE_SECONDS)


@pytest.mark.parametrize(
    ("answer", "outcome", "reason"),
    [
        (FeedUnavailable("HTTP 404"), ParkOutcome.FAILED, "HTTP 404"),
        (FeedRejected(6, "$", "longer than 8 bytes"), ParkOutcome.REJECTED, "$: longer than 8 bytes"),
        (b"<html>", ParkOutcome.REJECTED, "$: a page instead of JSON"),
        (ZeroDivisionError("oops"), ParkOutcome.FAILED, "internal error: ZeroDivisionError: oops"),
        (MemoryError(), ParkOutcome.FAILED, "internal error: MemoryError: "),
    ],
)
def test_a_park_that_fails_harms_no_other(
    answer: bytes | Exception, outcome: ParkOutcome, reason: str
) -> None:
    found = cycle(Feed({6: answer}))
    assert read(found) == [5, 7]
    assert found.failures == (ParkFailure(6, outcome, reason),)


def test_a_mistake_in_reading_one_park_harms_no_other(monkeypatch: pytest.MonkeyPatch) -> None:
    def mistaken(park_id: int, *rest: object) -> object:
        if park_id == 6:
            raise IndexError("no such place")
        return read_payload(park_id, *rest)  # type: ignore[arg-type]

    feed = Feed({})
    monkeypatch.setattr(feed, "readings", mistaken)
    found = cycle(feed)
    assert read(found) == [5, 7]
    assert found.failures[0].reason == "internal error: IndexError: no such place"


def test_hanging_parks_fail_at_the_deadline_and_the_others_are_kept() -> None:
    released = threading.Event()

    def hang() -> bytes:
        released.wait(PATIENCE_SECONDS)
        return GOOD

    feed = Feed({6: hang, 8: hang})
    found = cycle(feed, ids=range(5, 30), deadline_seconds=2.0)
    still_hanging = feed.at_once
    released.set()
    assert [failure.park_id for failure in found.failures] == [6, 8]
    assert found.failures[0].reason == "not answered before the cycle's deadline"
    assert len(found.parks) == 23
    assert still_hanging == 2


def test_when_six_hang_no_seventh_is_asked_neither_then_nor_after_the_deadline() -> None:
    released = threading.Event()

    def hang() -> bytes:
        released.wait(PATIENCE_SECONDS)
        return GOOD

    feed = Feed(dict.fromkeys(range(1, 21), hang))
    found = cycle(feed, ids=range(1, 21), deadline_seconds=2.0)
    released.set()
    assert len(found.failures) == 20
    assert (len(feed.asked), feed.most_at_once) == (6, 6)


def test_six_parks_are_asked_at_once() -> None:
    six = threading.Barrier(6)

    def meet() -> bytes:
        six.wait(PATIENCE_SECONDS)
        return GOOD

    feed = Feed(dict.fromkeys(range(1, 43), meet))
    assert len(cycle(feed, ids=range(1, 43), deadline_seconds=PATIENCE_SECONDS).parks) == 42


def test_a_cycle_without_parks_is_empty() -> None:
    found = cycle(Feed({}), ids=())
    assert (found.parks, found.failures) == ((), ())


def test_a_park_tracked_twice_is_asked_once() -> None:
    feed = Feed({})
    assert read(cycle(feed, ids=(5, 5))) == [5]
    assert feed.asked == [5]


def test_a_rejected_payload_is_logged_with_its_first_offending_place(
    caplog: pytest.LogCaptureFixture,
) -> None:
    cycle(Feed({6: payload(ride(1, wait_time="5"))}))
    facts = caplog.records[-1].__dict__
    assert (facts["park_id"], facts["park"], facts["path"]) == (6, "Park 6", "rides[0].wait_time")


def test_a_rejected_payload_is_kept(tmp_path: Path) -> None:
    cycle(Feed({6: b"<html>"}), samples=tmp_path)
    (path,) = tmp_path.iterdir()
    assert path.name == "20250709T120000Z_6.sample"
    assert path.read_bytes().endswith(b"\n<html>")


def test_of_an_answer_that_is_too_long_its_beginning_is_kept(tmp_path: Path) -> None:
    cycle(Feed({6: FeedRejected(6, "$", "longer than 8 bytes", b'{"lands"')}), samples=tmp_path)
    (path,) = tmp_path.iterdir()
    assert path.read_bytes().endswith(b'\n{"lands"')


def test_where_nothing_came_nothing_is_kept(tmp_path: Path) -> None:
    cycle(Feed({6: FeedUnavailable("HTTP 500")}), samples=tmp_path)
    assert list(tmp_path.iterdir()) == []

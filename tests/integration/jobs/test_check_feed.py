"""Two looks at a feed tell whether its stamps move; the simulated feed's clock stands for the pause."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from park_downtime.config.settings import Settings, load
from park_downtime.feed.assumptions.finding import Finding, Verdict
from park_downtime.feed.client import QueueTimes
from park_downtime.jobs.check_feed import FeedReport, check_feed
from park_downtime.simulator.quirks import parse_quirks
from park_downtime.simulator.server import SimulatedFeedServer
from park_downtime.simulator.worlds import synthetic_world


class Time:
    """Passes only where the check pauses."""

    def __init__(self) -> None:
        self.now = datetime(2026, 7, 4, 18, tzinfo=UTC)
        self.paused: list[float] = []

    def pause(self, seconds: float) -> None:
        self.paused.append(seconds)
        self.now += timedelta(seconds=seconds)


@pytest.fixture
def time() -> Time:
    return Time()


@pytest.fixture
def feed(time: Time) -> Iterator[SimulatedFeedServer]:
    with SimulatedFeedServer(synthetic_world(5, 20), lambda: time.now) as server:
        yield server


def settings_for(feed: SimulatedFeedServer, tmp_path: Path) -> Settings:
    return load({"QUEUE_TIMES_URL": feed.url, "SPOOL_DIR": str(tmp_path)}, env_file=tmp_path / ".env")


def checked(feed: SimulatedFeedServer, time: Time, tmp_path: Path, wait: float | None) -> FeedReport:
    settings = settings_for(feed, tmp_path)
    with QueueTimes(feed.url) as source:
        return check_feed(source, settings, lambda: time.now, wait, time.pause)


def stamps_move(report: FeedReport) -> Finding:
    (found,) = [finding for finding in report.findings if finding.name == "stamps move"]
    return found


def test_six_minutes_later_stamps_have_moved(feed: SimulatedFeedServer, time: Time, tmp_path: Path) -> None:
    found = stamps_move(checked(feed, time, tmp_path, 360))
    assert found.verdict is Verdict.HELD
    assert found.found.startswith("3 of 3 parks after 360 s; ")
    assert time.paused == [360]


def test_a_frozen_feed_is_found_out(feed: SimulatedFeedServer, time: Time, tmp_path: Path) -> None:
    feed.set_quirks(parse_quirks("*:frozen"))
    found = stamps_move(checked(feed, time, tmp_path, 360))
    assert found.verdict is Verdict.BROKEN
    assert found.found == "0 of 3 parks after 360 s; 0 of their entries changed state or wait"


def test_without_a_wait_nobody_waits(feed: SimulatedFeedServer, time: Time, tmp_path: Path) -> None:
    assert stamps_move(checked(feed, time, tmp_path, None)).verdict is Verdict.NOT_SEEN
    assert time.paused == []


def test_with_nobody_heard_nobody_waits(feed: SimulatedFeedServer, time: Time, tmp_path: Path) -> None:
    feed.set_quirks(parse_quirks("1:html,2:html,3:html,4:html,5:html"))
    report = checked(feed, time, tmp_path, 360)
    assert len(report.not_heard) == 5
    assert time.paused == []
    assert stamps_move(report).verdict is Verdict.NOT_SEEN


def test_five_parks_are_too_few_of_what_was_planned(
    feed: SimulatedFeedServer, time: Time, tmp_path: Path
) -> None:
    report = checked(feed, time, tmp_path, None)
    broken = {finding.name for finding in report.findings if finding.verdict is Verdict.BROKEN}
    assert broken == {"park list", "parks tracked", "rides"}


def test_no_more_entries_are_held_than_fit(
    feed: SimulatedFeedServer, time: Time, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("park_downtime.jobs.check_feed.MOST_ENTRIES_HELD", 70)
    report = checked(feed, time, tmp_path, None)
    assert len(report.not_heard) == 2
    assert all("more than 70 entries beside the other parks" in park for park in report.not_heard)


def test_nothing_is_written(feed: SimulatedFeedServer, time: Time, tmp_path: Path) -> None:
    checked(feed, time, tmp_path, None)
    assert list(tmp_path.iterdir()) == []


def test_every_park_is_asked_once_and_the_list_once(
    feed: SimulatedFeedServer, time: Time, tmp_path: Path
) -> None:
    asked: list[str] = []

    class Counting(QueueTimes):
        def park_list_unread(self, deadline: float) -> bytes:
            asked.append("list")
            return super().park_list_unread(deadline)

        def payload(self, park_id: int, deadline: float) -> bytes:
            asked.append(str(park_id))
            return super().payload(park_id, deadline)

    with Counting(feed.url) as source:
        check_feed(source, settings_for(feed, tmp_path), lambda: time.now, None, time.pause)
    assert sorted(asked) == ["1", "2", "3", "4", "5", "list"]

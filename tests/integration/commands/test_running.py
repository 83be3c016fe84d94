"""The long-running commands as processes of their own: they answer, and stop when told to."""

from __future__ import annotations

import json
import re
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path
from threading import Timer
from typing import Any

import pytest
import requests
from hanging_feed import HangingFeed
from waiting import PATIENCE_SECONDS, wait_until

from park_downtime.clock import monotonic_seconds
from park_downtime.simulator.quirks import parse_quirks
from park_downtime.simulator.server import SimulatedFeedServer
from park_downtime.simulator.worlds import synthetic_world

ADDRESS = re.compile(r"http://127\.0\.0\.1:\d+")
SUMMER_NOON = datetime(2026, 7, 4, 18, tzinfo=UTC)
STOP_SECONDS = 20
"""Less than what a stop must not wait for: three tries of ten seconds at a feed that hangs."""


class Running:
    """A process that has said its address."""

    def __init__(self, process: subprocess.Popen[str], url: str) -> None:
        self.process = process
        self.url = url

    def health_until(self, *statuses: str) -> dict[str, Any]:
        """The health once it is one of these."""
        return wait_until(
            " or ".join(statuses),
            self.health,
            lambda health: health["status"] in statuses and health["last_updated"] is not None,
        )

    def health(self) -> dict[str, Any]:
        health: dict[str, Any] = requests.get(self.url + "/api/health", timeout=PATIENCE_SECONDS).json()
        return health

    def stop(self, number: int = signal.SIGTERM) -> tuple[int, float]:
        """Exit status and how many seconds it took."""
        told_at = monotonic_seconds()
        self.process.send_signal(number)
        status = self.process.wait(timeout=PATIENCE_SECONDS)
        return status, monotonic_seconds() - told_at


@contextmanager
def running(*arguments: str) -> Iterator[Running]:
    with Path("stderr").open("w", encoding="utf-8") as stderr:
        process = subprocess.Popen(
            [sys.executable, "-m", "park_downtime.cli", *arguments],
            stdout=subprocess.PIPE,
            stderr=stderr,
            text=True,
        )
    killer = Timer(2 * PATIENCE_SECONDS, process.kill)
    killer.start()
    try:
        assert process.stdout is not None
        line = next((line for line in process.stdout if ADDRESS.search(line)), "")
        found = ADDRESS.search(line)
        assert found is not None, Path("stderr").read_text(encoding="utf-8")
        yield Running(process, found[0])
    finally:
        killer.cancel()
        process.kill()
        process.wait()
        if process.stdout is not None:
            process.stdout.close()


def log_events() -> list[dict[str, object]]:
    return [json.loads(line) for line in Path("stderr").read_text(encoding="utf-8").splitlines()]


def test_demo_serves_a_page_full_of_data_and_stops_at_sigterm(tmp_path: Path) -> None:
    with running("demo", "--port", "0", "--days", "2", "--database", str(tmp_path / "demo.sqlite")) as demo:
        health = demo.health_until("healthy")
        page = requests.get(demo.url + "/", timeout=PATIENCE_SECONDS)
        status, seconds = demo.stop()
    assert health["attribution"] == "Data powered by Queue-Times.com - https://queue-times.com"
    assert page.status_code == 200
    assert "Queue-Times.com" in page.text
    assert status == 0
    assert seconds < STOP_SECONDS
    assert (tmp_path / "demo.sqlite").exists()


def test_run_collects_at_once_and_stops_at_sigint(feed: SimulatedFeedServer) -> None:
    with running("run", "--port", "0") as server:
        server.health_until("healthy", "degraded")
        status, seconds = server.stop(signal.SIGINT)
    assert status == 0
    assert seconds < STOP_SECONDS
    (cycle,) = [event for event in log_events() if event["event"] == "cycle"]
    assert cycle["parks_ok"] == 3


def test_run_stays_up_without_the_feed_and_says_so_once(feed_is_away: str) -> None:
    with running("run", "--port", "0") as server:
        wait_until(
            "the advice to try the demo",
            lambda: Path("stderr").read_text(encoding="utf-8"),
            lambda said: "make demo" in said,
        )
        health = server.health()
        page = requests.get(server.url + "/", timeout=PATIENCE_SECONDS)
        assert server.process.poll() is None
    assert health["status"] == "degraded"
    assert "make demo" in health["checks"]["data_collection"]["message"]
    assert page.status_code == 200
    told = [str(event["event"]) for event in log_events() if "make demo" in str(event["event"])]
    assert len(told) == 1
    assert feed_is_away in told[0]


def test_a_hanging_feed_does_not_keep_it_from_stopping(monkeypatch: pytest.MonkeyPatch) -> None:
    feed = HangingFeed(synthetic_world(3, 4), lambda: SUMMER_NOON, quirks=parse_quirks("*:hang"))
    with feed:
        monkeypatch.setenv("QUEUE_TIMES_URL", feed.url)
        with running("run", "--port", "0") as server:
            assert feed.is_waited_for.wait(PATIENCE_SECONDS)
            status, seconds = server.stop()
    assert status == 0
    assert seconds < STOP_SECONDS


def test_serve_answers_without_collecting(feed: SimulatedFeedServer) -> None:
    migrated = subprocess.run(
        [sys.executable, "-m", "park_downtime.cli", "migrate"], check=False, timeout=PATIENCE_SECONDS
    )
    assert migrated.returncode == 0
    with running("serve", "--port", "0") as server:
        health = server.health()
        status, _ = server.stop()
    assert health["checks"]["database"]["status"] == "healthy"
    assert health["last_updated"] is None
    assert status == 0


def test_simulate_serves_the_park_list_until_stopped() -> None:
    with running("simulate", "--port", "0", "--world", "2x3", "--start", "2026-07-04T18:00") as feed:
        groups = requests.get(feed.url + "/parks.json", timeout=PATIENCE_SECONDS).json()
        status, _ = feed.stop()
    assert sorted(park["id"] for group in groups for park in group["parks"]) == [1, 2]
    assert status == 0


@pytest.mark.parametrize(
    ("command", "with_make"),
    [("run", ", or make run PORT={}"), ("serve", ""), ("demo", ", or make demo PORT={}"), ("simulate", "")],
)
def test_a_taken_port_is_one_clear_line_before_anything_is_made(
    command: str, with_make: str, feed: SimulatedFeedServer, tmp_path: Path
) -> None:
    port = int(feed.url.rpartition(":")[2])
    done = subprocess.run(
        [sys.executable, "-m", "park_downtime.cli", command, "--port", str(port)],
        capture_output=True,
        text=True,
        check=False,
        timeout=PATIENCE_SECONDS,
    )
    assert done.returncode == 1
    assert done.stderr == (
        f"Error: port {port} on 127.0.0.1 is taken by another program. "
        f"Another one: --port {port + 1}{with_make.format(port + 1)}\n"
    )
    assert list(tmp_path.rglob("*.sqlite*")) == []

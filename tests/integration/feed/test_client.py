"""The client against the simulated feed and against servers that misbehave, over real HTTP."""

from __future__ import annotations

import gzip
import json
import socket
import threading
import zlib
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from scripted_server import Script, ScriptedServer, answer
from waiting import PATIENCE_SECONDS, wait_until

from park_downtime import __version__
from park_downtime.clock import monotonic_seconds
from park_downtime.feed.client import QueueTimes, usable_etag
from park_downtime.feed.errors import FeedRejected, FeedUnavailable
from park_downtime.feed.fetching import fetch_cycle
from park_downtime.feed.samples import SampleStore
from park_downtime.model import Cycle, State, TrackedPark
from park_downtime.simulator.payload import park_list_json, queue_times_json
from park_downtime.simulator.quirks import parse_quirks
from park_downtime.simulator.server import SimulatedFeedServer
from park_downtime.simulator.worlds import default_world

WORLD = default_world()
AFTERNOON = datetime(2025, 7, 9, 19, 2, 3, tzinfo=UTC)
EMPTY = b'{"lands":[],"rides":[]}'
PARKS = (5, 6, 7, 16, 64, 65)
LISTED = json.dumps(
    [{"id": 1, "name": "A group", "parks": [{"id": 5, "name": "A park", "timezone": "America/New_York"}]}]
).encode()


@pytest.fixture(autouse=True)
def no_proxy(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")


@pytest.fixture
def feed() -> Iterator[SimulatedFeedServer]:
    with SimulatedFeedServer(WORLD, lambda: AFTERNOON) as server:
        yield server


def client(url: str, **limits: Any) -> QueueTimes:
    quick = {"first_pause_seconds": 0.01, "longest_pause_seconds": 0.02, "read_seconds": PATIENCE_SECONDS}
    return QueueTimes(url, **{**quick, **limits})


def ask(
    server: ScriptedServer | SimulatedFeedServer, seconds: float = PATIENCE_SECONDS, **limits: Any
) -> bytes:
    with client(server.url, **limits) as asking:
        return asking.payload(5, monotonic_seconds() + seconds)


def why_unavailable(
    server: ScriptedServer | SimulatedFeedServer, seconds: float = PATIENCE_SECONDS, **limits: Any
) -> str:
    with pytest.raises(FeedUnavailable) as raised:
        ask(server, seconds, **limits)
    return raised.value.reason


def cycle(feed: SimulatedFeedServer, quirks: str, seconds: float = PATIENCE_SECONDS, **limits: Any) -> Cycle:
    feed.set_quirks(parse_quirks(quirks))
    parks = [TrackedPark(park_id, f"Park {park_id}", "America/New_York") for park_id in PARKS]
    with client(feed.url, **limits) as asking:
        return fetch_cycle(asking, parks, AFTERNOON, 600, seconds)


def reasons(found: Cycle) -> dict[int, str]:
    return {failure.park_id: failure.reason for failure in found.failures}


# What is asked and what comes


def test_a_payload_comes_as_it_was_sent(feed: SimulatedFeedServer) -> None:
    assert ask(feed) == queue_times_json(WORLD, 5, AFTERNOON)


def test_the_park_list_is_read(feed: SimulatedFeedServer) -> None:
    with client(feed.url) as asking:
        parks = asking.park_list().parks
    assert parks is not None
    assert {park.park_id for park in parks} == set(WORLD.parks)


def test_the_park_list_comes_unread_as_it_was_sent(feed: SimulatedFeedServer) -> None:
    with client(feed.url) as asking:
        assert asking.park_list_unread(monotonic_seconds() + PATIENCE_SECONDS) == park_list_json(WORLD)


def test_an_unchanged_park_list_is_not_sent_again(feed: SimulatedFeedServer) -> None:
    with client(feed.url) as asking:
        first = asking.park_list()
        again = asking.park_list(first.etag)
    assert first.etag is not None
    assert (again.parks, again.etag) == (None, first.etag)


def test_a_changed_park_list_is_sent(feed: SimulatedFeedServer) -> None:
    with client(feed.url) as asking:
        answered = asking.park_list('W/"of yesterday"')
    assert answered.parks is not None
    assert answered.etag != 'W/"of yesterday"'


def test_an_etag_that_is_refused_is_left_out_once() -> None:
    with ScriptedServer(answer(b"", "431 Too Large"), answer(LISTED)) as server:
        with client(server.url) as asking:
            answered = asking.park_list('"remembered"')
        with_etag, without = server.requests
    assert answered.parks is not None
    assert 'If-None-Match: "remembered"' in with_etag
    assert "If-None-Match" not in without


def test_a_refusal_without_an_etag_is_not_asked_again() -> None:
    with ScriptedServer(answer(b"", "403 Forbidden")) as server:
        with client(server.url) as asking, pytest.raises(FeedUnavailable, match="HTTP 403"):
            asking.park_list()
        assert len(server.requests) == 1


@pytest.mark.parametrize("etag", ['"' + "e" * 60_000 + '"', '"caf\xe9"', '"a\tb"', ""])
def test_an_etag_that_cannot_be_sent_back_is_not_remembered(etag: str) -> None:
    assert usable_etag(etag) is None
    with ScriptedServer(answer(LISTED)) as server, client(server.url) as asking:
        asking.park_list(etag)
    assert "If-None-Match" not in server.requests[0]


def test_a_park_list_that_is_none_is_rejected(feed: SimulatedFeedServer) -> None:
    feed.set_quirks(parse_quirks("list:html"))
    with client(feed.url) as asking, pytest.raises(FeedRejected, match="a page instead of JSON"):
        asking.park_list()


@pytest.mark.parametrize(
    ("contact", "who"),
    [("https://example.org/me", "+https://example.org/me"), (None, "Theme Park Downtime Tracker")],
)
def test_the_feed_is_told_who_asks_and_that_gzip_is_welcome(contact: str | None, who: str) -> None:
    with ScriptedServer(answer(EMPTY)) as server, QueueTimes(server.url, contact) as asking:
        asking.payload(5, monotonic_seconds() + PATIENCE_SECONDS)
    lines = server.requests[0].splitlines()
    assert lines[0] == "GET /parks/5/queue_times.json HTTP/1.1"
    assert f"User-Agent: park-downtime/{__version__} ({who})" in lines
    assert "Accept-Encoding: gzip" in lines


def test_cookies_are_not_kept() -> None:
    with ScriptedServer(answer(EMPTY, set_cookie="a=b; Path=/")) as server, client(server.url) as asking:
        for _ in range(2):
            asking.payload(5, monotonic_seconds() + PATIENCE_SECONDS)
    assert "cookie" not in server.requests[1].lower()


def test_gzip_in_chunks_is_unpacked() -> None:
    packed = gzip.compress(EMPTY)
    head = b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nTransfer-Encoding: chunked\r\n\r\n"
    chunks = b"".join(b"%x\r\n%b\r\n" % (1, packed[at : at + 1]) for at in range(len(packed)))
    with ScriptedServer(head + chunks + b"0\r\n\r\n") as server:
        assert ask(server) == EMPTY


# Redirects


def test_a_redirect_on_the_same_host_is_followed() -> None:
    moved = answer(b"", "301 Moved Permanently", location="/en-US/parks/5/queue_times.json")
    with ScriptedServer(moved, answer(EMPTY)) as server:
        assert ask(server) == EMPTY
    assert server.requests[1].startswith("GET /en-US/parks/5/queue_times.json ")


@pytest.mark.parametrize(
    "target",
    ["http://127.0.0.2/parks.json", "//elsewhere.example/x", "http://127.0.0.1:1/", "file:///etc/passwd"],
)
def test_a_redirect_to_another_host_is_not_followed(target: str) -> None:
    with ScriptedServer(answer(b"", "302 Found", location=target)) as server:
        assert why_unavailable(server).startswith("redirected to another host")
    assert len(server.requests) == 1


def test_a_redirect_without_end_is_given_up() -> None:
    with ScriptedServer(answer(b"", "302 Found", location="/again")) as server:
        assert why_unavailable(server) == "redirected too often"
    assert len(server.requests) == 4


# What is worth another try


@pytest.mark.parametrize("status", ["429 Too Many", "500 Error", "502 Bad", "503 Away", "504 Late", "599 X"])
def test_what_may_pass_is_asked_again(status: str) -> None:
    with ScriptedServer(answer(b"", status), answer(EMPTY)) as server:
        assert ask(server) == EMPTY


@pytest.mark.parametrize("status", ["400 X", "401 X", "403 X", "404 X", "408 X", "410 X", "418 X", "451 X"])
def test_no_other_4xx_is_asked_again(status: str) -> None:
    with ScriptedServer(answer(b"", status)) as server:
        assert why_unavailable(server) == f"HTTP {status[:3]}"
    assert len(server.requests) == 1


@pytest.mark.parametrize("status", ["204 Nothing", "206 Partial", "304 Not Modified"])
def test_only_200_is_an_answer(status: str) -> None:
    with ScriptedServer(answer(b"", status)) as server:
        assert why_unavailable(server) == f"HTTP {status[:3]}"


def test_retry_after_is_honoured() -> None:
    with ScriptedServer(answer(b"", "429 Too Many", retry_after="1"), answer(EMPTY)) as server:
        begun = monotonic_seconds()
        assert ask(server) == EMPTY
    assert monotonic_seconds() - begun >= 1


def test_retry_after_beyond_the_deadline_is_a_failure_at_once() -> None:
    with ScriptedServer(answer(b"", "429 Too Many", retry_after="3600")) as server:
        begun = monotonic_seconds()
        assert why_unavailable(server, seconds=1000.0) == "HTTP 429"
    assert monotonic_seconds() - begun < PATIENCE_SECONDS


def lost(request: str, connection: socket.socket) -> None:
    """The connection ends without a word."""


@pytest.mark.parametrize(
    "first",
    [
        lost,
        b"HTTP/1.1 200 OK\r\nContent-Length: 99\r\n\r\n{",
        b"this is not HTTP\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Length: 3\r\n\r\nabc",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n",
    ],
)
def test_a_broken_answer_is_asked_again(first: Script | bytes) -> None:
    with ScriptedServer(first, answer(EMPTY)) as server:
        assert ask(server) == EMPTY


def test_a_timeout_is_asked_again() -> None:
    with ScriptedServer() as server:
        server.play(server.trickle(b"", b"", PATIENCE_SECONDS), answer(EMPTY))
        assert ask(server, read_seconds=1.0) == EMPTY


def test_nobody_there_is_told_in_one_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        port = listener.getsockname()[1]
    with client(f"http://127.0.0.1:{port}") as asking, pytest.raises(FeedUnavailable) as raised:
        asking.payload(5, monotonic_seconds() + PATIENCE_SECONDS)
    assert "Connection refused" in raised.value.reason
    assert raised.value.reason.endswith("(3 tries)")


@pytest.mark.parametrize("url", ["no address", "http://", "ftp://127.0.0.1", "http://[::1", "http://a..b"])
def test_an_impossible_address_is_unavailable(url: str) -> None:
    with client(url) as asking, pytest.raises(FeedUnavailable):
        asking.payload(5, monotonic_seconds() + PATIENCE_SECONDS)


# Bounds in time


OK_HEAD = b"HTTP/1.1 200 OK\r\n"


@pytest.mark.parametrize(
    ("head", "piece"),
    [
        pytest.param(b"", b"", id="silence"),
        pytest.param(b"", b"H", id="status line"),
        pytest.param(OK_HEAD, b"X-A: b\r\n", id="headers"),
        pytest.param(OK_HEAD + b"Content-Length: 9999\r\n\r\n", b" ", id="body"),
        pytest.param(OK_HEAD + b"Connection: close\r\n\r\n", b" ", id="body without length"),
        pytest.param(OK_HEAD + b"Transfer-Encoding: chunked\r\n\r\n", b"1\r\n \r\n", id="chunks"),
        pytest.param(b"", b"HTTP/1.1 100 Continue\r\n\r\n", id="continue for ever"),
    ],
)
def test_no_trickle_outlives_the_deadline(head: bytes, piece: bytes) -> None:
    with ScriptedServer() as server:
        server.play(server.trickle(head, piece, 0.02))
        begun = monotonic_seconds()
        reason = why_unavailable(server, seconds=0.5)
        seconds = monotonic_seconds() - begun
    assert reason in ("deadline reached", "timed out")
    assert 0.4 < seconds < PATIENCE_SECONDS


def test_a_trickle_is_given_up_before_the_deadline_and_asked_again() -> None:
    with ScriptedServer() as server:
        trickle = server.trickle(OK_HEAD + b"Content-Length: 9999\r\n\r\n", b" ", 0.02)
        server.play(trickle, answer(EMPTY))
        assert ask(server, answer_seconds=1.0) == EMPTY


def test_nothing_is_asked_after_the_deadline() -> None:
    with ScriptedServer(answer(EMPTY)) as server:
        assert why_unavailable(server, seconds=-1.0) == "deadline reached"
    assert server.requests == []


def test_closing_ends_what_is_under_way() -> None:
    reasons: list[str] = []
    with ScriptedServer() as server:
        server.play(server.trickle(OK_HEAD, b"X-A: b\r\n", 0.02))
        asking = client(server.url)

        def wait() -> None:
            try:
                asking.payload(5, monotonic_seconds() + PATIENCE_SECONDS)
            except FeedUnavailable as error:
                reasons.append(error.reason)

        thread = threading.Thread(target=wait)
        thread.start()
        wait_until("a request", lambda: list(server.requests))
        asking.close()
        thread.join(timeout=PATIENCE_SECONDS)
    assert reasons == ["stopped"]


# Bounds in size


def bomb(megabytes: int) -> bytes:
    packer = zlib.compressobj(9, zlib.DEFLATED, 31)
    return b"".join(packer.compress(b" " * 1_000_000) for _ in range(megabytes)) + packer.flush()


def test_forty_megabytes_are_rejected(feed: SimulatedFeedServer) -> None:
    feed.set_quirks(parse_quirks("5:huge=40"))
    with pytest.raises(FeedRejected, match="longer than 2500000 bytes") as raised:
        ask(feed)
    assert (raised.value.park_id, raised.value.path) == (5, "$")


def test_a_small_answer_that_unpacks_to_a_large_one_is_rejected() -> None:
    packed = bomb(100)
    assert len(packed) < 200_000
    with ScriptedServer(answer(packed, content_encoding="gzip")) as server:
        with pytest.raises(FeedRejected, match="longer than"):
            ask(server)
        assert len(server.requests) == 1


def test_an_endless_answer_is_rejected_when_it_is_too_long() -> None:
    with ScriptedServer() as server:
        server.play(server.trickle(OK_HEAD + b"Connection: close\r\n\r\n", b" " * 50_000, 0.001))
        with pytest.raises(FeedRejected, match="longer than 1000000 bytes"):
            ask(server, most_bytes=1_000_000)


# Whole cycles


def test_a_cycle_reads_every_park(feed: SimulatedFeedServer) -> None:
    found = cycle(feed, "")
    assert [park.park_id for park in found.parks] == list(PARKS)
    assert {reading.state for park in found.parks for reading in park.readings} == {State.OPEN, State.CLOSED}


@pytest.mark.parametrize(
    ("quirk", "reason"),
    [
        ("gone", "HTTP 404"),
        ("error=1", "HTTP 500 (3 tries)"),
        ("unavailable=1", "HTTP 503 (3 tries)"),
        ("html", "$: a page instead of JSON"),
        ("wrong_top", "$: Input should be"),
        ("truncated", "$: not JSON"),
        ("huge=9", "$: longer than 2500000 bytes"),
        ("odd=1", "lands[0].rides[0].name: Field required"),
        ("strings=1", "lands[0].rides[0].id: Input should be a valid integer"),
        ("reset=1", "no connection: ConnectionResetError"),
        ("hang", "timed out (3 tries)"),
        ("slow=60", "timed out (3 tries)"),
    ],
)
def test_one_park_that_fails_harms_no_other(feed: SimulatedFeedServer, quirk: str, reason: str) -> None:
    read_seconds = 1.0 if reason.startswith("timed out") else PATIENCE_SECONDS
    found = cycle(feed, f"6:{quirk}", read_seconds=read_seconds)
    assert [park.park_id for park in found.parks] == [5, 7, 16, 64, 65]
    assert list(reasons(found)) == [6]
    assert reasons(found)[6].startswith(reason)


@pytest.mark.parametrize("quirk", ["hang", "trickle=3600", "busy=1"])
def test_parks_that_never_end_are_given_up_at_the_deadline(feed: SimulatedFeedServer, quirk: str) -> None:
    begun = monotonic_seconds()
    found = cycle(feed, f"6:{quirk},64:{quirk}", seconds=2.5, read_seconds=1000.0)
    assert monotonic_seconds() - begun < PATIENCE_SECONDS
    assert [park.park_id for park in found.parks] == [5, 7, 16, 65]
    assert list(reasons(found)) == [6, 64]


def test_an_empty_park_is_accepted(feed: SimulatedFeedServer) -> None:
    found = cycle(feed, "6:empty")
    assert (found.failures, found.parks[1].readings) == ((), ())


def test_a_rejected_answer_is_kept_for_study(feed: SimulatedFeedServer, tmp_path: Path) -> None:
    feed.set_quirks(parse_quirks("6:huge=9"))
    parks = [TrackedPark(6, "Magic Kingdom", "America/New_York")]
    with client(feed.url) as asking:
        fetch_cycle(asking, parks, AFTERNOON, 600, PATIENCE_SECONDS, SampleStore(tmp_path))
    (path,) = tmp_path.iterdir()
    assert path.stat().st_size == 65536
    assert b'\n{"lands":' in path.read_bytes()

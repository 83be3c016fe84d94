"""The simulated feed over real HTTP."""

from __future__ import annotations

import json
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from http.client import HTTPConnection

import pytest
import requests
from hanging_feed import HangingFeed
from waiting import PATIENCE_SECONDS

from park_downtime.clock import monotonic_seconds
from park_downtime.simulator.payload import park_list_json, queue_times_json
from park_downtime.simulator.quirks import parse_quirks
from park_downtime.simulator.server import SimulatedFeedServer
from park_downtime.simulator.worlds import default_world, synthetic_world

WORLD = default_world()
AFTERNOON = datetime(2025, 7, 9, 19, 2, 3, tzinfo=UTC)


@pytest.fixture
def feed() -> Iterator[SimulatedFeedServer]:
    with SimulatedFeedServer(WORLD, lambda: AFTERNOON) as server:
        yield server


@pytest.fixture
def session() -> Iterator[requests.Session]:
    with requests.Session() as session:
        session.trust_env = False
        yield session


def get(
    session: requests.Session, feed: SimulatedFeedServer, path: str, timeout: float = PATIENCE_SECONDS
) -> requests.Response:
    return session.get(feed.url + path, timeout=timeout)


def test_a_park_is_served(feed: SimulatedFeedServer, session: requests.Session) -> None:
    answer = get(session, feed, "/parks/6/queue_times.json")
    assert answer.status_code == 200
    assert answer.content == queue_times_json(WORLD, 6, AFTERNOON)
    assert answer.headers["Content-Type"] == "application/json; charset=utf-8"
    assert answer.headers["Date"] == "Wed, 09 Jul 2025 19:02:03 GMT"


def test_the_address_with_a_language_says_the_same(
    feed: SimulatedFeedServer, session: requests.Session
) -> None:
    answer = get(session, feed, "/en-US/parks/6/queue_times.json")
    assert answer.content == queue_times_json(WORLD, 6, AFTERNOON)


def test_the_park_list_is_served_and_may_be_kept(
    feed: SimulatedFeedServer, session: requests.Session
) -> None:
    answer = get(session, feed, "/parks.json")
    assert answer.content == park_list_json(WORLD)
    assert answer.headers["Cache-Control"] == "max-age=60, public"
    assert answer.headers["ETag"].startswith('W/"')


def test_an_unchanged_park_list_is_answered_with_304(
    feed: SimulatedFeedServer, session: requests.Session
) -> None:
    etag = get(session, feed, "/parks.json").headers["ETag"]
    answer = session.get(feed.url + "/parks.json", headers={"If-None-Match": etag}, timeout=PATIENCE_SECONDS)
    assert (answer.status_code, answer.content) == (304, b"")


def test_gzip_only_where_it_is_accepted(feed: SimulatedFeedServer, session: requests.Session) -> None:
    url = feed.url + "/parks/6/queue_times.json"
    assert session.get(url, timeout=PATIENCE_SECONDS).headers["Content-Encoding"] == "gzip"
    plain = session.get(url, headers={"Accept-Encoding": "identity"}, timeout=PATIENCE_SECONDS)
    assert "Content-Encoding" not in plain.headers


def test_a_connection_is_kept(feed: SimulatedFeedServer) -> None:
    connection = HTTPConnection(feed.url.removeprefix("http://"), timeout=PATIENCE_SECONDS)
    connection.request("GET", "/parks/6/queue_times.json")
    connection.getresponse().read()
    kept = connection.sock
    connection.request("GET", "/parks/5/queue_times.json")
    assert connection.getresponse().read() == queue_times_json(WORLD, 5, AFTERNOON)
    assert connection.sock is kept
    connection.close()


@pytest.mark.parametrize("path", ["/", "/parks/4/queue_times.json", "/parks/x/queue_times.json"])
def test_what_is_not_there_is_404(feed: SimulatedFeedServer, session: requests.Session, path: str) -> None:
    assert get(session, feed, path).status_code == 404


@pytest.mark.parametrize(
    ("quirk", "status"), [("error", 500), ("unavailable", 503), ("busy", 429), ("gone", 404)]
)
def test_http_errors(feed: SimulatedFeedServer, session: requests.Session, quirk: str, status: int) -> None:
    feed.set_quirks(parse_quirks(f"6:{quirk}=1"))
    assert get(session, feed, "/parks/6/queue_times.json").status_code == status
    assert get(session, feed, "/parks/5/queue_times.json").status_code == 200


def test_busy_says_when_to_come_back(feed: SimulatedFeedServer, session: requests.Session) -> None:
    feed.set_quirks(parse_quirks("6:busy=1"))
    assert get(session, feed, "/parks/6/queue_times.json").headers["Retry-After"] == "1"


def test_a_share_of_requests_fails_the_same_each_time(session: requests.Session) -> None:
    def statuses() -> list[int]:
        with SimulatedFeedServer(WORLD, lambda: AFTERNOON, quirks=parse_quirks("*:error=0.3")) as feed:
            return [get(session, feed, "/parks/316/queue_times.json").status_code for _ in range(40)]

    first = statuses()
    assert 4 <= first.count(500) <= 20
    assert statuses() == first


def test_a_park_that_is_gone_leaves_the_list(feed: SimulatedFeedServer, session: requests.Session) -> None:
    feed.set_quirks(parse_quirks("6:gone"))
    ids = [park["id"] for group in get(session, feed, "/parks.json").json() for park in group["parks"]]
    assert 6 not in ids
    assert len(ids) == 69


def test_a_reset_connection(feed: SimulatedFeedServer, session: requests.Session) -> None:
    feed.set_quirks(parse_quirks("6:reset=1"))
    with pytest.raises(requests.ConnectionError, match=r"[Rr]eset"):
        get(session, feed, "/parks/6/queue_times.json")


def test_a_hanging_park_harms_no_other(feed: SimulatedFeedServer, session: requests.Session) -> None:
    feed.set_quirks(parse_quirks("6:hang"))
    with pytest.raises(requests.ReadTimeout):
        get(session, feed, "/parks/6/queue_times.json", timeout=0.2)
    assert get(session, feed, "/parks/5/queue_times.json").status_code == 200


def test_a_slow_park_is_slow(feed: SimulatedFeedServer, session: requests.Session) -> None:
    feed.set_quirks(parse_quirks("6:slow=0.2"))
    started = monotonic_seconds()
    assert get(session, feed, "/parks/6/queue_times.json").status_code == 200
    assert monotonic_seconds() - started >= 0.2


def test_a_trickling_body_takes_its_time_and_is_whole(
    feed: SimulatedFeedServer, session: requests.Session
) -> None:
    feed.set_quirks(parse_quirks("6:trickle=0.2"))
    started = monotonic_seconds()
    answer = get(session, feed, "/parks/6/queue_times.json")
    assert monotonic_seconds() - started >= 0.2
    assert answer.content == queue_times_json(WORLD, 6, AFTERNOON)


def test_a_page_instead_of_json(feed: SimulatedFeedServer, session: requests.Session) -> None:
    feed.set_quirks(parse_quirks("6:html"))
    answer = get(session, feed, "/parks/6/queue_times.json")
    assert answer.headers["Content-Type"].startswith("text/html")
    assert answer.text.startswith("<!DOCTYPE html>")


def test_forty_megabytes(feed: SimulatedFeedServer, session: requests.Session) -> None:
    feed.set_quirks(parse_quirks("6:huge"))
    answer = session.get(
        feed.url + "/parks/6/queue_times.json",
        headers={"Accept-Encoding": "identity"},
        stream=True,
        timeout=PATIENCE_SECONDS,
    )
    assert answer.headers["Content-Length"] == "40000000"
    answer.close()


def test_frozen_keeps_what_was_said_when_it_was_switched_on(session: requests.Session) -> None:
    moments = [AFTERNOON]
    with SimulatedFeedServer(WORLD, lambda: moments[-1]) as feed:
        before = get(session, feed, "/parks/64/queue_times.json").content
        feed.set_quirks(parse_quirks("64:frozen"))
        moments.append(datetime(2025, 7, 10, 8, tzinfo=UTC))
        assert get(session, feed, "/parks/64/queue_times.json").content == before


def test_quirks_are_switched_while_it_runs(feed: SimulatedFeedServer, session: requests.Session) -> None:
    assert session.post(feed.url + "/_quirks", data="6:error=1", timeout=PATIENCE_SECONDS).text == "6:error=1"
    assert get(session, feed, "/parks/6/queue_times.json").status_code == 500
    session.post(feed.url + "/_quirks", data="", timeout=PATIENCE_SECONDS)
    assert get(session, feed, "/parks/6/queue_times.json").status_code == 200


def test_wrong_quirks_are_refused_and_change_nothing(
    feed: SimulatedFeedServer, session: requests.Session
) -> None:
    answer = session.post(feed.url + "/_quirks", data="6:explode", timeout=PATIENCE_SECONDS)
    assert answer.status_code == 400
    assert "allowed: slow" in answer.text
    assert str(feed.quirks) == ""


def test_the_park_list_can_fail_alone(feed: SimulatedFeedServer, session: requests.Session) -> None:
    feed.set_quirks(parse_quirks("list:error=1"))
    assert get(session, feed, "/parks.json").status_code == 500
    assert get(session, feed, "/parks/6/queue_times.json").status_code == 200


def test_a_hundred_parks_over_six_connections() -> None:
    server = SimulatedFeedServer(synthetic_world(100, 10), lambda: AFTERNOON, latency_seconds=0.03)

    def lands(park_id: int) -> int:
        answer = requests.get(f"{server.url}/parks/{park_id}/queue_times.json", timeout=PATIENCE_SECONDS)
        return len(json.loads(answer.content)["lands"])

    with server, ThreadPoolExecutor(6) as pool:
        assert list(pool.map(lands, range(1, 101))) == [5] * 100


def test_stopping_does_not_wait_for_what_hangs() -> None:
    feed = HangingFeed(WORLD, lambda: AFTERNOON, quirks=parse_quirks("*:hang"))
    feed.start()
    with requests.Session() as session, ThreadPoolExecutor(1) as pool:
        waiting = pool.submit(get, session, feed, "/parks/6/queue_times.json")
        assert feed.is_waited_for.wait(PATIENCE_SECONDS)
        feed.stop()
        with pytest.raises(requests.ConnectionError):  # and not: it timed out
            waiting.result()


@pytest.mark.parametrize(
    "path", ["/parks.json", "/parks/6/queue_times.json", "/parks/999999/queue_times.json"]
)
def test_every_answer_says_that_it_is_simulated(
    session: requests.Session, feed: SimulatedFeedServer, path: str
) -> None:
    assert get(session, feed, path).headers["X-Simulated"] == "true"

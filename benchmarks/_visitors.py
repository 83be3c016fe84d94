"""Visitors of a site, at an even pace: each comes from another address, asks some pages and goes."""

from __future__ import annotations

import gzip
import ssl
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from http.client import HTTPException, HTTPResponse, HTTPSConnection
from random import Random

import apache
from apache import Apache

from benchmarks._requests import PATHS, PERIODS

CONNECTIONS = 4
PER_SECOND = 10
PAGES_OF_A_VISITOR = 25
PATIENCE_SECONDS = 60
MOST_TOLD = 2000  # letters of a failed answer

MOST_ASKED = (
    "/",
    "/js/app.js",
    "/live",
    "/api/parks/downtime",
    "/api/rides/downtime",
    "/api/rides/waittimes",
    "/api/now",
    "/api/health",
)
"""Half of what is asked; a quarter are the questions of the other benchmarks, a quarter are hardly ever asked
twice."""


@dataclass(frozen=True, slots=True)
class Asked:
    """One request: when it began on `time.monotonic`. `problem`: why it failed; `is_copy`: Apache repeated an
    answer.
    """

    path: str
    begun: float
    seconds: float
    problem: str | None
    is_copy: bool = False

    @property
    def is_of_the_program(self) -> bool:
        return self.path.startswith(("/api", "/live")) and not self.is_copy


class Visitors:
    """`asked` grows while they are there."""

    def __init__(self, server: Apache, parks: int, rides: int) -> None:
        self.asked: list[Asked] = []
        self._server, self._parks, self._rides = server, parks, rides
        self._tls = ssl.create_default_context(cafile=str(server.folder / "cert.pem"))
        self._leaving = threading.Event()

    @contextmanager
    def there(self) -> Iterator[Visitors]:
        threads = [threading.Thread(target=self._come, args=(number,)) for number in range(CONNECTIONS)]
        for thread in threads:
            thread.start()
        try:
            yield self
        finally:
            self._leaving.set()
            for thread in threads:
                thread.join()

    def _come(self, number: int) -> None:
        chance = Random(number)
        while not self._leaving.is_set():
            # The loopback has 16 million addresses: limits count each visitor alone.
            address = f"127.{chance.randint(1, 254)}.{chance.randint(0, 254)}.{chance.randint(1, 254)}"
            connection = HTTPSConnection(
                "127.0.0.1",
                self._server.https,
                timeout=PATIENCE_SECONDS,
                context=self._tls,
                source_address=(address, 0),
            )
            known: dict[str, str] = {}
            for _ in range(PAGES_OF_A_VISITOR):
                path, headers = self._question(chance)
                asked = _ask(connection, path, headers, known)
                self.asked.append(asked)
                if self._leaving.wait(max(0.0, CONNECTIONS / PER_SECOND - asked.seconds)):
                    break
            connection.close()

    def _question(self, chance: Random) -> tuple[str, dict[str, str]]:
        kind = chance.random()
        if kind < 0.5:
            return chance.choice(MOST_ASKED), {}
        if kind < 0.75:
            # Who shows a key is not answered with a copy.
            return chance.choice(PATHS), chance.choice(({}, {"X-API-Key": "none"}))
        return self._seldom_asked(chance), {}

    def _seldom_asked(self, chance: Random) -> str:
        period, order = chance.choice(PERIODS), chance.choice(("asc", "desc"))
        sort = chance.choice(("rank", "lost_hours", "uptime_percentage", "trend_percentage"))
        park, ride = chance.randint(1, self._parks), chance.randint(1, self._parks * self._rides)
        return chance.choice(
            (
                f"/api/parks/{park}/details?period={period}",
                f"/api/parks/{park}/timeline",
                f"/api/rides/{ride}/details?period={period}",
                f"/api/rides/downtime?period={period}&park_id={park}&sort={sort}&order={order}",
                # Not in canonical form, so that no cache in front keeps it.
                f"/api/rides/downtime?offset={chance.randint(0, 4900)}&period={period}",
                f"/api/rides/waittimes?limit={chance.randint(1, 200)}&mode=peak",
                f"/api/parks/downtime?period={period}&sort={sort}&order={order}&format=csv",
            )
        )


def _ask(connection: HTTPSConnection, path: str, headers: dict[str, str], known: dict[str, str]) -> Asked:
    """`known`: the ETags that this visitor's browser has by path."""
    sent = {"Host": apache.HOST, "Accept-Encoding": "gzip", **headers}
    if path in known:
        sent["If-None-Match"] = known[path]
    begun = time.monotonic()
    try:
        connection.request("GET", path, headers=sent)
        answer = connection.getresponse()
        body = answer.read()
    except (OSError, HTTPException) as error:
        connection.close()  # the next request opens it again
        return Asked(path, begun, time.monotonic() - begun, f"{type(error).__name__}: {error}")
    seconds = time.monotonic() - begun
    if "ETag" in answer.headers:
        known[path] = answer.headers["ETag"]
    is_whole = answer.status == 200 or (answer.status == 304 and "If-None-Match" in sent)
    is_copy = answer.headers.get("X-Cache", "").startswith("HIT")
    problem = None if is_whole else f"HTTP {answer.status}: {_text(answer, body)}"
    return Asked(path, begun, seconds, problem, is_copy)


def _text(answer: HTTPResponse, body: bytes) -> str:
    """What a failed answer says."""
    is_small = answer.headers.get("Content-Encoding") == "gzip"
    return (gzip.decompress(body) if is_small else body).decode("utf-8", "replace")[:MOST_TOLD]

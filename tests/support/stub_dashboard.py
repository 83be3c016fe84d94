"""Serves the dashboard's files, and answers of a stub world as the API would: ETag, 304, sorting, errors."""

from __future__ import annotations

import gzip
import json
import re
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlsplit

from stub_answers import ATTRIBUTION, NotFound, answer
from stub_world import World
from waiting import PATIENCE_SECONDS

from park_downtime.api import spec
from park_downtime.api.middleware.security_headers import DASHBOARD, POLICY
from park_downtime.api.parameters import canonical_query

FRONTEND = Path(__file__).parents[2] / "frontend"
KINDS = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
    ".png": "image/png",
    ".gif": "image/gif",
    ".woff2": "font/woff2",
}
COMPRESSED = ("text/", "json", "svg")  # as the servers of the program do
CODES = {400: "INVALID_PARAMETER", 429: "RATE_LIMITED"}


class StubDashboard(ThreadingHTTPServer):
    """`failing`: the status with which every API question is refused, or None.

    `earlier_moment`: what X-As-Of says, or None; `history`: what X-History says. `age`: how many seconds old
    answers are that a cache in front gives, whole each time; None: there is no such cache.
    While `gate` is not set, questions to the API wait. `not_canonical`: those that no cache in front would
    keep.
    """

    daemon_threads = True

    def __init__(self, world: World, port: int = 0) -> None:
        super().__init__(("127.0.0.1", port), Handler)
        self.begin(world)

    def begin(self, world: World) -> None:
        """As after a start with this world."""
        self.world = world
        self.failing: int | None = None
        self.earlier_moment: str | None = None
        self.history: str | None = None
        self.age: int | None = None
        self.gate = threading.Event()
        self.gate.set()
        self.asked: list[tuple[str, int]] = []
        self.not_canonical: list[str] = []

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}/"


def is_canonical(path: str, query: str) -> bool:
    """Whether the API lets caches in front keep an answer by this address."""
    operation = next((one for one in spec.operations().values() if fits(one.path, path)), None)
    return operation is None or query == canonical_query(operation, query.encode())


def fits(template: str, path: str) -> bool:
    return re.fullmatch(re.sub(r"\{\w+\}", "[1-9][0-9]*", template), path) is not None


class Handler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server: StubDashboard

    def do_GET(self) -> None:
        parts = urlsplit(self.path)
        if parts.path.startswith("/api/"):
            if not is_canonical(parts.path, parts.query):
                self.server.not_canonical.append(self.path)
            self._api(parts.path, dict(parse_qsl(parts.query)))
        else:
            self._file(parts.path)

    def _api(self, path: str, given: dict[str, str]) -> None:
        server = self.server
        server.gate.wait(PATIENCE_SECONDS)
        etag = f'"{server.world.version}-{server.world.park_count}-{server.world.is_stale}"'
        if server.failing is not None:
            self._refuse(server.failing, CODES.get(server.failing, "SERVICE_UNAVAILABLE"))
        elif self.headers.get("If-None-Match") == etag and server.age is None:
            self._send(304, b"", {"ETag": etag})
        elif given.get("format") == "csv":
            self._send(200, b"rank,name\r\n", {"Content-Type": "text/csv", "X-Attribution": ATTRIBUTION})
        else:
            try:
                body = answer(server.world, path, given)
            except NotFound:
                self._refuse(404, "RESOURCE_NOT_FOUND")
            else:
                self._send(200, json.dumps(body).encode(), {"Content-Type": "application/json", "ETag": etag})

    def _refuse(self, status: int, code: str) -> None:
        error = {"code": code, "message": "The database is away", "details": {}}
        body = {"success": False, "error": error, "attribution": ATTRIBUTION}
        self._send(
            status, json.dumps(body).encode(), {"Content-Type": "application/json", "Retry-After": "20"}
        )

    def _file(self, path: str) -> None:
        file = FRONTEND / (path.lstrip("/") or "index.html")
        if not file.resolve().is_relative_to(FRONTEND) or not file.is_file():
            self._send(404, b"", {})
        else:
            self._send(200, file.read_bytes(), {"Content-Type": KINDS.get(file.suffix, "text/plain")})

    def _send(self, status: int, body: bytes, headers: dict[str, str]) -> None:
        is_text = any(kind in headers.get("Content-Type", "") for kind in COMPRESSED)
        if is_text and "gzip" in self.headers.get("Accept-Encoding", ""):
            body, headers = gzip.compress(body, 6), headers | {"Content-Encoding": "gzip"}
        self.server.asked.append((self.path, status))
        self.send_response(status)
        everywhere: dict[str, Any] = {POLICY: DASHBOARD, "Cache-Control": "max-age=3600"}
        if self.server.earlier_moment:
            everywhere["X-As-Of"] = self.server.earlier_moment
        if self.server.history:
            everywhere["X-History"] = self.server.history
        if self.server.age is not None:
            everywhere["Age"] = str(self.server.age)
        for name, value in {**everywhere, **headers}.items():
            self.send_header(name, value)
        if status != 304:
            self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, format: str, *args: Any) -> None:
        """Tests read `asked` instead."""


@contextmanager
def stub_dashboard(world: World) -> Iterator[StubDashboard]:
    server = StubDashboard(world)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    try:
        yield server
    finally:
        server.shutdown()
        server.server_close()
        thread.join()

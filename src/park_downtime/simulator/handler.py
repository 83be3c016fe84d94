"""One request to the simulated feed: what is asked, what goes wrong, what is answered."""

from __future__ import annotations

import gzip
import hashlib
import logging
import re
import select
import socket
import struct
from dataclasses import replace
from email.utils import format_datetime
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler
from typing import TYPE_CHECKING, Any, cast

from .oddities import odd_body
from .payload import park_list_json, queue_times_json
from .quirks import PARK_LIST, PER_REQUEST, Quirks, QuirksInvalid, parse_quirks
from .world import UnknownPark

if TYPE_CHECKING:
    from .server import SimulatedFeedServer

log = logging.getLogger(__name__)

_PARK = re.compile(r"^(?:/[a-z]{2}(?:-[A-Z]{2})?)?/parks/(\d{1,9})/queue_times\.json$")
_PARKS = re.compile(r"^(?:/[a-z]{2}(?:-[A-Z]{2})?)?/parks\.json$")
_QUIRKS_PATH = "/_quirks"
_LONGEST_QUIRKS = 100_000
_TRICKLED_PIECES = 20
_RETRY_AFTER_SECONDS = 1


class FeedHandler(BaseHTTPRequestHandler):
    protocol_version = "HTTP/1.1"
    server_version = "simulated-feed"
    sys_version = ""
    disable_nagle_algorithm = True  # or every answer on a kept-alive connection waits 40 ms for an ACK
    wbufsize = -1

    @property
    def feed(self) -> SimulatedFeedServer:
        return cast("SimulatedFeedServer", cast(Any, self.server).feed)

    def do_GET(self) -> None:
        path = self.path.partition("?")[0]
        park = _PARK.match(path)
        if park is not None:
            self._answer_park(int(park.group(1)))
        elif _PARKS.match(path):
            self._answer_park_list()
        elif path == _QUIRKS_PATH:
            self._send(HTTPStatus.OK, str(self.feed.quirks).encode(), "text/plain")
        else:
            self._send_error(HTTPStatus.NOT_FOUND)

    def do_POST(self) -> None:
        length = self.headers.get("Content-Length", "")
        if self.path != _QUIRKS_PATH or not length.isdigit() or int(length) > _LONGEST_QUIRKS:
            self.close_connection = True  # the body, if there is one, is still unread
            self._send_error(HTTPStatus.NOT_FOUND if self.path != _QUIRKS_PATH else HTTPStatus.BAD_REQUEST)
            return
        text = self.rfile.read(int(length)).decode("utf-8", "replace")
        try:
            self.feed.set_quirks(parse_quirks(text))
        except QuirksInvalid as error:
            self._send(HTTPStatus.BAD_REQUEST, f"{error}\n".encode(), "text/plain")
            return
        self._send(HTTPStatus.OK, str(self.feed.quirks).encode(), "text/plain")

    def _answer_park(self, park_id: int) -> None:
        quirks = self._of_this_request(str(park_id), self.feed.quirks.of(park_id))
        if self._goes_wrong(str(park_id), quirks):
            return
        try:
            body = queue_times_json(self.feed.world, park_id, self.feed.clock(), quirks)
        except UnknownPark:
            self._send_error(HTTPStatus.NOT_FOUND)
            return
        self._send_feed(body, quirks)

    def _answer_park_list(self) -> None:
        plan = self.feed.quirks
        quirks = self._of_this_request(PARK_LIST, plan.of_park_list())
        if self._goes_wrong(PARK_LIST, quirks):
            return
        gone = {park_id for park_id in self.feed.world.parks if plan.of(park_id).gone}
        self._send_feed(odd_body(park_list_json(self.feed.world, gone), quirks), quirks)

    def _of_this_request(self, target: str, quirks: Quirks) -> Quirks:
        missed = {
            name: 0.0 for name in PER_REQUEST if not self.feed.is_struck(target, name, getattr(quirks, name))
        }
        return replace(quirks, **missed)  # type: ignore[arg-type]

    def _goes_wrong(self, target: str, quirks: Quirks) -> bool:
        """Waits as long as the quirks say; True: there is nothing more to answer."""
        self.feed.stopping.wait(self.feed.latency_seconds + quirks.slow)
        if self.feed.is_struck(target, "hang", quirks.hang):
            self._hang()
            return True
        if self.feed.is_struck(target, "reset", quirks.reset):
            self._reset()
            return True
        for name, amount, status in (
            ("gone", quirks.gone, HTTPStatus.NOT_FOUND),
            ("error", quirks.error, HTTPStatus.INTERNAL_SERVER_ERROR),
            ("unavailable", quirks.unavailable, HTTPStatus.SERVICE_UNAVAILABLE),
            ("busy", quirks.busy, HTTPStatus.TOO_MANY_REQUESTS),
        ):
            if self.feed.is_struck(target, name, amount):
                self._send_error(status)
                return True
        return False

    def _hang(self) -> None:
        """Silent until the client gives up or the server stops."""
        while not self.feed.stopping.is_set():
            readable, _, _ = select.select([self.connection], [], [], 0.1)
            if readable and not self.connection.recv(1, socket.MSG_PEEK):
                break
            if readable:
                self.feed.stopping.wait(0.1)
        self.close_connection = True

    def _reset(self) -> None:
        # No lingering: closing the socket then sends RST instead of FIN.
        self.connection.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
        self.close_connection = True

    def _send_feed(self, body: bytes, quirks: Quirks) -> None:
        etag = f'W/"{hashlib.blake2b(body, digest_size=16).hexdigest()}"'
        headers = {"ETag": etag, "Cache-Control": "max-age=60, public", "Vary": "Accept-Encoding"}
        if self.headers.get("If-None-Match") == etag:
            self._send(HTTPStatus.NOT_MODIFIED, b"", None, headers)
            return
        content_type = "text/html; charset=utf-8" if quirks.html else "application/json; charset=utf-8"
        if "gzip" in self.headers.get("Accept-Encoding", ""):
            body = gzip.compress(body, compresslevel=1, mtime=0)
            headers["Content-Encoding"] = "gzip"
        self._send(HTTPStatus.OK, body, content_type, headers, trickle_seconds=quirks.trickle)

    def _send_error(self, status: HTTPStatus) -> None:
        headers = {}
        if status in (HTTPStatus.TOO_MANY_REQUESTS, HTTPStatus.SERVICE_UNAVAILABLE):
            headers["Retry-After"] = str(_RETRY_AFTER_SECONDS)
        self._send(status, f"{status.value} {status.phrase}\n".encode(), "text/plain", headers)

    def _send(
        self,
        status: HTTPStatus,
        body: bytes,
        content_type: str | None,
        headers: dict[str, str] | None = None,
        trickle_seconds: float = 0.0,
    ) -> None:
        self.send_response(status)
        self.send_header("X-Simulated", "true")  # so that who stores it can say so
        for name, value in (headers or {}).items():
            self.send_header(name, value)
        if content_type is not None:
            self.send_header("Content-Type", content_type)
            self.send_header("Content-Length", str(len(body)))
        if self.close_connection:
            self.send_header("Connection", "close")
        self.end_headers()
        pieces = _TRICKLED_PIECES if trickle_seconds else 1
        size = max(1, -(-len(body) // pieces))
        for start in range(0, len(body), size):
            self.feed.stopping.wait(trickle_seconds / pieces)
            self.wfile.write(body[start : start + size])
            self.wfile.flush()

    def date_time_string(self, timestamp: float | None = None) -> str:
        return format_datetime(self.feed.clock(), usegmt=True)

    def log_message(self, format: str, *args: Any) -> None:
        log.debug(format, *args)

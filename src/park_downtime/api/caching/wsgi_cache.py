"""The short way for what is asked again and again: a finished answer goes out before Flask is entered.

What Flask answered once is sent as it was, under the same limit and with a log line of its own, while
the data version lasts. Everything else, and everything in doubt, goes the long way.
"""

from __future__ import annotations

from collections import OrderedDict
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from threading import Lock
from typing import TYPE_CHECKING, Any

from park_downtime import clock
from park_downtime.api.caching.cached_response import DATA_VERSION
from park_downtime.api.caching.data_version import DataVersion
from park_downtime.api.middleware.client_address import ClientAddresses
from park_downtime.api.middleware.rate_limits import RateLimit
from park_downtime.api.middleware.request_ids import REQUEST_ID, log_request, new_id
from park_downtime.database.availability import DATABASE_UNAVAILABLE

if TYPE_CHECKING:
    from _typeshed.wsgi import StartResponse, WSGIApplication, WSGIEnvironment

MOST_BYTES = 16 * 1024 * 1024
LONG_WAY = ("HTTP_IF_NONE_MATCH", "HTTP_ORIGIN", "HTTP_RANGE")
"""Requests with these headers are answered by Flask."""

Key = tuple[str, str, str]


@dataclass(frozen=True, slots=True)
class _Finished:
    etag: str
    headers: list[tuple[str, str]]
    body: bytes


class WsgiCache:
    """Wraps the application. `data_version` tells the present state of the data."""

    def __init__(
        self,
        app: WSGIApplication,
        data_version: Callable[[], DataVersion],
        limit: RateLimit,
        addresses: ClientAddresses,
        most_bytes: int = MOST_BYTES,
    ) -> None:
        self._app = app
        self._data_version = data_version
        self._limit = limit
        self._addresses = addresses
        self._most_bytes = most_bytes
        self._bytes = 0
        self._finished: OrderedDict[Key, _Finished] = OrderedDict()
        self._lock = Lock()

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        started = clock.monotonic_seconds()
        if environ["REQUEST_METHOD"] != "GET" or any(name in environ for name in LONG_WAY):
            return self._app(environ, start_response)
        key = (
            environ.get("PATH_INFO", ""),
            environ.get("QUERY_STRING", ""),
            environ.get("HTTP_ACCEPT_ENCODING", ""),
        )
        found = self._finished.get(key)
        if found is None:
            return self._remember(key, environ, start_response)
        if found.etag != self._present_etag() or not self._is_allowed(environ):
            self._forget(key)
            return self._remember(key, environ, start_response)
        request_id = new_id()
        start_response("200 OK", [*found.headers, (REQUEST_ID, request_id)])
        log_request(request_id, "GET", key[0], 200, started)
        return [found.body]

    def _present_etag(self) -> str | None:
        """None where Flask has to say why there is none."""
        try:
            return self._data_version().etag
        except DATABASE_UNAVAILABLE:
            return None

    def _is_allowed(self, environ: WSGIEnvironment) -> bool:
        """Counts the request; one that is not allowed is not counted, and Flask says so."""
        address = self._addresses.client(
            environ.get("REMOTE_ADDR") or "", environ.get("HTTP_X_FORWARDED_FOR")
        )
        return not self._limit.wait_seconds(address)

    def _remember(self, key: Key, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        said: list[Any] = []

        def watched_start(status: str, headers: list[tuple[str, str]], error: Any = None) -> Any:
            said[:] = [status, headers]
            return start_response(status, headers, error) if error else start_response(status, headers)

        answer = self._app(environ, watched_start)
        data_version = environ.get(DATA_VERSION)
        if data_version is None or not said or said[0] != "200 OK":
            return answer
        try:
            body = b"".join(answer)
        finally:
            getattr(answer, "close", lambda: None)()
        headers = [(name, value) for name, value in said[1] if name != REQUEST_ID]
        self._keep(key, _Finished(data_version.etag, headers, body))
        return [body]

    def _keep(self, key: Key, finished: _Finished) -> None:
        with self._lock:
            self._drop(key)
            self._finished[key] = finished
            self._bytes += _size(key, finished)
            while self._bytes > self._most_bytes:
                self._drop(next(iter(self._finished)))

    def _forget(self, key: Key) -> None:
        with self._lock:
            self._drop(key)

    def _drop(self, key: Key) -> None:
        finished = self._finished.pop(key, None)
        if finished is not None:
            self._bytes -= _size(key, finished)


def _size(key: Key, finished: _Finished) -> int:
    return len(finished.body) + sum(map(len, key)) + 2000

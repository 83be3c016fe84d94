"""Connections that can be cut: an answer that hangs or trickles ends when its time is up.

A read timeout does not do that: it begins anew with every byte that arrives.
"""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Iterator
from typing import Any

from requests.adapters import HTTPAdapter
from urllib3.connection import HTTPConnection, HTTPSConnection
from urllib3.connectionpool import HTTPConnectionPool, HTTPSConnectionPool


class Exchange:
    """One request and its answer, as long as it is under way in its thread."""

    def __init__(self) -> None:
        self.was_cut = False
        self._lock = threading.Lock()
        self._connection: HTTPConnection | None = None
        self._socket: socket.socket | None = None

    def uses(self, connection: HTTPConnection) -> None:
        """Told before connecting and after asking: an answer keeps the socket, not the connection."""
        with self._lock:
            self._connection = connection
            self._socket = connection.sock or self._socket
            if self.was_cut:
                self._shut()

    def cut(self) -> None:
        with self._lock:
            self.was_cut = True
            self._shut()

    def end(self) -> None:
        """From here on the connection may serve another exchange."""
        with self._lock:
            self._connection = self._socket = None

    def _shut(self) -> None:
        sockets = {self._socket, self._connection.sock if self._connection is not None else None}
        for each in sockets - {None}:
            with contextlib.suppress(OSError):  # already closed
                # Not SSLSocket.shutdown: that would pull TLS away under the thread that reads.
                socket.socket.shutdown(each, socket.SHUT_RDWR)  # type: ignore[arg-type]


class Exchanges:
    """Every exchange under way, each in a thread of its own."""

    def __init__(self) -> None:
        self._under_way: set[Exchange] = set()
        self._is_closed = False
        self._lock = threading.Lock()

    @contextlib.contextmanager
    def lasting_at_most(self, seconds: float) -> Iterator[Exchange]:
        """What this thread asks inside is cut after `seconds`, or when all of them are."""
        exchange = Exchange()
        with self._lock:
            self._under_way.add(exchange)
            if self._is_closed:
                exchange.cut()
        timer = threading.Timer(max(seconds, 0.0), exchange.cut)
        timer.daemon = True
        timer.start()
        _of_this_thread.exchange = exchange
        try:
            yield exchange
        finally:
            timer.cancel()
            exchange.end()
            _of_this_thread.exchange = None
            with self._lock:
                self._under_way.discard(exchange)

    def cut_all(self) -> None:
        """Those under way and those to come."""
        with self._lock:
            self._is_closed = True
            under_way = list(self._under_way)
        for exchange in under_way:
            exchange.cut()


class CuttableAdapter(HTTPAdapter):
    """Puts connections that report to their thread's exchange under a requests session."""

    def init_poolmanager(self, *arguments: Any, **options: Any) -> None:
        super().init_poolmanager(*arguments, **options)
        self.poolmanager.pool_classes_by_scheme = _POOLS

    def proxy_manager_for(self, *arguments: Any, **options: Any) -> Any:
        manager = super().proxy_manager_for(*arguments, **options)
        manager.pool_classes_by_scheme = _POOLS
        return manager


_of_this_thread = threading.local()


def _report(connection: HTTPConnection) -> None:
    exchange: Exchange | None = getattr(_of_this_thread, "exchange", None)
    if exchange is not None:
        exchange.uses(connection)


class _Plain(HTTPConnection):
    def connect(self) -> None:
        _report(self)
        super().connect()

    def request(self, *arguments: Any, **options: Any) -> None:
        super().request(*arguments, **options)
        _report(self)


class _Tls(HTTPSConnection):
    def connect(self) -> None:
        _report(self)
        super().connect()

    def request(self, *arguments: Any, **options: Any) -> None:
        super().request(*arguments, **options)
        _report(self)


class _PlainPool(HTTPConnectionPool):
    ConnectionCls = _Plain


class _TlsPool(HTTPSConnectionPool):
    ConnectionCls = _Tls


_POOLS = {"http": _PlainPool, "https": _TlsPool}

"""The simulated feed over real HTTP on the loopback, to be collected like the real one."""

from __future__ import annotations

import logging
import socket
import threading
from collections import Counter
from collections.abc import Callable
from datetime import datetime
from http.server import ThreadingHTTPServer
from types import TracebackType
from typing import Any

from .chance import share
from .handler import FeedHandler
from .quirks import QuirkPlan
from .world import World

log = logging.getLogger(__name__)


class SimulatedFeedServer:
    """Serves `world` as it is at `clock()`. `with SimulatedFeedServer(...) as feed: feed.url`.

    `POST /_quirks` with the text of a plan switches the quirks while it runs; an empty text ends them.
    """

    def __init__(
        self,
        world: World,
        clock: Callable[[], datetime],
        host: str = "127.0.0.1",
        port: int = 0,
        quirks: QuirkPlan | None = None,
        latency_seconds: float = 0.0,
    ) -> None:
        self.world = world
        self.clock = clock
        self.latency_seconds = latency_seconds
        self.stopping = threading.Event()
        self._requests: Counter[tuple[str, str]] = Counter()
        self._lock = threading.Lock()
        self._http = _HttpServer((host, port), self)
        self._thread: threading.Thread | None = None
        self.set_quirks(quirks or QuirkPlan())

    @property
    def url(self) -> str:
        """Without a slash at the end."""
        host, port = self._http.server_address[:2]
        return f"http://{host!s}:{port}"

    @property
    def quirks(self) -> QuirkPlan:
        return self._quirks

    def set_quirks(self, plan: QuirkPlan) -> None:
        """Takes effect with the next request; `frozen` freezes what the feed says now."""
        self._quirks = plan.switched_on_at(self.clock())

    def is_struck(self, target: str, quirk: str, amount: float) -> bool:
        """Whether this request is one of the share `amount`: the n-th request always has the same luck."""
        if amount <= 0:
            return False
        with self._lock:
            self._requests[target, quirk] += 1
            number = self._requests[target, quirk]
        return share("struck", self.world.seed, target, quirk, number) < amount

    def start(self) -> SimulatedFeedServer:
        self._thread = threading.Thread(target=self._http.serve_forever, args=(0.05,), daemon=True)
        self._thread.start()
        return self

    def stop(self) -> None:
        """Ends at once, whatever hangs."""
        self.stopping.set()
        if self._thread is not None:
            self._http.shutdown()
            self._thread.join()
        self._http.server_close()
        self._http.close_connections()

    def __enter__(self) -> SimulatedFeedServer:
        return self.start()

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        traceback: TracebackType | None,
    ) -> None:
        self.stop()


class _HttpServer(ThreadingHTTPServer):
    request_queue_size = 128

    def __init__(self, address: tuple[str, int], feed: SimulatedFeedServer) -> None:
        self.feed = feed
        self._connections: set[socket.socket] = set()
        self._handlers: set[threading.Thread] = set()
        super().__init__(address, FeedHandler)

    def process_request_thread(self, request: Any, client_address: Any) -> None:
        self._connections.add(request)
        self._handlers.add(threading.current_thread())
        try:
            super().process_request_thread(request, client_address)
        finally:
            self._connections.discard(request)
            self._handlers.discard(threading.current_thread())

    def close_connections(self) -> None:
        """Wakes the handlers that wait for a next request on a kept-alive connection."""
        for connection in list(self._connections):
            try:
                connection.shutdown(socket.SHUT_RDWR)
            except OSError:
                log.debug("connection was already closed")
        for handler in list(self._handlers):
            handler.join(timeout=2)

    def shutdown_request(self, request: Any) -> None:
        # A connection to be reset must not be shut down first: that would say goodbye properly.
        if request.getsockopt(socket.SOL_SOCKET, socket.SO_LINGER):
            self.close_request(request)
        else:
            super().shutdown_request(request)

    def handle_error(self, request: Any, client_address: Any) -> None:
        log.debug("request ended early", exc_info=True)

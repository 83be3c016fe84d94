"""The page and the API over HTTP in this process: waitress, until told to stop."""

from __future__ import annotations

import errno
import os
import socket
from collections.abc import Callable
from functools import partial
from threading import Event
from typing import TYPE_CHECKING, Any

from waitress import wasyncore
from waitress.server import create_server

from park_downtime.clock import monotonic_seconds
from park_downtime.server.connections import Channel, Connections, most_connections

if TYPE_CHECKING:
    from _typeshed.wsgi import WSGIApplication

THREADS = 8
ACCEPTED_AT_ONCE = 50
BEYOND_LIMIT = 100  # accepted before the next look ends others: waitress itself must not stop accepting
LARGEST_BODY_BYTES = 65_536  # the API takes no bodies at all
LOOK_SECONDS = 0.25
GRACE_SECONDS = 0.75
LAST_PORT = 65_535


class CannotListen(Exception):
    """The address cannot be listened on; says why and what to do.

    `make_target`: what starts the same command for those who type make.
    """

    def __init__(self, host: str, port: int, error: OSError, make_target: str | None = None) -> None:
        if error.errno == errno.EADDRINUSE:
            another = port + 1 if port < LAST_PORT else port - 1
            with_make = f", or make {make_target} PORT={another}" if make_target else ""
            why = (
                f"port {port} on {host} is taken by another program. Another one: --port {another}{with_make}"
            )
        else:
            why = f"cannot listen on {host} port {port}: {_reason(error)}"
        super().__init__(why)


def _reason(error: OSError) -> str:
    # create_server repeats the address in the text; resolvers count their errors differently.
    is_plain = error.errno is not None and not isinstance(error, socket.gaierror)
    return os.strerror(error.errno or 0) if is_plain else str(error.strerror or error)


class WebServer:
    """Answers what comes to a socket of `listen` while `serve` runs."""

    def __init__(
        self,
        app: WSGIApplication,
        listener: socket.socket,
        is_proxy: Callable[[str], bool] = lambda address: False,
        connections: Connections | None = None,
    ) -> None:
        """`connections` says how many there may be and for how long; else the program's own limits hold."""
        self._map: dict[int, Any] = {}
        self._connections = connections or Connections(is_proxy, most_connections())
        self._server = create_server(
            app,
            map=self._map,
            sockets=[listener],
            threads=THREADS,
            connection_limit=self._connections.most + BEYOND_LIMIT,
            log_socket_errors=False,
            ident="park-downtime",
            max_request_body_size=LARGEST_BODY_BYTES,
            asyncore_use_poll=True,
            # Whom to believe is the application's decision (TRUSTED_PROXIES).
            clear_untrusted_proxy_headers=False,
        )
        self._server.channel_class = Channel
        self._server.handle_accept = partial(_accept_several, self._server, self._server.handle_accept)

    @property
    def url(self) -> str:
        """Without a slash at the end; a wildcard address is shown as the loopback."""
        host, port = self._server.effective_host, self._server.effective_port
        host = {"0.0.0.0": "127.0.0.1", "::": "::1"}.get(host, host)  # noqa: S104 - shown, not listened on
        return f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"

    def serve(self, stopping: Event) -> None:
        """Answer requests until `stopping` is set, then let those in progress finish for a moment."""
        try:
            looked_at = monotonic_seconds()
            while not stopping.is_set():
                wasyncore.loop(timeout=LOOK_SECONDS, use_poll=True, map=self._map, count=1)
                now = monotonic_seconds()
                if now - looked_at >= LOOK_SECONDS:
                    looked_at = now
                    self._connections.look(list(self._server.active_channels.values()), now)
        finally:
            self.close()

    def close(self) -> None:
        self._server.task_dispatcher.shutdown(timeout=GRACE_SECONDS)
        wasyncore.close_all(self._map, ignore_all=True)


def _accept_several(server: Any, accept_one: Callable[[], None]) -> None:
    """waitress takes one each time it looks at all connections: behind a crowd a visitor would wait long."""
    for _ in range(ACCEPTED_AT_ONCE):
        before = len(server.active_channels)
        accept_one()
        if len(server.active_channels) == before:
            return


def listen(host: str, port: int, make_target: str | None = None) -> socket.socket:
    """Take the port before anything else is done: who comes early waits. Raises CannotListen.

    Our own socket, because waitress leaves threads and one behind where it cannot listen.
    """
    try:
        addresses = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
        family, _, _, _, address = min(addresses, key=lambda info: info[0] != socket.AF_INET)
        return socket.create_server(address[:2], family=family)
    except OSError as error:
        raise CannotListen(host, port, error, make_target) from error

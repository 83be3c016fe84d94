"""Connections that only hold on make room for whoever asks."""

from __future__ import annotations

import socket
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from http.client import HTTPConnection
from threading import Event, Thread
from typing import Any, cast
from urllib.parse import urlsplit

from park_downtime.server.connections import Channel, Connections, most_connections
from park_downtime.server.web_server import WebServer, listen

QUESTION = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"
BEGINNING = b"GET / HTTP/1.1\r\nHost: localhost\r\nX-Drip: "


def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Length", "0")])
    return [b""]


@contextmanager
def served(connections: Connections) -> Iterator[tuple[str, int]]:
    server, stopping = WebServer(app, listen("127.0.0.1", 0), connections=connections), Event()
    thread = Thread(target=server.serve, args=(stopping,))
    thread.start()
    try:
        yield "127.0.0.1", urlsplit(server.url).port or 0
    finally:
        stopping.set()
        thread.join(timeout=10)


def nobody(address: str) -> bool:
    return False


def status(visitor: HTTPConnection) -> int:
    visitor.request("GET", "/")
    answer = visitor.getresponse()
    answer.read()
    return answer.status


def ended(connection: socket.socket) -> bool:
    """Waits for the end that the server makes."""
    try:
        return connection.recv(1) == b""
    except ConnectionResetError:
        return True


def test_a_request_that_trickles_in_is_ended_at_its_deadline() -> None:
    with (
        served(Connections(nobody, request_seconds=0.5)) as address,
        socket.create_connection(address, timeout=30) as slow,
    ):
        slow.sendall(BEGINNING)
        assert ended(slow)


def test_an_idle_visitor_keeps_the_connection_beyond_that_deadline() -> None:
    with served(Connections(nobody, request_seconds=0.3)) as address, ExitStack() as kept:
        visitor = HTTPConnection(*address, timeout=30)
        kept.callback(visitor.close)
        assert status(visitor) == 200
        socket_used = visitor.sock
        slow = kept.enter_context(socket.create_connection(address, timeout=30))
        slow.sendall(BEGINNING)
        assert ended(slow)  # the deadline has passed
        assert (status(visitor), visitor.sock) == (200, socket_used)


def test_a_crowd_of_dripping_ones_makes_room_for_who_asks() -> None:
    with served(Connections(nobody, most=30, most_of_one=20)) as address, ExitStack() as kept:
        for _ in range(60):
            slow = kept.enter_context(socket.create_connection(address, timeout=30))
            slow.sendall(BEGINNING)
        visitor = kept.enter_context(socket.create_connection(address, timeout=30))
        visitor.sendall(QUESTION)
        assert visitor.recv(15) == b"HTTP/1.1 200 OK"


# Who goes, on drawn channels


@dataclass
class Drawn:
    address: str
    idle_since: float
    is_served: bool = False
    asking_since: float | None = None
    will_close: bool = False


def staying(channels: list[Drawn], is_proxy: Callable[[str], bool] = nobody, **limits: int) -> list[Drawn]:
    Connections(is_proxy, **limits).look(cast("list[Channel]", channels), now=100.0)
    return [channel for channel in channels if not channel.will_close]


def test_of_one_address_the_idlest_go() -> None:
    channels = [Drawn("a", idle_since=moment) for moment in (3.0, 1.0, 2.0, 4.0)]
    assert [channel.idle_since for channel in staying(channels, most_of_one=2)] == [3.0, 4.0]


def test_who_is_being_served_stays() -> None:
    channels = [Drawn("a", 1.0, is_served=True), Drawn("a", 2.0), Drawn("a", 3.0)]
    assert [channel.idle_since for channel in staying(channels, most_of_one=1)] == [1.0]


def test_a_proxy_speaks_for_many() -> None:
    channels = [Drawn("proxy", float(moment)) for moment in range(50)]
    assert len(staying(channels, lambda address: address == "proxy", most_of_one=10)) == 50


def test_where_all_are_too_many_those_with_the_most_pay() -> None:
    crowd = [Drawn("crowd", float(moment)) for moment in range(50)]
    few = [Drawn(f"visitor {number}", 0.0) for number in range(10)]
    left = staying([*crowd, *few], most=30, most_of_one=100)
    assert len(left) == 30
    assert [channel for channel in left if channel.address != "crowd"] == few


def test_the_system_is_asked_for_enough_open_files() -> None:
    assert most_connections() > 100

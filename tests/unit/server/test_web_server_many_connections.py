"""Browsers keep their connections: more of them than the server has threads are answered all the same."""

from __future__ import annotations

import socket
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from threading import Event, Thread
from typing import Any
from urllib.parse import urlsplit

import pytest
from waiting import PATIENCE_SECONDS

from park_downtime.server.web_server import WebServer, listen

VISITORS = 150
QUESTION = b"GET / HTTP/1.1\r\nHost: localhost\r\n\r\n"


def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Length", "0")])
    return [b""]


@pytest.fixture
def address() -> Iterator[tuple[str, int]]:
    server, stopping = WebServer(app, listen("127.0.0.1", 0)), Event()
    thread = Thread(target=server.serve, args=(stopping,))
    thread.start()
    yield "127.0.0.1", urlsplit(server.url).port or 0
    stopping.set()
    thread.join(timeout=PATIENCE_SECONDS)


def test_every_visitor_is_answered_while_all_keep_their_connection(address: tuple[str, int]) -> None:
    with ExitStack() as kept:
        answers = []
        for _ in range(VISITORS):
            connection = kept.enter_context(socket.create_connection(address, timeout=PATIENCE_SECONDS))
            connection.sendall(QUESTION)
            answers.append(connection.recv(15))
    assert answers == [b"HTTP/1.1 200 OK"] * VISITORS

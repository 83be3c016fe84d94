"""The web server listens, says where, and ends when told to."""

from __future__ import annotations

import errno
import socket
from collections.abc import Iterable
from threading import Event, Thread
from typing import Any

import pytest
import requests
from waiting import PATIENCE_SECONDS

from park_downtime.server.web_server import CannotListen, WebServer, listen

STOP_SECONDS = 30
"""Far more than the second of grace, and less than a kept connection may last."""


def app(environ: dict[str, Any], start_response: Any) -> Iterable[bytes]:
    start_response("200 OK", [("Content-Type", "text/plain")])
    return [environ["PATH_INFO"].encode()]


def test_it_answers_on_a_free_port_and_stops_when_told_to() -> None:
    server, stopping = WebServer(app, listen("127.0.0.1", 0)), Event()
    thread = Thread(target=server.serve, args=(stopping,))
    thread.start()
    try:
        assert requests.get(server.url + "/here", timeout=PATIENCE_SECONDS).text == "/here"
    finally:
        stopping.set()
        thread.join(timeout=STOP_SECONDS)
    assert not thread.is_alive()
    with pytest.raises(requests.ConnectionError):
        requests.get(server.url, timeout=PATIENCE_SECONDS)


def test_a_taken_port_is_one_clear_line() -> None:
    with socket.create_server(("127.0.0.1", 0)) as other:
        port = other.getsockname()[1]
        with pytest.raises(CannotListen) as error:
            listen("127.0.0.1", port)
    assert str(error.value) == (
        f"port {port} on 127.0.0.1 is taken by another program. Another one: --port {port + 1}"
    )


@pytest.mark.parametrize(("port", "another"), [(8000, 8001), (65535, 65534)])
def test_who_types_make_is_told_the_words_of_make(port: int, another: int) -> None:
    error = CannotListen("127.0.0.1", port, OSError(errno.EADDRINUSE, "taken"), "demo")
    assert str(error).endswith(f" Another one: --port {another}, or make demo PORT={another}")


def test_an_address_that_is_not_ours_is_refused_in_words() -> None:
    with pytest.raises(CannotListen, match=r"cannot listen on 203\.0\.113\.1 port 0: "):
        listen("203.0.113.1", 0)


def test_an_unknown_host_is_refused_in_words() -> None:
    with pytest.raises(CannotListen, match=r"cannot listen on nowhere\.invalid port 0: "):
        listen("nowhere.invalid", 0)

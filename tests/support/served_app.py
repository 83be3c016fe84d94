"""An application on a port of its own, for what can ask by HTTP only."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Event, Thread

from flask import Flask

from park_downtime.server.web_server import WebServer, listen


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """Its address, without a `/` at the end."""
    with listen("127.0.0.1", 0) as listener:
        web = WebServer(app, listener)
        stopping = Event()
        thread = Thread(target=web.serve, args=(stopping,))
        thread.start()
        try:
            yield web.url
        finally:
            stopping.set()
            thread.join()

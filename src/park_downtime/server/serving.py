"""Dashboard and API on a database that others keep filled.

Imports nothing that collects or makes nights: `serve` would hold 15 MB of it and never use them.
"""

from __future__ import annotations

import logging
from collections.abc import Callable
from datetime import datetime
from socket import socket
from threading import Event, Thread

from flask import Flask
from sqlalchemy import Engine

from park_downtime.api.app import create_app
from park_downtime.api.app_context import service_of
from park_downtime.api.middleware.client_address import ClientAddresses
from park_downtime.config.heap_tuning import keep_little
from park_downtime.config.settings import Settings
from park_downtime.database.engine import DATABASE_UNAVAILABLE, VISITORS, in_one_line, make_engine
from park_downtime.server.web_server import WebServer

log = logging.getLogger(__name__)

Announce = Callable[[str], None]


def serve_only(
    settings: Settings,
    engine: Engine,
    listener: socket,
    stopping: Event,
    announce: Announce,
    as_of: datetime | None = None,
) -> None:
    """Until `stopping` is set; `announce` is told the address once it answers."""
    replica = make_engine(settings.database_read_url, VISITORS) if settings.database_read_url else None
    try:
        web, _ = web_server(settings, engine, listener, replica=replica, as_of=as_of)
        announce(web.url)
        web.serve(stopping)
    finally:
        if replica is not None:
            replica.dispose()


def web_server(
    settings: Settings,
    engine: Engine,
    listener: socket,
    *,
    replica: Engine | None = None,
    as_of: datetime | None = None,
) -> tuple[WebServer, Flask]:
    """The server, and the application that it serves."""
    keep_little()
    app = create_app(settings, engine, read_engine=replica, as_of=as_of)
    _work_out_moment(app)
    return WebServer(app, listener, ClientAddresses(settings.trusted_proxies).is_proxy), app


def _work_out_moment(app: Flask) -> None:
    """An earlier moment that is to be shown, beside the start: who asks meanwhile waits for it."""
    past = service_of(app).past
    if past is None:
        return

    def work_out() -> None:
        try:
            past.refresh()
        except DATABASE_UNAVAILABLE as error:
            # It may come back; until then every answer says so.
            log.error("the moment is not known yet", extra={"reason": in_one_line(error)})

    Thread(target=work_out, name="moment", daemon=True).start()

"""Every request has an id: in the answer's X-Request-Id and in the log. Addresses are in neither."""

from __future__ import annotations

import logging
import secrets

from flask import Flask, Response, g, request

from park_downtime import clock
from park_downtime.api.middleware.errors import shortened
from park_downtime.config.logs import REQUESTS

log = logging.getLogger(REQUESTS)

REQUEST_ID = "X-Request-Id"


def new_id() -> str:
    return secrets.token_hex(8)


def log_request(request_id: str, method: str, path: str, status: int, started: float) -> None:
    """`started` is on clock.monotonic_seconds."""
    if log.isEnabledFor(logging.INFO):
        milliseconds = round(1000 * (clock.monotonic_seconds() - started), 1)
        log.info(
            "request",
            extra={
                "request_id": request_id,
                "method": shortened(method),
                "path": shortened(path),
                "status": status,
                "milliseconds": milliseconds,
            },
        )


def install(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.request_id = new_id()
    g.started = clock.monotonic_seconds()


def _end(response: Response) -> Response:
    response.headers[REQUEST_ID] = g.request_id
    log_request(g.request_id, request.method, request.path, response.status_code, g.started)
    return response

"""Every request has an id: in the answer's X-Request-Id and in the log. Addresses are in neither."""

from __future__ import annotations

import logging
import secrets

from flask import Flask, Response, g, request

from park_downtime import clock
from park_downtime.api.errors import shortened

log = logging.getLogger(__name__)


def install(app: Flask) -> None:
    app.before_request(_begin)
    app.after_request(_end)


def _begin() -> None:
    g.request_id = secrets.token_hex(8)
    g.started = clock.monotonic_seconds()


def _end(response: Response) -> Response:
    response.headers["X-Request-Id"] = g.request_id
    if log.isEnabledFor(logging.INFO):
        log.info(
            "request",
            extra={
                "request_id": g.request_id,
                "method": request.method,
                "path": shortened(request.path),
                "status": response.status_code,
                "milliseconds": round(1000 * (clock.monotonic_seconds() - g.started), 1),
            },
        )
    return response

"""While the history of a demo is filled in, every answer says so in a header: what is missing is no zero."""

from __future__ import annotations

from flask import Flask, Response

from park_downtime.api.app_context import Service

HISTORY = "X-History"


def install(app: Flask, service: Service) -> None:
    def add(response: Response) -> Response:
        if service.history is not None:
            response.headers[HISTORY] = service.history
        return response

    app.after_request(add)

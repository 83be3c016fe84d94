"""Headers that say what an answer is not: not of now (--as-of), or not whole (a demo's history).

No page shall take an earlier moment for now, nor what is missing for a zero.
"""

from __future__ import annotations

from datetime import datetime

from flask import Flask, Response

from park_downtime.api.app_context import AppContext
from park_downtime.api.envelope import instant

AS_OF = "X-As-Of"
HISTORY = "X-History"


def install(app: Flask, service: AppContext, as_of: datetime | None) -> None:
    def add(response: Response) -> Response:
        if as_of is not None:
            response.headers[AS_OF] = instant(as_of)
        if service.history is not None:
            response.headers[HISTORY] = service.history
        return response

    app.after_request(add)

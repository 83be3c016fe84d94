"""With --as-of every answer names the earlier moment in a header, so that no page takes it for now."""

from __future__ import annotations

from datetime import datetime

from flask import Flask, Response

from park_downtime.api.envelope import instant

AS_OF = "X-As-Of"


def install(app: Flask, as_of: datetime | None) -> None:
    if as_of is None:
        return

    def add(response: Response) -> Response:
        response.headers[AS_OF] = instant(as_of)
        return response

    app.after_request(add)

"""The application factory: one Flask application over one database."""

from __future__ import annotations

from datetime import datetime

from flask import Flask, Response
from sqlalchemy import Engine

from park_downtime import __version__
from park_downtime.api import live_page
from park_downtime.api.envelope import envelope, json_response
from park_downtime.api.resources import health
from park_downtime.api.service import EXTENSION, Service, service
from park_downtime.clock import Clock, utc_now
from park_downtime.settings import Settings


def create_app(
    settings: Settings,
    engine: Engine,
    *,
    read_engine: Engine | None = None,
    as_of: datetime | None = None,
    clock: Clock = utc_now,
) -> Flask:
    """Answers the API under `/api` and the pages beside it. Does not ask the database yet.

    `as_of` shows everything as it stood at that moment.
    """
    app = Flask("park_downtime.api", static_folder=None, template_folder="templates")
    app.extensions[EXTENSION] = Service(settings, engine, read_engine or engine, as_of, clock)
    app.add_url_rule("/api/health", "health", _health)
    app.add_url_rule("/", "home", live_page.live)
    app.add_url_rule("/live", "live", live_page.live)
    return app


def _health() -> Response:
    found = health.check(service())
    answer = envelope(
        found.as_of,
        found.is_stale,
        {},
        status=str(found.health),
        version=__version__,
        checks=found.checks,
    )
    response = json_response(answer, found.http_status)
    response.headers["Cache-Control"] = "no-store"
    return response

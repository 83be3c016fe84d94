"""The page without script: what every park says now, as plain tables."""

from __future__ import annotations

import base64
import hashlib
from datetime import datetime
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo

from flask import Response, render_template

from park_downtime.api.attribution import park_url, ride_url
from park_downtime.api.resources.health import feed_message
from park_downtime.api.service import service
from park_downtime.database.cycles import latest_cycle
from park_downtime.database.engine import DATABASE_AWAY
from park_downtime.database.live import LivePark, LiveView, live_parks
from park_downtime.model import State

EMPTY = LiveView(None, None, ())


@cache
def style() -> str:
    return (files("park_downtime.api") / "templates" / "style.html").read_text("utf-8")


@cache
def style_source() -> str:
    """What a content security policy must allow for this page's one style element."""
    digest = hashlib.sha256(style().encode()).digest()
    return f"'sha256-{base64.b64encode(digest).decode()}'"


def live() -> Response:
    asked = service()
    database_is_away = False
    view, trouble = EMPTY, asked.feed_trouble
    try:
        with asked.reading() as connection:
            view = live_parks(connection, asked.as_of)
            trouble = feed_message(asked, latest_cycle(connection, not_after=asked.as_of))
    except DATABASE_AWAY:
        database_is_away = True
    page = render_template(
        "live.html",
        view=view,
        trouble=trouble,
        database_is_away=database_is_away,
        is_stale=view.is_stale_at(asked.now()),
        style=style(),
        park_url=park_url,
        ride_url=ride_url,
        local_time=_local_time,
        park_state=_park_state,
        State=State,
    )
    response = Response(page, status=503 if database_is_away else 200, mimetype="text/html")
    response.headers["Content-Security-Policy"] = (
        f"default-src 'none'; style-src {style_source()}; base-uri 'none'; form-action 'none'"
    )
    return response


def _local_time(moment: datetime, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M %Z")


def _park_state(park: LivePark, is_stale: bool) -> str:
    if is_stale or park.is_running is None:
        return "Unknown"
    return "The park is running" if park.is_running else "The park is closed"

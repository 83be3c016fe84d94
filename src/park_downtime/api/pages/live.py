"""The page without script: what every park says now, as plain tables."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Response

from park_downtime.api.app_context import Service, service
from park_downtime.api.caching.cached_response import Kept, send_edition
from park_downtime.api.caching.data_version import Edition
from park_downtime.api.fields import park_url, ride_url
from park_downtime.api.pages.templates import page
from park_downtime.api.resources.health import feed_message
from park_downtime.database.cycles import latest_cycle
from park_downtime.judging.moment import moment
from park_downtime.model import State
from park_downtime.reports.live import LivePark, live_view


def live() -> Response:
    asked = service()
    edition = asked.edition()
    key = ("live page", asked.feed_trouble)
    kept = asked.answers.get(edition, key, lambda: _render(asked, edition), lambda made: made.size)
    return send_edition(kept, edition, asked.settings)


def _render(asked: Service, edition: Edition) -> Kept:
    with asked.reading() as connection:
        view = live_view(connection, moment(connection), asked.now())
        is_feed_away = feed_message(asked, latest_cycle(connection)) is not None
    return page(
        "live.html",
        is_simulated=edition.is_simulated,
        view=view,
        is_feed_away=is_feed_away,
        park_url=park_url,
        ride_url=ride_url,
        local_time=local_time,
        park_state=_park_state,
        State=State,
    )


def local_time(moment: datetime, zone: str) -> str:
    return moment.astimezone(ZoneInfo(zone)).strftime("%Y-%m-%d %H:%M %Z")


def _park_state(park: LivePark) -> str:
    if park.is_running is None:
        return "Unknown"
    return "The park is running" if park.is_running else "The park is closed"

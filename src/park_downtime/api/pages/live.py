"""The page without script: what every park says now, as plain tables."""

from __future__ import annotations

from datetime import datetime
from zoneinfo import ZoneInfo

from flask import Response, request

from park_downtime.api.app_context import AppContext, service
from park_downtime.api.caching.cached_response import CachedResponse, send_at_version
from park_downtime.api.caching.data_version import DataVersion
from park_downtime.api.fields import park_url, ride_url
from park_downtime.api.pages.templates import page
from park_downtime.api.resources.health import feed_message
from park_downtime.database.cycles import latest_cycle
from park_downtime.judging.moment import moment
from park_downtime.model import State
from park_downtime.reports.live import LivePark, live_view


def live() -> Response:
    context = service()
    data_version = context.data_version()
    key = ("live page", context.feed_trouble)
    cached = context.answers.get(
        data_version, key, lambda: _render(context, data_version), lambda made: made.size
    )
    is_canonical = not request.query_string
    return send_at_version(cached, data_version, context.settings, is_canonical=is_canonical)


def _render(context: AppContext, data_version: DataVersion) -> CachedResponse:
    with context.reading() as connection:
        view = live_view(connection, moment(connection), context.now())
        is_feed_unavailable = feed_message(context, latest_cycle(connection)) is not None
    return page(
        "live.html",
        is_simulated=data_version.is_simulated,
        view=view,
        is_feed_unavailable=is_feed_unavailable,
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

"""The application factory: one Flask application over one database."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from typing import Any

from flask import Flask, Response, request
from flask.typing import ResponseReturnValue
from sqlalchemy import Engine

from park_downtime import __version__
from park_downtime.api import spec
from park_downtime.api.app_context import EXTENSION, AppContext, service
from park_downtime.api.endpoints import add_badge, add_single, add_table
from park_downtime.api.envelope import envelope, json_response
from park_downtime.api.fields import feed_doubt
from park_downtime.api.middleware import (
    access,
    cors,
    errors,
    notices,
    rate_limits,
    request_ids,
    security_headers,
)
from park_downtime.api.pages import dashboard, docs, error, for_crawlers, live, ranking
from park_downtime.api.parameters import read_query
from park_downtime.api.resources import (
    badges,
    breakdowns,
    corrections,
    feeds,
    health,
    lists,
    now,
    outage,
    outages,
    park_details,
    park_timeline,
    parks_downtime,
    past,
    ride_details,
    rides_downtime,
    trends,
    wait_times,
)
from park_downtime.api.schema_keys import check_keys
from park_downtime.clock import Clock, monotonic_seconds, utc_now
from park_downtime.config.settings import Settings
from park_downtime.database.again import tried_again

PUBLIC_PREFIXES = ("api", "live", "feeds", "badges", "robots.txt", "sitemap.xml")
"""What is answered beside the dashboard's own files. Both Apache files hand on these and no others: a test
holds them to it.
"""


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
    app.url_map.merge_slashes = False
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    context = AppContext(settings, engine, read_engine or engine, as_of, clock)
    app.extensions[EXTENSION] = context
    # After a request these run from the last to the first: the log line is written when all is said.
    request_ids.install(app)
    security_headers.install(app, settings)
    cors.install(app, settings)
    notices.install(app, context, as_of)
    rate_limits.install(app, settings)
    access.install(app, context)
    errors.install(app, error.error_answer)
    docs.install(app)
    feeds.install(app)
    for_crawlers.install(app)
    _add_resources(app)
    app.add_url_rule("/api/health", "health", _health)
    app.add_url_rule("/live", "live", live.live)
    folder = dashboard.dashboard_folder(settings)
    if folder is None:
        app.add_url_rule("/", "home", ranking.ranking)
    else:
        dashboard.install(app, folder, settings)
    for name, view in app.view_functions.items():
        app.view_functions[name] = _again(view)
    return app


def _again(view: Callable[..., Any]) -> Callable[..., ResponseReturnValue]:
    """Views only read: where the database says to ask again, no visitor has to."""

    @wraps(view)
    def answer(**path: str) -> ResponseReturnValue:
        answered: ResponseReturnValue = tried_again(lambda: view(**path))
        return answered

    return answer


def _add_resources(app: Flask) -> None:
    add_table(app, "parksDowntime", parks_downtime.parks_downtime)
    add_table(app, "ridesDowntime", rides_downtime.rides_downtime)
    add_table(app, "waitTimes", wait_times.wait_times)
    add_table(app, "trends", trends.trends)
    add_table(app, "now", now.now)
    add_table(app, "parks", lists.parks)
    add_table(app, "rides", lists.rides)
    add_table(app, "corrections", corrections.corrections)
    for operation in ("parkBreakdowns", "rideBreakdowns"):
        add_table(app, operation, breakdowns.breakdowns)
    for operation in ("parkCalendar", "rideCalendar"):
        add_table(app, operation, past.calendar)
    for operation in ("parkHistory", "rideHistory"):
        add_table(app, operation, past.history)
    add_table(app, "outages", outages.outages)
    add_single(app, "outage", outage.outage)
    add_single(app, "parkDetails", park_details.park_details)
    add_single(app, "parkTimeline", park_timeline.park_timeline)
    add_single(app, "rideDetails", ride_details.ride_details)
    add_badge(app, "parkBadge", badges.park_badge)
    add_badge(app, "rideBadge", badges.ride_badge)


def _health() -> Response:
    read_query(spec.operations()["health"], request.query_string)
    started = monotonic_seconds()
    context = service()
    found = health.check(context)
    collection = found.checks["data_collection"]
    answer = envelope(
        found.as_of,
        found.is_stale,
        {},
        is_simulated=found.is_simulated,
        waits_known=context.waits_known,
        status=str(found.health),
        version=__version__,
        timestamp=context.now(),
        response_time_ms=1000 * (monotonic_seconds() - started),
        last_collection=collection["last_cycle_at"],
        minutes_since_last_collection=collection["age_minutes"],
        checks=found.checks,
        feed=[feed_doubt(doubt) for doubt in found.feed],
    )
    check_keys("HealthAnswer", answer)
    response = json_response(answer, found.http_status)
    response.headers["Cache-Control"] = "no-store"
    return response

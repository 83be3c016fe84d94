"""The park ranking as a plain page: what stands at `/` where no dashboard is installed."""

from __future__ import annotations

from contextlib import suppress
from typing import Any

from flask import Response, request

from park_downtime.api import spec
from park_downtime.api.app_context import AppContext, service
from park_downtime.api.caching.cached_response import CachedResponse, send_at_version
from park_downtime.api.caching.data_version import DataVersion
from park_downtime.api.envelope import plain
from park_downtime.api.middleware.errors import InvalidParameter
from park_downtime.api.pages.templates import page
from park_downtime.api.parameters import Values, read_query, value_of
from park_downtime.api.request_context import RequestContext
from park_downtime.api.resources.parks_downtime import parks_downtime
from park_downtime.judging.moment import moment

OPERATION = "parksDowntime"
CHOICES = ("period", "filter")
PERIODS = {"today": "Today", "yesterday": "Yesterday", "7days": "7 days", "30days": "30 days"}
FILTERS = {"all-parks": "All parks", "disney-universal": "Disney & Universal"}


def ranking() -> Response:
    context = service()
    data_version = context.data_version()
    chosen = _chosen()
    values = read_query(spec.operations()[OPERATION], b"") | chosen
    key = ("ranking page", values["period"], values["filter"])
    cached = context.answers.get(
        data_version, key, lambda: _render(context, data_version, values), lambda made: made.size
    )
    canonical = "&".join(f"{name}={value}" for name, value in chosen.items())
    is_canonical = request.query_string == canonical.encode()
    return send_at_version(cached, data_version, context.settings, is_canonical=is_canonical)


def _chosen() -> Values:
    """The ranking's choices; a link to the dashboard has other parameters, which say nothing here."""
    known = spec.operations()[OPERATION].of("query")
    chosen: Values = {}
    for name in CHOICES:
        with suppress(InvalidParameter):
            chosen[name] = value_of(known[name], request.args.get(name, ""))
    return chosen


def _render(context: AppContext, data_version: DataVersion, values: Values) -> CachedResponse:
    with context.reading() as connection:
        at = moment(connection)
        table = parks_downtime(RequestContext(connection, at, data_version, values, context))
        rows: list[dict[str, Any]] = plain(table.rows.at(range(len(table.rows))))
    return page(
        "ranking.html",
        is_simulated=data_version.is_simulated,
        rows=rows,
        beside=plain(dict(table.beside)),
        as_of=at.instant,
        is_stale=data_version.is_stale,
        values=values,
        periods=PERIODS,
        filters=FILTERS,
    )

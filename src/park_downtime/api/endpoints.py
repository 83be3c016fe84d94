"""From an operation of openapi.yaml and a resource's function to a view: computed once, sent many times."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from functools import lru_cache
from typing import Any

from flask import Flask, Response, request

from park_downtime.api import spec
from park_downtime.api.app_context import AppContext, service
from park_downtime.api.badge import MEDIA_TYPE, Badge, as_svg
from park_downtime.api.caching.cached_response import CachedResponse, send_at_version
from park_downtime.api.caching.data_version import DataVersion
from park_downtime.api.envelope import as_json, envelope
from park_downtime.api.fields import ATTRIBUTION
from park_downtime.api.parameters import Values, canonical_query, read_path, read_query
from park_downtime.api.request_context import RequestContext, Single
from park_downtime.api.schema_keys import check_keys
from park_downtime.api.table import Table, as_csv, chosen
from park_downtime.judging.moment import moment

REMEMBERED_QUERIES = 256
"""Of each endpoint, two kilobytes each; others are read again, in a tenth of a millisecond."""

TableResource = Callable[[RequestContext], Table]
SingleResource = Callable[[RequestContext], Single]
BadgeResource = Callable[[RequestContext], Badge]
Answer = Callable[[AppContext, DataVersion, Values], CachedResponse]


def add_table(app: Flask, operation_name: str, resource: TableResource) -> None:
    """A list with `sort`, `order`, `limit`, `offset` and `format`."""
    schema = _answer_schema(operation_name)

    def answer(context: AppContext, data_version: DataVersion, values: Values) -> CachedResponse:
        with context.reading() as connection:
            at = moment(connection)
            table = resource(RequestContext(connection, at, data_version, values, context))
            rows = chosen(table, values)
        if values["format"] == "csv":
            return as_csv(table.schema, rows, _file_name(operation_name, values, data_version))
        content = {**table.beside, "data": rows}
        content.setdefault("total_count", len(table.rows))
        if "count" in content:
            content["count"] = len(rows)
        body = _said(context, data_version, at.instant, values, content)
        check_keys(schema, body | {"data": []})  # its rows were checked when they were chosen
        return _json(body)

    _add(app, operation_name, answer)


def add_single(app: Flask, operation_name: str, resource: SingleResource) -> None:
    """One object under `data`."""
    in_path = spec.operations()[operation_name].of("path")
    schema = _answer_schema(operation_name)

    def answer(context: AppContext, data_version: DataVersion, values: Values) -> CachedResponse:
        with context.reading() as connection:
            at = moment(connection)
            single = resource(RequestContext(connection, at, data_version, values, context))
        echoed = {name: value for name, value in values.items() if name not in in_path}
        body = _said(context, data_version, at.instant, echoed, {**single.beside, "data": single.data})
        check_keys(schema, body)
        return _json(body)

    _add(app, operation_name, answer)


def add_badge(app: Flask, operation_name: str, resource: BadgeResource) -> None:
    """A picture."""

    def answer(context: AppContext, data_version: DataVersion, values: Values) -> CachedResponse:
        with context.reading() as connection:
            at = moment(connection)
            badge = resource(RequestContext(connection, at, data_version, values, context))
        drawn = as_svg(badge, data_version.is_simulated)
        return CachedResponse(drawn, MEDIA_TYPE, {"X-Attribution": ATTRIBUTION})

    _add(app, operation_name, answer)


def _answer_schema(operation_name: str) -> str:
    schema = spec.operations()[operation_name].answer
    if schema is None:
        raise LookupError(f"{operation_name} answers nothing that openapi.yaml describes")
    return schema


def _said(
    context: AppContext,
    data_version: DataVersion,
    as_of: datetime | None,
    echoed: dict[str, Any],
    content: dict[str, Any],
) -> dict[str, Any]:
    known = {"is_simulated": data_version.is_simulated, "waits_known": context.waits_known}
    return envelope(as_of, data_version.is_stale, echoed, **known, **content)


def _json(body: dict[str, Any]) -> CachedResponse:
    return CachedResponse(as_json(body), "application/json", {"X-Attribution": ATTRIBUTION})


def _file_name(operation_name: str, values: Values, data_version: DataVersion) -> str:
    """A file has no envelope: once it is saved, its name alone says that it is made up."""
    in_path = spec.operations()[operation_name].of("path")
    told_by = (*in_path, "category", "mode", "period", "by", "year")
    chosen_by = [str(values[name]) for name in told_by if values.get(name) is not None]
    return "-".join([operation_name, *chosen_by, *(["simulated"] if data_version.is_simulated else [])])


def _add(app: Flask, operation_name: str, answer: Answer) -> None:
    operation = spec.operations()[operation_name]

    @lru_cache(maxsize=REMEMBERED_QUERIES)
    def values_of(
        query: bytes, path: tuple[tuple[str, str], ...]
    ) -> tuple[tuple[tuple[str, Any], ...], bool]:
        """With whether the address is in its canonical form."""
        in_path, in_query = read_path(operation, dict(path)), read_query(operation, query)
        is_canonical = query == canonical_query(operation, query).encode() and all(
            text == str(in_path[name]) for name, text in path
        )
        return tuple({**in_path, **in_query}.items()), is_canonical

    def view(**path: str) -> Response:
        context = service()
        values, is_canonical = values_of(request.query_string, tuple(path.items()))
        data_version = context.data_version()
        cached = context.answers.get(
            data_version,
            (operation_name, values),
            lambda: answer(context, data_version, dict(values)),
            lambda found: found.size,
        )
        return send_at_version(cached, data_version, context.settings, is_canonical=is_canonical)

    rule = operation.path.replace("{", "<").replace("}", ">")
    app.add_url_rule(rule, operation_name, view, methods=["GET"])

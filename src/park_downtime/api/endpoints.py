"""From an operation of openapi.yaml and a resource's function to a view: computed once, sent many times."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from flask import Flask, Response, request
from sqlalchemy import Connection

from park_downtime.api import spec
from park_downtime.api.attribution import ATTRIBUTION
from park_downtime.api.caching import cache_control
from park_downtime.api.envelope import as_json, envelope
from park_downtime.api.kept import Kept, send
from park_downtime.api.moment import Moment
from park_downtime.api.parameters import Values, read_path, read_query
from park_downtime.api.service import Service, service
from park_downtime.api.table import SHAPING, Table, as_csv, chosen

REMEMBERED_QUERIES = 4096


@dataclass(frozen=True, slots=True)
class Asked:
    """What a resource needs to answer: a connection, the moment, and its parameters."""

    connection: Connection
    moment: Moment
    values: Mapping[str, Any]
    service: Service


@dataclass(frozen=True, slots=True)
class Single:
    """The answer of an endpoint that speaks of one thing."""

    data: Mapping[str, Any]
    beside: Mapping[str, Any] | None = None


TableResource = Callable[[Asked], Table]
SingleResource = Callable[[Asked], Single]


def add_table(app: Flask, operation_name: str, resource: TableResource) -> None:
    """A list with `sort`, `order`, `limit`, `offset` and `format`."""

    def answer(asked: Service, moment: Moment, values: Values) -> Kept:
        return _table_answer(asked, moment, operation_name, values, resource)

    _add(app, operation_name, answer)


def add_single(app: Flask, operation_name: str, resource: SingleResource) -> None:
    """One object under `data`."""

    def answer(asked: Service, moment: Moment, values: Values) -> Kept:
        with asked.reading() as connection:
            single = resource(Asked(connection, moment, values, asked))
        echoed = {name: value for name, value in values.items() if name not in path_names}
        body = envelope(moment.as_of, moment.is_stale, echoed, **(single.beside or {}), data=single.data)
        return _json(body)

    path_names = spec.operations()[operation_name].of("path")
    _add(app, operation_name, answer)


def table_of(asked: Service, moment: Moment, name: str, values: Values, resource: TableResource) -> Table:
    """All rows for the parameters that decide what is computed; kept for every way to show them."""
    deciding = {name: value for name, value in values.items() if name not in SHAPING}

    def compute() -> Table:
        with asked.reading() as connection:
            return resource(Asked(connection, moment, deciding, asked))

    key = (name, "rows", tuple(deciding.items()))
    return asked.answers.get(moment, key, compute, lambda table: table.size)


def _table_answer(asked: Service, moment: Moment, name: str, values: Values, resource: TableResource) -> Kept:
    table = table_of(asked, moment, name, values, resource)
    rows = chosen(table, values)
    if values["format"] == "csv":
        return as_csv(table.schema, rows, _file_name(name, values))
    content = {**table.beside, "total_count": len(table.rows), "data": rows}
    if "count" in content:
        content["count"] = len(rows)
    return _json(envelope(moment.as_of, moment.is_stale, values, **content))


def _json(body: dict[str, Any]) -> Kept:
    return Kept(as_json(body), "application/json", {"X-Attribution": ATTRIBUTION})


def _file_name(operation_name: str, values: Values) -> str:
    chosen_by = [str(values[name]) for name in ("category", "mode", "period") if name in values]
    return "-".join([operation_name, *chosen_by])


def _add(app: Flask, operation_name: str, answer: Callable[[Service, Moment, Values], Kept]) -> None:
    operation = spec.operations()[operation_name]

    @lru_cache(maxsize=REMEMBERED_QUERIES)
    def values_of(query: bytes, path: tuple[tuple[str, str], ...]) -> tuple[tuple[str, Any], ...]:
        return tuple({**read_path(operation, dict(path)), **read_query(operation, query)}.items())

    def view(**path: str) -> Response:
        asked = service()
        values = values_of(request.query_string, tuple(path.items()))
        moment = asked.moment()

        def compute() -> Kept:
            return answer(asked, moment, dict(values))

        kept = asked.answers.get(moment, (operation_name, values), compute, lambda found: found.size)
        return send(kept, moment.etag, cache_control(asked.settings))

    rule = operation.path.replace("{", "<").replace("}", ">")
    app.add_url_rule(rule, operation_name, view, methods=["GET"])

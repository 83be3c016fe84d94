"""`/api/openapi.json` and `/api/docs`: the contract for programs and as a page, without any other host."""

from __future__ import annotations

import hashlib
import json
from functools import cache
from typing import Any

from flask import Flask, Response, request

from park_downtime.api import spec
from park_downtime.api.app_context import service
from park_downtime.api.caching.cached_response import CachedResponse, cache_control, send
from park_downtime.api.caching.data_version import program
from park_downtime.api.pages.templates import known_simulated, page
from park_downtime.api.parameters import read_query


def install(app: Flask) -> None:
    app.add_url_rule("/api/openapi.json", "openapi", _openapi)
    app.add_url_rule("/api/docs", "docs", _docs)


def _openapi() -> Response:
    return _sent("openapi", _as_json())


def _docs() -> Response:
    return _sent("docs", _as_page(known_simulated()))


def _sent(name: str, cached: CachedResponse) -> Response:
    read_query(spec.operations()[name], request.query_string)
    is_canonical = not request.query_string
    etag = f'W/"{program()}{hashlib.sha256(cached.body).hexdigest()[:4]}"'
    return send(cached, etag, cache_control(service().settings, is_canonical))


@cache
def _as_json() -> CachedResponse:
    return CachedResponse(json.dumps(spec.document(), ensure_ascii=False).encode(), "application/json")


@cache
def _as_page(is_simulated: bool) -> CachedResponse:
    document = spec.document()
    return page(
        "docs.html",
        is_simulated=is_simulated,
        info=document["info"],
        operations=[_shown(path, methods["get"]) for path, methods in document["paths"].items()],
        schemas={
            name: _rows(schema)
            for name, schema in document["components"]["schemas"].items()
            if schema.get("properties")
        },
        schema_notes={
            name: schema.get("description", "") for name, schema in document["components"]["schemas"].items()
        },
    )


def _shown(path: str, operation: dict[str, Any]) -> dict[str, Any]:
    parameters = [spec.resolved(node) for node in operation.get("parameters", ())]
    answer = operation["responses"]["200"]["content"]
    described = answer.get("application/json", {})
    schema = described.get("schema", {})
    return {
        "path": path,
        "id": operation["operationId"],
        "summary": operation["summary"],
        "description": operation.get("description", ""),
        "parameters": [
            {
                "name": parameter["name"],
                "place": parameter["in"],
                "is_required": parameter.get("required", False),
                "description": parameter["description"],
                "type": _type(parameter["schema"]),
                "default": _text(parameter["schema"].get("default")),
            }
            for parameter in parameters
        ],
        "schema": spec.reference_name(schema) if "$ref" in schema else None,
        "example": _example(answer),
        "has_csv": "text/csv" in answer,
        "statuses": [
            (status, spec.resolved(response)["description"])
            for status, response in operation["responses"].items()
        ],
    }


def _example(answer: dict[str, Any]) -> str | None:
    [described, *_] = answer.values()
    example = described.get("example")
    return example if isinstance(example, str | None) else json.dumps(example, indent=2, ensure_ascii=False)


def _rows(schema: dict[str, Any]) -> list[dict[str, Any]]:
    return [
        {
            "name": name,
            "type": _type(node),
            "links": _links(node),
            "description": node.get("description", ""),
        }
        for name, node in schema["properties"].items()
    ]


def _links(node: dict[str, Any]) -> list[str]:
    """The schemas that a property consists of."""
    items = node.get("items", {})
    candidates = [node, items, *items.get("anyOf", [])]
    return [spec.reference_name(candidate) for candidate in candidates if "$ref" in candidate]


def _type(node: dict[str, Any]) -> str:
    if "enum" in node:
        return " | ".join(_text(value) for value in node["enum"])
    if "const" in node:
        return _text(node["const"])
    if "$ref" in node:
        return "object"
    kind = node.get("type", "object")
    words = [kind] if isinstance(kind, str) else list(kind)
    if "format" in node:
        words[0] = node["format"]
    if "maximum" in node:
        words[0] += f" {node['minimum']} to {node['maximum']}"
    if words[0] == "array":
        words[0] = "list"
    return " or ".join(words)


def _text(value: Any) -> str:
    return "null" if value is None else json.dumps(value) if isinstance(value, bool) else str(value)

"""openapi.yaml as the program reads it: operations, their parameters, and the fields of a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any

import yaml

from park_downtime import __version__
from park_downtime.api.spelled_out import Json, spelled_out

FORMATS = ("date", "period", "outage-id")
"""Those that are kinds of parameters of their own."""


@dataclass(frozen=True, slots=True)
class Parameter:
    """One parameter of an operation. `kind` is integer, boolean, string or one of FORMATS."""

    name: str
    place: str
    kind: str
    is_required: bool
    default: Any
    allowed: tuple[str, ...]
    least: int
    most: int


@dataclass(frozen=True, slots=True)
class Operation:
    """One endpoint: `name` is its operationId, `answer` the schema of its JSON if it has one.

    `rows` are the schemas that a row of its table may have.
    """

    name: str
    path: str
    summary: str
    parameters: tuple[Parameter, ...]
    answer: str | None
    rows: tuple[str, ...]

    def of(self, place: str) -> dict[str, Parameter]:
        return {known.name: known for known in self.parameters if known.place == place}


@cache
def text() -> str:
    return (files("park_downtime.api") / "openapi.yaml").read_text("utf-8")


@cache
def document() -> Json:
    loader = getattr(yaml, "CSafeLoader", yaml.SafeLoader)
    described = spelled_out(yaml.load(text(), Loader=loader))  # noqa: S506 - both loaders are safe ones
    described["info"]["version"] = __version__
    return described


@cache
def operations() -> Mapping[str, Operation]:
    """Every operation by its operationId."""
    return {
        methods["get"]["operationId"]: _operation(path, methods["get"])
        for path, methods in document()["paths"].items()
    }


@cache
def fields(schema: str) -> tuple[str, ...]:
    """The properties of a schema in their order."""
    return tuple(document()["components"]["schemas"][schema]["properties"])


def resolved(node: Json) -> Json:
    """The node itself, or what it refers to."""
    reference = node.get("$ref")
    if reference is None:
        return node
    found: Json = document()
    for step in reference.removeprefix("#/").split("/"):
        found = found[step]
    return found


def reference_name(node: Json) -> str:
    return str(node["$ref"]).rsplit("/", 1)[1]


def columns(schema: str) -> tuple[str, ...]:
    """The columns of a table: the properties, those of an object as `object.property`."""
    found: list[str] = []
    for name, node in document()["components"]["schemas"][schema]["properties"].items():
        if "$ref" in node:
            found += [f"{name}.{inner}" for inner in fields(reference_name(node))]
        else:
            found.append(name)
    return tuple(found)


def _operation(path: str, described: Json) -> Operation:
    return Operation(
        name=described["operationId"],
        path=path,
        summary=described["summary"],
        parameters=tuple(_parameter(resolved(node)) for node in described.get("parameters", ())),
        answer=reference_name(_answer(described)) if "$ref" in _answer(described) else None,
        rows=_rows(described),
    )


def _parameter(described: Json) -> Parameter:
    schema = described["schema"]
    kind = schema["format"] if schema.get("format") in FORMATS else schema["type"]
    return Parameter(
        name=described["name"],
        place=described["in"],
        kind=kind,
        is_required=described.get("required", False),
        default=schema.get("default"),
        allowed=tuple(schema.get("enum", ())),
        least=schema.get("minimum", 0),
        most=schema.get("maximum", 0),
    )


def _answer(described: Json) -> Json:
    content = described["responses"]["200"]["content"]
    answer: Json = content.get("application/json", {}).get("schema", {})
    return answer


def _rows(described: Json) -> tuple[str, ...]:
    data = resolved(_answer(described)).get("properties", {}).get("data", {})
    items = data.get("items", {})
    return tuple(reference_name(node) for node in items.get("anyOf", [items] if items else []))

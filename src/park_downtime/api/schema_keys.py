"""Whether an answer has exactly the keys that its schema names: none missing, none dropped in silence."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from typing import Any

from park_downtime.api import spec

NULL = {"type": "null"}


class KeysDiffer(Exception):
    """An answer and openapi.yaml disagree: a fault of ours, found by the first request of the endpoint."""

    def __init__(self, schema: str, unknown: set[str], missing: set[str]) -> None:
        parts = [("does not know", unknown), ("requires", missing)]
        said = [f"{what} {', '.join(sorted(names))}" for what, names in parts if names]
        super().__init__(f"The schema {schema} {' and '.join(said)}")


@dataclass(frozen=True, slots=True)
class _Shape:
    """The keys of a schema; `objects` and `lists` name the schemas of what stands under some of them.

    `may_be_missing`: those of `objects` that may be null.
    """

    keys: frozenset[str]
    objects: tuple[tuple[str, str], ...]
    lists: tuple[tuple[str, str], ...]
    may_be_missing: frozenset[str]


def check_keys(schema: str, value: Mapping[str, Any]) -> None:
    """Raises KeysDiffer where the value, or anything in it, has other keys than its schema."""
    shape = _shape(schema)
    if value.keys() != shape.keys:
        raise KeysDiffer(schema, set(value.keys() - shape.keys), set(shape.keys - value.keys()))
    for key, inner in shape.objects:
        if value[key] is not None or key not in shape.may_be_missing:
            check_keys(inner, value[key])
    for key, inner in shape.lists:
        for item in value[key]:
            check_keys(inner, item)


@cache
def _shape(schema: str) -> _Shape:
    properties = spec.document()["components"]["schemas"][schema]["properties"]
    items = {key: node["items"] for key, node in properties.items() if "items" in node}
    objects = {key: node for key, node in properties.items() if "$ref" in node}
    nullable = {key: node["anyOf"][0] for key, node in properties.items() if NULL in node.get("anyOf", ())}
    return _Shape(
        frozenset(properties),
        tuple((key, spec.reference_name(node)) for key, node in (objects | nullable).items()),
        tuple((key, spec.reference_name(node)) for key, node in items.items() if "$ref" in node),
        frozenset(nullable),
    )

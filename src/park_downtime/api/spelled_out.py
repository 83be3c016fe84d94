"""openapi.yaml spelled out: what is required, what parts are put together to, what rows are sorted by, and
what fields mean that show a column.
"""

from __future__ import annotations

from typing import Any

from park_downtime.published.columns import meaning_of

Json = dict[str, Any]

PARTS = "x-parts"
"""Where the parts stand that several schemas are put together from by `allOf`."""
FIELDS_OF = "x-fields-of"
"""Instead of an `enum`: the schemas of rows whose fields it allows."""

MEANS = "x-means"
"""Of a field, the column that it shows, in whatever unit: its description begins with what that means."""


def spelled_out(described: Json) -> Json:
    """The document as clients get it. Nothing in it is our own any more: no part, no marker.

    The answers are flat where they could refer to the envelope: `additionalProperties: false` says that
    nothing may be added to an answer, and beside `allOf` it would forbid the envelope's own fields.
    """
    written = {name: part for name, part in described.items() if name != PARTS}
    said: Json = _spelled_out(written, described)
    return said


def _spelled_out(node: Any, document: Json) -> Any:
    if isinstance(node, list):
        return [_spelled_out(inner, document) for inner in node]
    if not isinstance(node, dict):
        return node
    if node.get("type") == "object" and not node.keys().isdisjoint(("properties", "allOf")):
        node = _closed_object(node, document)
    if FIELDS_OF in node:
        sortable = _sortable(node[FIELDS_OF], document)
        node = {("enum" if key == FIELDS_OF else key): node[key] for key in node} | {"enum": sortable}
    if MEANS in node:
        node = _with_meaning(node)
    return {key: _spelled_out(inner, document) for key, inner in node.items()}


def _with_meaning(field: Json) -> Json:
    meaning = meaning_of(field[MEANS])
    sentences = [f"{meaning[0].upper()}{meaning[1:]}.", field.get("description", "")]
    rest = {key: value for key, value in field.items() if key != MEANS}
    return rest | {"description": " ".join(filter(None, sentences))}


def _closed_object(schema: Json, document: Json) -> Json:
    """All its properties are required unless it names those that are, and there are no others."""
    properties = _properties(schema, document)
    required = schema.get("required", list(properties))
    derived = ("allOf", "required", "properties")
    return (
        {key: value for key, value in schema.items() if key not in derived}
        | {"additionalProperties": False}
        | ({"required": required} if required else {})
        | {"properties": properties}
    )


def _properties(schema: Json, document: Json) -> Json:
    """Those of its parts in their order, then its own; what it says itself holds."""
    found: Json = {}
    for part in schema.get("allOf", ()):
        found |= _properties(_part(part["$ref"], document) if "$ref" in part else part, document)
    found |= schema.get("properties", {})
    return found


def _part(reference: str, document: Json) -> Json:
    part: Json = document[PARTS][reference.removeprefix(f"#/{PARTS}/")]
    return part


def _sortable(schemas: list[str], document: Json) -> list[str]:
    """Fields of rows that can be put in order: not objects, and not addresses, which only follow the ids."""
    fields: Json = {}
    for schema in schemas:
        fields |= _properties(document["components"]["schemas"][schema], document)
    return [name for name, field in fields.items() if "$ref" not in field and field.get("format") != "uri"]

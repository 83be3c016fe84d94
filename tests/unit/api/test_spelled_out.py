"""What openapi.yaml leaves out is derived: required fields, parts of an answer, sortable fields, meanings."""

from __future__ import annotations

from typing import Any

from park_downtime.api.spelled_out import spelled_out

DESCRIBED: dict[str, Any] = {
    "openapi": "3.1.0",
    "x-parts": {
        "Envelope": {"properties": {"success": {"type": "boolean"}, "simulated": {"type": "boolean"}}},
        "Page": {"properties": {"limit": {"type": "integer"}}},
    },
    "components": {
        "parameters": {
            "Sort": {"schema": {"type": "string", "x-fields-of": ["Row", "Other"], "default": "b"}}
        },
        "schemas": {
            "Row": {
                "type": "object",
                "properties": {
                    "b": {"type": "string"},
                    "tiers": {"$ref": "#/components/schemas/Tiers"},
                    "a": {"type": "string"},
                    "url": {"type": "string", "format": "uri"},
                },
            },
            "Other": {"type": "object", "properties": {"a": {"type": "string"}, "c": {"type": "string"}}},
            "Figures": {
                "type": "object",
                "properties": {
                    "open_hours": {"type": "number", "x-means": "open_seconds"},
                    "off_hours": {"type": "number", "x-means": "unknown_seconds", "description": "Of today."},
                },
            },
            "Tiers": {"type": "object", "required": [], "properties": {"one": {"type": "integer"}}},
            "Answer": {
                "type": "object",
                "allOf": [
                    {"$ref": "#/x-parts/Envelope"},
                    {"properties": {"period": {"type": "string"}}},
                    {"$ref": "#/x-parts/Page"},
                ],
                "properties": {"simulated": {"type": "null"}, "data": {"$ref": "#/components/schemas/Row"}},
            },
            "Anything": {"type": "object"},
        },
    },
}
SAID = spelled_out(DESCRIBED)
SCHEMAS = SAID["components"]["schemas"]


def test_every_property_is_required_and_no_other_allowed() -> None:
    assert SCHEMAS["Other"]["required"] == ["a", "c"]
    assert SCHEMAS["Other"]["additionalProperties"] is False


def test_a_schema_may_say_itself_what_is_required() -> None:
    assert "required" not in SCHEMAS["Tiers"]
    assert SCHEMAS["Tiers"]["additionalProperties"] is False


def test_a_field_says_what_its_column_means_and_then_its_own_words() -> None:
    assert SCHEMAS["Figures"]["properties"] == {
        "open_hours": {"type": "number", "description": "Known open time."},
        "off_hours": {
            "type": "number",
            "description": "Not observed; in no numerator and no denominator. Of today.",
        },
    }


def test_an_object_without_properties_may_hold_anything() -> None:
    assert SCHEMAS["Anything"] == {"type": "object"}


def test_parts_are_put_together_in_their_order_and_what_the_schema_says_itself_holds() -> None:
    assert list(SCHEMAS["Answer"]["properties"]) == ["success", "simulated", "period", "limit", "data"]
    assert SCHEMAS["Answer"]["required"] == ["success", "simulated", "period", "limit", "data"]
    assert SCHEMAS["Answer"]["properties"]["simulated"] == {"type": "null"}
    assert "allOf" not in SCHEMAS["Answer"]


def test_rows_are_sorted_by_their_fields_but_not_by_objects_and_addresses() -> None:
    schema = SAID["components"]["parameters"]["Sort"]["schema"]
    assert schema == {"type": "string", "enum": ["b", "a", "c"], "default": "b"}


def test_no_part_and_no_marker_is_served() -> None:
    assert "x-" not in str(SAID)


def test_what_was_read_is_not_changed() -> None:
    assert list(DESCRIBED["components"]["schemas"]["Other"]) == ["type", "properties"]

"""What stands around every answer, and how values become JSON: rounding happens here and nowhere else."""

from __future__ import annotations

import json
from collections.abc import Mapping
from datetime import UTC, date, datetime
from enum import Enum
from types import NoneType
from typing import Any

from flask import Response

from park_downtime.api.fields import ATTRIBUTION

DECIMALS = 2
ROWS_AT_ONCE = 100
AS_THEY_ARE = frozenset((str, int, bool, NoneType))


class Exact(float):
    """A number that is no measurement of ours and keeps its decimals: a coordinate."""


def instant(moment: datetime) -> str:
    """ISO 8601 in UTC, to the second."""
    return moment.astimezone(UTC).strftime("%Y-%m-%dT%H:%M:%SZ")


def envelope(
    as_of: datetime | None,
    is_stale: bool,
    echoed: dict[str, Any],
    *,
    is_simulated: bool | None,
    waits_known: bool,
    **content: Any,
) -> dict[str, Any]:
    """`is_simulated`: whether the database holds made-up data; None where it does not answer."""
    return {
        "success": True,
        "attribution": ATTRIBUTION,
        "last_updated": as_of,
        "stale": is_stale,
        "simulated": is_simulated,
        "waits_known": waits_known,
        **echoed,
        **content,
    }


_text = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), allow_nan=False).encode


def as_json(answer: Mapping[str, Any]) -> bytes:
    """Some rows at a time: of thousands, three copies would stand in memory at once."""
    fields = [f"{_text(name)}:{_value(value)}" for name, value in answer.items()]
    return ("{" + ",".join(fields) + "}").encode()


def _value(value: Any) -> str:
    if isinstance(value, list):
        parts = (value[start : start + ROWS_AT_ONCE] for start in range(0, len(value), ROWS_AT_ONCE))
        return "[" + ",".join([_text([plain(each) for each in part])[1:-1] for part in parts]) + "]"
    return _text(plain(value))


def plain(value: Any) -> Any:
    """Only what JSON knows; floats to 2 decimals, instants and dates as text."""
    if type(value) in AS_THEY_ARE:
        return value
    if type(value) is float:
        return round(value, DECIMALS)
    if isinstance(value, float):
        return float(value) if isinstance(value, Exact) else round(value, DECIMALS)
    if isinstance(value, dict):
        if AS_THEY_ARE.issuperset(map(type, value.values())):
            return value
        return {key: inner if type(inner) in AS_THEY_ARE else plain(inner) for key, inner in value.items()}
    if isinstance(value, list | tuple):
        return [plain(inner) for inner in value]
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, datetime):
        return instant(value)
    if isinstance(value, date):
        return value.isoformat()
    return value


def json_response(answer: Mapping[str, Any], status: int = 200) -> Response:
    return Response(as_json(answer), status=status, mimetype="application/json")


def exact(number: float | None) -> Exact | None:
    return None if number is None else Exact(number)

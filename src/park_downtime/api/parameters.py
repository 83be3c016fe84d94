"""Reads the parameters of a request by their description in openapi.yaml; nothing else is accepted."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from typing import Any
from urllib.parse import parse_qsl

from park_downtime.api.middleware.errors import InvalidParameter
from park_downtime.api.spec import Operation, Parameter
from park_downtime.named_periods import FORMS, RANGE_FORM, NoSuchPeriod, period_named
from park_downtime.statistics.told_closures import ClosureId

LONGEST_QUERY_BYTES = 1000
LONGEST_VALUE = 60
EVERY_ROW = 1_000_000
"""More than there are: the `limit` of a CSV file that was asked for without one."""

_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,10}")
_OUTAGE_ID = re.compile(r"([1-9][0-9]{0,9})-([1-9][0-9]{0,9})")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")

Values = dict[str, Any]


def read_query(operation: Operation, query: bytes) -> Values:
    """Every parameter of the operation with its value or default, in the order of the description.

    Raises InvalidParameter for the first that is unknown, given twice, missing or not allowed.
    """
    known = operation.of("query")
    given = _pairs(query, known)
    values = {}
    for name, parameter in known.items():
        if name in given:
            values[name] = value_of(parameter, given[name])
        elif parameter.is_required:
            raise InvalidParameter(name, None, "is required", allowed(parameter))
        else:
            values[name] = parameter.default
    if values.get("format") == "csv" and "limit" not in given:
        values["limit"] = EVERY_ROW
    return values


def canonical_query(operation: Operation, query: bytes) -> str:
    """The same parameters in the order of the description, each value in its one spelling.

    What is assumed may be said or left out. Raises InvalidParameter as `read_query` does.
    """
    known = operation.of("query")
    given = _pairs(query, known)
    return "&".join(
        f"{name}={_spelled(value_of(parameter, given[name]))}"
        for name, parameter in known.items()
        if name in given
    )


def read_path(operation: Operation, given: Mapping[str, str]) -> Values:
    known = operation.of("path")
    return {name: value_of(known[name], text) for name, text in given.items()}


def value_of(parameter: Parameter, text: str) -> Any:
    """The value that the text stands for; raises InvalidParameter naming what is allowed."""
    value = None
    if len(text) <= LONGEST_VALUE:
        value = _READERS[parameter.kind](parameter, text)
    if value is None:
        raise InvalidParameter(parameter.name, text, _must(parameter), allowed(parameter))
    return value


def allowed(parameter: Parameter) -> list[str]:
    if parameter.kind == "boolean":
        return ["true", "false"]
    if parameter.kind == "integer":
        return [f"{parameter.least} to {parameter.most}"]
    if parameter.kind == "date":
        return ["YYYY-MM-DD"]
    if parameter.kind == "outage-id":
        return ["RIDE-SECONDS"]
    if parameter.kind == "period":
        return [*FORMS, RANGE_FORM]
    return list(parameter.allowed)


def _pairs(query: bytes, known: Mapping[str, Parameter]) -> dict[str, str]:
    if len(query) > LONGEST_QUERY_BYTES:
        raise InvalidParameter("query", None, f"is longer than {LONGEST_QUERY_BYTES} bytes", sorted(known))
    given: dict[str, str] = {}
    for name, text in parse_qsl(query.decode("ascii", "replace"), keep_blank_values=True, errors="replace"):
        if name not in known:
            raise InvalidParameter(name, text, "is no parameter of this endpoint", sorted(known))
        if name in given:
            raise InvalidParameter(name, text, "is given twice", allowed(known[name]))
        given[name] = text
    return given


def _spelled(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)


def _must(parameter: Parameter) -> str:
    if parameter.kind == "integer":
        return f"must be a whole number from {parameter.least} to {parameter.most}"
    if parameter.kind == "date":
        return "must be a date such as 2026-04-17"
    if parameter.kind == "outage-id":
        return "must be the id of a ride and the Unix second at which it closed, such as 130-1776439200"
    return f"must be one of {', '.join(allowed(parameter))}"


def _integer(parameter: Parameter, text: str) -> int | None:
    if not _WHOLE_NUMBER.fullmatch(text):
        return None
    number = int(text)
    return number if parameter.least <= number <= parameter.most else None


def _boolean(_: Parameter, text: str) -> bool | None:
    return {"true": True, "false": False}.get(text)


def _string(parameter: Parameter, text: str) -> str | None:
    return text if text in parameter.allowed else None


def _date(_: Parameter, text: str) -> date | None:
    if not _DATE.fullmatch(text):
        return None
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None


def _period(parameter: Parameter, text: str) -> str:
    """Its name: each period has one."""
    try:
        return period_named(text).name
    except NoSuchPeriod as error:
        raise InvalidParameter(parameter.name, text, str(error), allowed(parameter)) from error


def _outage_id(_: Parameter, text: str) -> ClosureId | None:
    """In its one spelling."""
    known = _OUTAGE_ID.fullmatch(text)
    if not known:
        return None
    ride_id, seconds = map(int, known.groups())
    return ClosureId(ride_id, datetime.fromtimestamp(seconds, UTC))


_READERS = {
    "integer": _integer,
    "boolean": _boolean,
    "string": _string,
    "date": _date,
    "period": _period,
    "outage-id": _outage_id,
}

"""Bytes to JSON values, and what a strict shape does not accept as path and reason."""

from __future__ import annotations

import json
from typing import Annotated, Any

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError

from park_downtime.feed.errors import FeedRejected

_CONTROL_CHARACTERS = dict.fromkeys((*range(32), 127))
_LARGEST_ID = 2**31 - 1  # what an INTEGER column holds
LONGEST_NAME = 300
MOST_MARKS = 100_000
"""Commas and brackets of an answer: a hundred times those of the largest real one. A few bytes of JSON
become a hundred in memory, so that the length alone bounds nothing."""


def _storable(text: str) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise ValueError("holds half a character") from None  # JSON can say \\ud83d alone, UTF-8 cannot
    return text


def _named(text: str) -> str:
    # Zero-width spaces, marks and emoji are part of real names: only control characters go.
    name = text[: 2 * LONGEST_NAME].translate(_CONTROL_CHARACTERS)[:LONGEST_NAME]
    if not name.strip():
        raise ValueError("is empty")
    return name


Id = Annotated[int, Field(ge=1, le=_LARGEST_ID)]
Text = Annotated[str, AfterValidator(_storable)]
Name = Annotated[Text, AfterValidator(_named)]


class Shape(BaseModel):
    """Strict: a number as text is not a number. What we do not know is ignored."""

    model_config = ConfigDict(strict=True, extra="ignore", frozen=True)


def read_json(park_id: int | None, body: bytes) -> Any:
    """The JSON value of an answer, or FeedRejected whatever the bytes are."""
    if sum(map(body.count, (b",", b"[", b"{"))) > MOST_MARKS:
        raise FeedRejected(park_id, "$", f"holds more than {MOST_MARKS} values")
    try:
        return json.loads(body.decode("utf-8-sig"), parse_constant=_no_number)
    except (ValueError, RecursionError) as error:
        if body.lstrip()[:1] == b"<":
            raise FeedRejected(park_id, "$", "a page instead of JSON") from error
        raise FeedRejected(park_id, "$", f"not JSON: {error}"[:200]) from error


def _no_number(text: str) -> Any:
    raise ValueError(f"{text} is no JSON number")


def readable_id(entry: Any) -> int | None:
    """The id of an odd entry, as far as it can be read: also from digits written as text."""
    value = entry.get("id") if isinstance(entry, dict) else None
    if isinstance(value, str) and value.isascii() and value.isdigit() and len(value) <= 10:
        value = int(value)
    if isinstance(value, int) and not isinstance(value, bool) and 1 <= value <= _LARGEST_ID:
        return value
    return None


def first_problem(error: ValidationError, path: str) -> tuple[str, str]:
    """Path and reason of the first thing wrong; `path` is where the checked value stands."""
    problem = error.errors(include_url=False, include_context=False, include_input=False)[0]
    for part in problem["loc"]:
        path += f"[{part}]" if isinstance(part, int) else f".{part}"
    return path, problem["msg"].removeprefix("Value error, ")

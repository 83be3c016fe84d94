"""What cannot be answered where people ask: a page that says so and leads on."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, request

from park_downtime.api.middleware.errors import ApiError, error_response
from park_downtime.api.pages.templates import page

FOR_PROGRAMS = ("/api", "/badges")
HTML, JSON = "text/html", "application/json"


@dataclass(frozen=True, slots=True)
class Words:
    title: str
    text: str


NOT_FOUND = Words("There is no such page", "The address may have a slip, or the page is gone.")
TOO_MANY = Words(
    "A short pause", "Too many questions came from your address. Please try again in {} seconds."
)
UNREACHABLE = Words("The figures cannot be reached", "That passes by itself, mostly within a minute.")
FAULT = Words("Something went wrong on our side", "It is written down, with the number {}.")
OTHER = Words("That cannot be answered", "{}.")


def error_answer(error: ApiError) -> Response:
    """JSON where openapi.yaml describes what is asked, and for whoever takes nothing else; else a page with
    the same status and headers.
    """
    if _is_for_a_program():
        return error_response(error)
    words = _words(error)
    cached = page("error.html", title=words.title, text=words.text)
    response = Response(cached.body, error.status, mimetype=cached.mimetype)
    response.headers["Cache-Control"] = "no-store"
    response.headers.extend({**cached.headers, **error.headers})
    return response


def _is_for_a_program() -> bool:
    if f"{request.path}/".startswith(tuple(f"{prefix}/" for prefix in FOR_PROGRAMS)):
        return True
    accepted = request.accept_mimetypes
    return bool(accepted) and accepted.best_match((HTML, JSON), HTML) == JSON


def _words(error: ApiError) -> Words:
    match error.status:
        case 404:
            return NOT_FOUND
        case 429:
            return Words(TOO_MANY.title, TOO_MANY.text.format(error.details["retry_after_seconds"]))
        case 503:
            return UNREACHABLE
        case 500:
            return Words(FAULT.title, FAULT.text.format(error.details.get("error_id", "")))
        case _:
            return Words(OTHER.title, OTHER.text.format(error.message))

"""Everything that can be wrong with a request, by name, and how it is answered."""

from __future__ import annotations

import logging
from collections.abc import Callable
from typing import Any

from flask import Flask, Response, g, request
from werkzeug.exceptions import HTTPException, MethodNotAllowed, NotFound

from park_downtime.api.envelope import json_response
from park_downtime.api.fields import ATTRIBUTION
from park_downtime.database.availability import (
    DATABASE_UNAVAILABLE,
    ReplicaBehind,
    ReplicaUnavailable,
    in_one_line,
    unforeseen,
)

log = logging.getLogger(__name__)

LONGEST_SHOWN = 100
RETRY_DATABASE_SECONDS = 5


class ApiError(Exception):
    """A request that cannot be answered; `details` are for a program."""

    status = 500
    code = "INTERNAL_ERROR"

    def __init__(self, message: str, headers: dict[str, str] | None = None, **details: Any) -> None:
        super().__init__(message)
        self.message = message
        self.headers = headers or {}
        self.details = details


class InvalidParameter(ApiError):
    status = 400
    code = "INVALID_PARAMETER"

    def __init__(self, parameter: str, value: str | None, must: str, allowed: list[str]) -> None:
        name = shortened(parameter)
        super().__init__(
            f"{name} {must}",
            parameter=name,
            provided_value=None if value is None else shortened(value),
            allowed=allowed,
        )


class Unauthorized(ApiError):
    status = 401
    code = "UNAUTHORIZED"


class ResourceNotFound(ApiError):
    status = 404
    code = "RESOURCE_NOT_FOUND"

    def __init__(self, message: str, resource_type: str, resource_id: int | str, **details: Any) -> None:
        super().__init__(message, resource_type=resource_type, resource_id=resource_id, **details)


class ResourceGone(ApiError):
    """What was there once; details say why it is not any more."""

    status = 410
    code = "RESOURCE_GONE"

    def __init__(self, message: str, resource_type: str, resource_id: int | str, **details: Any) -> None:
        super().__init__(message, resource_type=resource_type, resource_id=resource_id, **details)


class MovedPermanently(ApiError):
    """`to`: beside the address that was asked for."""

    status = 301
    code = "MOVED_PERMANENTLY"

    def __init__(self, message: str, to: str) -> None:
        super().__init__(message, {"Location": to}, moved_to=to)


class RateLimited(ApiError):
    status = 429
    code = "RATE_LIMITED"

    def __init__(self, message: str, retry_after_seconds: int) -> None:
        super().__init__(
            message, {"Retry-After": str(retry_after_seconds)}, retry_after_seconds=retry_after_seconds
        )


class Unavailable(ApiError):
    status = 503
    code = "SERVICE_UNAVAILABLE"


def shortened(text: str) -> str:
    """What a client sent, as far as it is worth repeating."""
    return text if len(text) <= LONGEST_SHOWN else text[:LONGEST_SHOWN] + "..."


def error_response(error: ApiError) -> Response:
    answer = {
        "success": False,
        "error": {"code": error.code, "message": error.message, "details": error.details},
        "attribution": ATTRIBUTION,
    }
    response = json_response(answer, error.status)
    response.headers["Cache-Control"] = "no-store"
    response.headers.extend(error.headers)
    return response


def install(app: Flask, shown: Callable[[ApiError], Response] = error_response) -> None:
    """`shown` makes the answer: JSON for programs, or a page where people ask."""

    def tell(kind: type[Exception], told: Callable[[Any], ApiError]) -> None:
        app.register_error_handler(kind, lambda error: shown(told(error)))

    tell(ApiError, lambda error: error)
    tell(HTTPException, _http_error)
    for error_class in DATABASE_UNAVAILABLE:
        tell(error_class, _database_unavailable)
    tell(Exception, _internal_error)


def _http_error(error: HTTPException) -> ApiError:
    if isinstance(error, NotFound):
        path = shortened(request.path)
        return ResourceNotFound(f"There is nothing at {path}", "endpoint", path)
    if isinstance(error, MethodNotAllowed):
        methods = sorted(error.valid_methods or ())
        told = ApiError(
            f"{shortened(request.method)} is not allowed here",
            {"Allow": ", ".join(methods)},
            allowed_methods=methods,
        )
        told.status, told.code = 405, "METHOD_NOT_ALLOWED"
        return told
    told = ApiError(error.description or error.name)
    told.status, told.code = error.code or 500, "INVALID_PARAMETER"
    return told


def _database_unavailable(error: Exception) -> ApiError:
    log.error("database away", extra={"request_id": g.get("request_id"), "reason": in_one_line(error)})
    return Unavailable(told_of_database(error), {"Retry-After": str(RETRY_DATABASE_SECONDS)})


def told_of_database(error: Exception) -> str:
    """What a stranger may know of it: no server's name, no table's."""
    if isinstance(error, ReplicaBehind):
        return str(error)
    if isinstance(error, ReplicaUnavailable):
        return "The read replica cannot be used at the moment"
    return "The database cannot be reached at the moment"


def _internal_error(error: Exception) -> ApiError:
    error_id = g.get("request_id", "")
    log.error(
        "request failed",
        exc_info=unforeseen(error),
        extra={"request_id": error_id, "path": shortened(request.path), "reason": in_one_line(error)},
    )
    return ApiError("Something went wrong on our side", error_id=error_id)

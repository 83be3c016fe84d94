"""Pages of other origins may call the API where CORS_ORIGINS names them."""

from __future__ import annotations

from flask import Flask, Response, request

from park_downtime.config.settings import Settings

PREFLIGHT = {
    "Access-Control-Allow-Methods": "GET, HEAD, OPTIONS",
    "Access-Control-Allow-Headers": "X-API-Key, If-None-Match",
    "Access-Control-Max-Age": "86400",
}
EXPOSED = "ETag, Retry-After, X-As-Of, X-Attribution, X-Request-Id"


def install(app: Flask, settings: Settings) -> None:
    origins = frozenset(settings.cors_origins)
    if origins:
        app.after_request(lambda response: _add(response, origins))


def _add(response: Response, origins: frozenset[str]) -> Response:
    if not request.path.startswith("/api"):
        return response
    origin = request.headers.get("Origin")
    if "*" in origins:
        response.headers["Access-Control-Allow-Origin"] = "*"
    else:
        response.vary.add("Origin")
        if origin not in origins:
            _keep_out_of_shared_caches(response, origin)
            return response
        response.headers["Access-Control-Allow-Origin"] = origin
    response.headers["Access-Control-Expose-Headers"] = EXPOSED
    if request.method == "OPTIONS" and "Access-Control-Request-Method" in request.headers:
        response.headers.update(PREFLIGHT)
    return response


def _keep_out_of_shared_caches(response: Response, origin: str | None) -> None:
    """They keep an answer per origin: one that anybody may make up shall not fill them."""
    if origin is not None and response.cache_control.public:
        response.cache_control.public = False
        response.cache_control.private = True

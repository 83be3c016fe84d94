"""Who may use the API, and the pages that show its data: everyone, or those with a key and the dashboard."""

from __future__ import annotations

from urllib.parse import urlsplit

from flask import Flask, request

from park_downtime.api import spec
from park_downtime.api.app_context import AppContext
from park_downtime.api.middleware.errors import RateLimited, Unauthorized
from park_downtime.api.middleware.key_usage import PER_DAY, PER_HOUR, KeyUsage

NEEDS_NO_KEY = "security"
PAGES_WITH_DATA = frozenset({"live", "home", "parkFeed", "rideFeed"})
"""They stand beside `/api` and show what it answers. The dashboard's own files hold no data."""


def install(app: Flask, context: AppContext) -> None:
    """With API_KEYS_REQUIRED every operation and every page with data wants a key, but what says otherwise
    in openapi.yaml.
    """
    if not context.settings.api_keys_required:
        return
    usage = KeyUsage(context.engine)
    guarded = {
        methods["get"]["operationId"]
        for methods in spec.document()["paths"].values()
        if NEEDS_NO_KEY not in methods["get"]
    } | PAGES_WITH_DATA

    def check() -> None:
        if request.endpoint not in guarded or request.method == "OPTIONS" or is_from_dashboard():
            return
        now = context.clock()
        key = request.headers.get("X-API-Key")
        key_id = None if key is None else usage.key_id(key, now)
        if key_id is None:
            raise Unauthorized(
                "This service wants an API key in the header X-API-Key; its own pages at / need none"
            )
        wait = usage.count(key_id, now)
        if wait:
            raise RateLimited(
                f"This API key may ask {PER_HOUR} times an hour and {PER_DAY} times a day", wait
            )

    app.before_request(check)


def is_from_dashboard() -> bool:
    """A courtesy, not a secret: what a browser says when a page of this very site asks, and what anyone
    can say who writes the header by hand. Such requests are still limited per address.
    """
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    return _host_of(request.headers.get("Referer")) == request.host


def _host_of(address: str | None) -> str | None:
    """None for what is no address: anyone may write anything there."""
    try:
        return urlsplit(address).netloc if address is not None else None
    except ValueError:
        return None

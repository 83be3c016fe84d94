"""`/robots.txt` and `/sitemap.xml`: where search engines may look, and what there is to find.

Bots stay off the API and the feeds: those are for programs that were told of them, and a crawler that follows
every link there would ask for every figure of every day.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from datetime import date
from xml.sax.saxutils import escape

from flask import Flask, Response, request

from park_downtime.api.app_context import AppContext, service
from park_downtime.api.caching.cached_response import CachedResponse, cache_control, send, send_at_version
from park_downtime.api.middleware.errors import ResourceNotFound
from park_downtime.api.pages.templates import known_simulated
from park_downtime.api.site_address import site_address
from park_downtime.config.settings import Settings
from park_downtime.database.rolled_up import months_with_data
from park_downtime.judging.moment import moment

ROBOTS, SITEMAP = "/robots.txt", "/sitemap.xml"
KEPT_OUT = ("/api", "/feeds")
NAMESPACE = "http://www.sitemaps.org/schemas/sitemap/0.9"


def install(app: Flask) -> None:
    app.add_url_rule(ROBOTS, "robots", _robots)
    app.add_url_rule(SITEMAP, "sitemap", _sitemap)


def park_address(park_id: int) -> str:
    """As frontend/js/router.js writes it; a browser test holds both together."""
    return f"?view=park&park={park_id}"


def month_addresses(month: date) -> tuple[str, str]:
    """The rankings of parks and of rides."""
    return f"?period={month:%Y-%m}", f"?view=rides&period={month:%Y-%m}"


def _robots() -> Response:
    settings = service().settings
    site = site_address(settings)
    lines = ["User-agent: *"]
    if known_simulated():  # nobody shall find made-up figures of real parks
        lines.append("Disallow: /")
    else:
        lines += [f"Disallow: {prefix}/" for prefix in KEPT_OUT]
        lines += ["", f"Sitemap: {site.rstrip('/')}{SITEMAP}"] if site else []
    body = "".join(f"{line}\n" for line in lines).encode()
    etag = f'W/"{hashlib.sha256(body).hexdigest()[:12]}"'
    return send(CachedResponse(body, "text/plain"), etag, cache_control(settings, _is_canonical(settings)))


def _sitemap() -> Response:
    context = service()
    site = site_address(context.settings)
    if site is None:
        raise ResourceNotFound("This site does not know its own address", "endpoint", SITEMAP)
    data_version = context.data_version()
    made = context.answers.get(
        data_version, ("sitemap", site), lambda: _made(context, site), lambda made: made.size
    )
    is_canonical = _is_canonical(context.settings)
    return send_at_version(made, data_version, context.settings, is_canonical=is_canonical)


def _is_canonical(settings: Settings) -> bool:
    """Where the answer depends on the name that was asked, no cache in front may give it to others."""
    return settings.public_url is not None and not request.query_string


def _made(context: AppContext, site: str) -> CachedResponse:
    addresses = "".join(f"<url><loc>{escape(site + page)}</loc></url>\n" for page in _pages(context))
    body = f'<?xml version="1.0" encoding="UTF-8"?>\n<urlset xmlns="{NAMESPACE}">\n{addresses}</urlset>\n'
    return CachedResponse(body.encode(), "application/xml")


def _pages(context: AppContext) -> Iterator[str]:
    """From the site on: what stays, the parks, and the months of which there are data."""
    yield from ("", "method.html", "live")
    with context.reading() as connection:
        parks = moment(connection).parks
        months = months_with_data(connection, parks)
    yield from map(park_address, sorted(parks))
    for month in months:
        yield from month_addresses(month)

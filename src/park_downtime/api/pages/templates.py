"""Pages that the server makes itself: what they share, and how they are sent."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from flask import render_template
from sqlalchemy.exc import SQLAlchemyError

from park_downtime.api.app_context import service
from park_downtime.api.caching.cached_response import CachedResponse
from park_downtime.api.fields import CREDIT_URL
from park_downtime.api.middleware.errors import Unavailable
from park_downtime.api.middleware.security_headers import POLICY
from park_downtime.api.pages.prose import inline, prose
from park_downtime.database.engine import DATABASE_UNAVAILABLE


@cache
def style() -> str:
    return (files("park_downtime.api") / "templates" / "style.html").read_text("utf-8")


@cache
def policy() -> str:
    """Allows exactly the one style element that these pages have, and no script."""
    digest = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'self'"


def page(template: str, *, is_simulated: bool | None = None, **content: Any) -> CachedResponse:
    """Everything in it is escaped by the template.

    `is_simulated`: what is shown is made up; left out by pages that are made of no version of the data.
    """
    if is_simulated is None:
        is_simulated = known_simulated()
    rendered = render_template(
        template,
        style=style(),
        prose=prose,
        inline=inline,
        credit_url=CREDIT_URL,
        is_simulated=is_simulated,
        **content,
    )
    return CachedResponse(rendered.encode(), "text/html", {POLICY: policy()})


def known_simulated() -> bool:
    """For pages that need no database: while it is away nothing made up is shown either."""
    try:
        return service().data_version().is_simulated
    except (Unavailable, SQLAlchemyError, *DATABASE_UNAVAILABLE):
        return False

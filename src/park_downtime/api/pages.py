"""Pages that the server makes itself: what they share, and how they are sent."""

from __future__ import annotations

import base64
import hashlib
from functools import cache
from importlib.resources import files
from typing import Any

from flask import render_template

from park_downtime.api.attribution import CREDIT_URL
from park_downtime.api.kept import Kept
from park_downtime.api.security_headers import POLICY


@cache
def style() -> str:
    return (files("park_downtime.api") / "templates" / "style.html").read_text("utf-8")


@cache
def policy() -> str:
    """Allows exactly the one style element that these pages have, and no script."""
    digest = base64.b64encode(hashlib.sha256(style().encode()).digest()).decode()
    return f"default-src 'none'; style-src 'sha256-{digest}'; base-uri 'none'; form-action 'self'"


def page(template: str, *, is_simulated: bool, **content: Any) -> Kept:
    """Everything in it is escaped by the template. `is_simulated`: what is shown is made up."""
    rendered = render_template(
        template, style=style(), credit_url=CREDIT_URL, is_simulated=is_simulated, **content
    )
    return Kept(rendered.encode(), "text/html", {POLICY: policy()})

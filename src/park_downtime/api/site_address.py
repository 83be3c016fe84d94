"""The address of this site as its visitors know it: told by PUBLIC_URL, or what they asked."""

from __future__ import annotations

import re

from flask import request

from park_downtime.config.settings import Settings

_SITE = re.compile(r"https?://[\w.\[\]:-]+/")


def site_address(settings: Settings) -> str | None:
    """With its `/` at the end; None where a request names no address that could be one."""
    if settings.public_url is not None:
        return f"{settings.public_url}/"
    return request.host_url if _SITE.fullmatch(request.host_url) else None

"""How long others may keep an answer."""

from __future__ import annotations

from park_downtime.config.settings import Settings

SHARED_SECONDS = 10
"""Long enough for a cache in front to carry a crowd, short enough for nobody to notice."""


def cache_control(settings: Settings) -> str:
    """With API keys an answer belongs to who asked; without, it is the same for everyone."""
    if settings.api_keys_required:
        return "private, max-age=0, must-revalidate"
    return f"public, max-age={SHARED_SECONDS}, must-revalidate"

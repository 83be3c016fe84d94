"""Whose data this is, and where each thing stands there."""

from __future__ import annotations

SOURCE_URL = "https://queue-times.com"
CREDIT_URL = f"{SOURCE_URL}/en-US"
"""Where the credit on pages leads, as the site's owner asks."""
ATTRIBUTION = f"Data powered by Queue-Times.com - {SOURCE_URL}"


def park_url(park_id: int) -> str:
    return f"{SOURCE_URL}/parks/{park_id}"


def ride_url(park_id: int, ride_id: int) -> str:
    return f"{SOURCE_URL}/parks/{park_id}/rides/{ride_id}"

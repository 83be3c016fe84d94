"""What is said where the feed cannot be reached: one plain line that names it, and what works without."""

from __future__ import annotations


def nothing_collected(address: str, reason: str | None) -> str:
    return (
        f"nothing could be collected from {address}: {reason or 'no park answered'}; "
        "`make demo` shows everything without a network"
    )

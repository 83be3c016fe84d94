"""The one place in which tests wait: until something holds, never for a number of seconds.

The bound only says when to give up, so it is far beyond what the slowest machine needs. Nothing else in the
tests may sleep (ruff's TID251, in pyproject.toml).
"""

from __future__ import annotations

import time
from collections.abc import Callable
from typing import TypeVar

Seen = TypeVar("Seen")

PATIENCE_SECONDS = 120.0
SOONEST_LOOK, RAREST_LOOK = 0.02, 0.25
"""Seconds between two looks. What takes long is looked at more seldom: many a look is a whole request."""
LOOKS_BY = 0.1
"""The share of the time waited so far that the next look may come later."""


def wait_until(
    what: str,
    look: Callable[[], Seen],
    holds: Callable[[Seen], object] = bool,
    *,
    seconds: float = PATIENCE_SECONDS,
    pause: Callable[[float], object] = time.sleep,
    clock: Callable[[], float] = time.monotonic,
) -> Seen:
    """What `look` saw when it first `holds`. `look` may raise: that ends the waiting at once.

    `pause` passes the time where something else has to go on meanwhile, as a page's events do.
    """
    began_at = clock()
    while True:
        waited = clock() - began_at
        if holds(seen := look()):
            return seen
        if waited >= seconds:
            raise AssertionError(f"{what}: not within {seconds:g} s; last seen: {seen!r}")
        pause(min(max(SOONEST_LOOK, LOOKS_BY * waited), RAREST_LOOK))

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
LOOK_AGAIN_SECONDS = 0.02


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
    give_up_at = clock() + seconds
    while True:
        is_last = clock() >= give_up_at
        if holds(seen := look()):
            return seen
        if is_last:
            raise AssertionError(f"{what}: not within {seconds:g} s; last seen: {seen!r}")
        pause(LOOK_AGAIN_SECONDS)

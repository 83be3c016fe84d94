"""Breakdowns: how often a ride breaks down, and for how long."""

from __future__ import annotations

import math
from itertools import pairwise
from random import Random

from .catalogue import Kind

PER_HOUR = {
    Kind.RIDE: 0.030,
    Kind.WATER_SLIDE: 0.012,
    Kind.TRANSPORT: 0.012,
    Kind.EXPERIENCE: 0.004,
    Kind.SHOW: 0.0,
    Kind.MEET: 0.0,
}
"""Breakdowns per hour of operation of an average ride: about one in three ride-days has one."""

LENGTHS = ((0.0, 2.0), (0.25, 11.0), (0.5, 30.0), (0.75, 66.0), (0.95, 134.0), (0.995, 300.0), (1.0, 480.0))
"""Share of breakdowns not longer than so many minutes, as measured on recordings of the real feed.

Between the points the logarithm of the length is linear: a lognormal body with a lighter tail.
"""


def breakdown_minutes(quantile: float) -> float:
    for (low, shortest), (high, longest) in pairwise(LENGTHS):
        if quantile <= high:
            part = (quantile - low) / (high - low)
            return shortest * math.exp(part * math.log(longest / shortest))
    raise ValueError(f"no quantile: {quantile}")


def breakdowns(luck: Random, per_hour: float, start: int, end: int) -> list[tuple[int, int]]:
    """The breakdowns of `[start, end)` in seconds; the last one may end after `end`."""
    found: list[tuple[int, int]] = []
    if per_hour <= 0:
        return found
    at = start + luck.expovariate(per_hour) * 3600
    while at < end:
        fixed_at = at + breakdown_minutes(luck.random()) * 60
        found.append((int(at), int(fixed_at)))
        at = fixed_at + luck.expovariate(per_hour) * 3600
    return found

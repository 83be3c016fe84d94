"""How long a ride's outages lasted."""

from __future__ import annotations

import math
import statistics
from collections.abc import Sequence


def median(lengths: Sequence[int]) -> float | None:
    """Half of the outages were no longer; None where there are none."""
    return statistics.median(lengths) if lengths else None


def nine_in_ten(lengths: Sequence[int]) -> int | None:
    """The smallest length that at least nine in ten do not exceed; None where there are none."""
    return sorted(lengths)[math.ceil(0.9 * len(lengths)) - 1] if lengths else None

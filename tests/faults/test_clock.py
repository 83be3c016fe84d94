"""Our own clock is wrong for an hour: behind or ahead by an hour, and then right again."""

from __future__ import annotations

from datetime import timedelta

import pytest
from faults.bench import Bench
from faults.disturbances import WrongClock
from faults.scenario import HOUR

ON_STORED_SECONDS, BESIDE_THEM = timedelta(0), timedelta(seconds=-1)
"""Whether the wrong hour's cycles fall on the seconds of stored ones."""


@pytest.mark.parametrize("late", [ON_STORED_SECONDS, BESIDE_THEM], ids=["on stored seconds", "beside them"])
@pytest.mark.parametrize("off", [-HOUR, HOUR], ids=["back", "forward"])
def test_an_hour_of_a_wrong_clock_is_240_unknown_park_minutes(
    bench: Bench, off: timedelta, late: timedelta
) -> None:
    assert bench.unexplained_by(WrongClock(off, late), bench.files.url("clock"), 4 * 60) == []

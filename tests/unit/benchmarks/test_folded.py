"""A recording folded in memory is what a park would remember of it."""

from __future__ import annotations

from datetime import timedelta

from benchmarks.accuracy.folded import folded
from benchmarks.accuracy.hindsight import SaidOpen
from drawing import CYCLE, HOUR, NEW_YORK, clock, day

ALL_DAY = "X" * 9 * HOUR + "o" * 12 * HOUR + "X" * 3 * HOUR
BROKEN = "X" * 9 * HOUR + "o" * 18 + "XXX" + "o" * 51 + "X" * 3 * HOUR


def said(picture: str) -> list[SaidOpen]:
    return [
        (clock("00:00") + place * CYCLE, letter == "o")
        for place, letter in enumerate(picture)
        if letter != "."
    ]


def test_a_day_is_what_its_readings_make_of_it() -> None:
    memory = folded(6, NEW_YORK, 600, {1: said(ALL_DAY), 2: said(ALL_DAY), 3: said(BROKEN), 4: said(ALL_DAY)})
    drawn = day(ALL_DAY, ALL_DAY, BROKEN, ALL_DAY)
    assert memory.runs == drawn.runs
    assert memory.park_runs == drawn.park_runs


def test_few_rides_that_are_listed_alone_do_not_end_a_session() -> None:
    alone = ALL_DAY[: 12 * HOUR] + "." * 9 + ALL_DAY[12 * HOUR + 9 :]
    memory = folded(6, NEW_YORK, 600, {1: said("X" * 24 * HOUR)} | {ride: said(alone) for ride in (2, 3, 4)})
    (session,) = memory.sessions_at(clock("24:00") + timedelta(hours=12))
    assert session.span == (clock("09:00"), clock("21:00"))
    assert session.stops == ()

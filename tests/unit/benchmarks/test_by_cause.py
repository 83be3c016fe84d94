"""Where the time of each true cause ended up."""

from __future__ import annotations

from benchmarks.accuracy.by_cause import NO_SESSION, seconds_by_cause
from benchmarks.accuracy.simulated_days import ComparedDay
from drawing import HOUR
from looks import happened, real, seen

from park_downtime.model import StretchKind
from park_downtime.simulator.causes import Cause

OPEN = ("09:00", Cause.OPERATING)
NIGHT = ("21:00", Cause.CLOSED_FOR_THE_NIGHT)
ALL_DAY = "X" * 9 * HOUR + "o" * 12 * HOUR + "X" * 3 * HOUR
OTHERS = [happened(OPEN, NIGHT)] * 3


def test_a_breakdown_is_split_by_what_the_readings_made_of_it() -> None:
    truth = happened(OPEN, ("12:02", Cause.BREAKDOWN), ("12:33", Cause.OPERATING), NIGHT)
    drawn = "X" * 9 * HOUR + "o" * 19 + "XXX" + "o" * 50 + "X" * 3 * HOUR
    found = seconds_by_cause(
        ComparedDay(seen(ALL_DAY, ALL_DAY, ALL_DAY, drawn), real(*OTHERS, truth), {4: truth})
    )
    assert found[Cause.BREAKDOWN, StretchKind.OUTAGE] == 23 * 60
    assert found[Cause.BREAKDOWN, StretchKind.OPEN] == 8 * 60
    assert found[Cause.OPERATING, StretchKind.OUTAGE] == 7 * 60


def test_a_breakdown_until_closing_is_an_early_close() -> None:
    truth = happened(OPEN, ("18:00", Cause.BREAKDOWN), NIGHT)
    drawn = "X" * 9 * HOUR + "o" * 9 * HOUR + "X" * 6 * HOUR
    found = seconds_by_cause(
        ComparedDay(seen(ALL_DAY, ALL_DAY, ALL_DAY, drawn), real(*OTHERS, truth), {4: truth})
    )
    assert found[Cause.BREAKDOWN, StretchKind.EARLY_CLOSE] == 3 * 3600


def test_time_outside_every_session_is_told_apart() -> None:
    truth = happened(OPEN, NIGHT)
    found = seconds_by_cause(ComparedDay(seen(*[ALL_DAY] * 4), real(*OTHERS, truth), {4: truth}))
    assert found[Cause.CLOSED_FOR_THE_NIGHT, NO_SESSION] == 12 * 3600

"""What a call at the edge of a simulated ride's day really was."""

from __future__ import annotations

from benchmarks.accuracy.edge_causes import CalledStretch, PlanOf, Was, called_stretches, seconds_of
from benchmarks.accuracy.judged_days import JudgedDay
from benchmarks.accuracy.simulated_days import ComparedDay
from drawing import HOUR, clock
from looks import happened, real, seen

from park_downtime.model import StretchKind
from park_downtime.simulator.causes import Cause
from park_downtime.timeline.edge_calls import Due, told_apart

PLAN = [(clock("09:00"), clock("21:00"))]
OPEN = ("09:00", Cause.OPERATING)
NIGHT = ("21:00", Cause.CLOSED_FOR_THE_NIGHT)


def test_a_breakdown_before_the_first_opening_is_trouble() -> None:
    truth = happened(("09:00", Cause.BREAKDOWN), ("10:04", Cause.OPERATING), NIGHT)
    found = seconds_of((clock("09:10"), clock("10:10")), truth, PLAN)
    assert found == {Was.TROUBLE: 54 * 60, Was.OPEN: 6 * 60}


def test_a_ride_that_opens_a_quarter_of_an_hour_late_without_a_reason_is_unexplained() -> None:
    truth = happened(("08:30", Cause.NOT_YET_OPEN), ("09:15", Cause.OPERATING), NIGHT)
    found = seconds_of((clock("08:50"), clock("09:15")), truth, PLAN)
    assert found == {Was.PLAN: 10 * 60, Was.UNEXPLAINED: 15 * 60}


def test_what_is_late_by_less_is_jitter_of_the_plan() -> None:
    truth = happened(("08:30", Cause.NOT_YET_OPEN), ("09:14", Cause.OPERATING), NIGHT)
    assert seconds_of((clock("08:50"), clock("09:14")), truth, PLAN) == {Was.PLAN: 24 * 60}


def test_a_ride_that_opens_before_its_plan_was_planned() -> None:
    yesterday = (clock("-15:00"), clock("-3:00"))
    truth = happened(("08:30", Cause.NOT_YET_OPEN), ("08:58", Cause.OPERATING), NIGHT)
    found = seconds_of((clock("08:40"), clock("08:58")), truth, [yesterday, *PLAN])
    assert found == {Was.PLAN: 18 * 60}


def test_an_early_close_is_unexplained_until_the_plan_says_so() -> None:
    truth = happened(OPEN, ("19:00", Cause.CLOSED_EARLY), NIGHT)
    plan = [(clock("09:00"), clock("20:30"))]
    found = seconds_of((clock("19:00"), clock("21:00")), truth, plan)
    assert found == {Was.UNEXPLAINED: 90 * 60, Was.PLAN: 30 * 60}


def test_a_ride_that_is_to_close_after_its_park_is_unexplained_until_then() -> None:
    truth = happened(OPEN, ("19:00", Cause.CLOSED_EARLY), NIGHT)
    plan = [(clock("09:00"), clock("21:12"))]
    found = seconds_of((clock("20:50"), clock("21:20")), truth, plan)
    assert found == {Was.UNEXPLAINED: 22 * 60, Was.PLAN: 8 * 60}


def told(day: JudgedDay, due: Due) -> JudgedDay:
    return JudgedDay(day.day, day.memory, [told_apart(each, [due]) for each in day.touching], day.row)


def test_calls_of_a_day_are_held_against_what_happened() -> None:
    truth = happened(("09:00", Cause.BREAKDOWN), ("11:00", Cause.OPERATING), NIGHT)
    all_day = "X" * 9 * HOUR + "o" * 12 * HOUR + "X" * 3 * HOUR
    late = "X" * 11 * HOUR + "o" * 10 * HOUR + "X" * 3 * HOUR
    day = told(seen(all_day, all_day, all_day, late), Due(4, StretchKind.LATE_START, clock("09:30")))
    others = [happened(OPEN, NIGHT)] * 3
    plan_of: PlanOf = {4: PLAN}.__getitem__
    (found,) = called_stretches(ComparedDay(day, real(*others, truth), {4: truth}), plan_of)
    assert found == CalledStretch(4, StretchKind.LATE_START, clock("09:30"), clock("11:00"), found.seconds)
    assert found.seconds == {Was.TROUBLE: 90 * 60}
    assert not found.is_none

"""Calls of simulated days in a table, and what was plan among them."""

from __future__ import annotations

from collections import Counter

from benchmarks.accuracy.called_report import called_report
from benchmarks.accuracy.edge_causes import CalledStretch, Was
from benchmarks.accuracy.tables import Report
from drawing import clock

from park_downtime.model import StretchKind
from park_downtime.simulator.worlds import default_world


def reported(called: CalledStretch, outage_seconds: int) -> Report:
    report = Report()
    called_report(report, "a week", default_world(1), {6: [called]}, outage_seconds)
    return report


def late_start(plan_seconds: int) -> CalledStretch:
    what = Counter({Was.TROUBLE: 5400 - plan_seconds, Was.PLAN: plan_seconds})
    return CalledStretch(140, StretchKind.LATE_START, clock("09:30"), clock("11:00"), what)


def did_not_reopen(plan_seconds: int) -> CalledStretch:
    what = Counter({Was.UNEXPLAINED: 7200 - plan_seconds, Was.PLAN: plan_seconds})
    return CalledStretch(140, StretchKind.DID_NOT_REOPEN, clock("19:00"), clock("21:00"), what)


def test_a_late_start_that_was_plan_is_listed_in_the_parks_own_time() -> None:
    lines = reported(late_start(plan_seconds=600), 36_000).lines
    assert "- park 6 ride 140, 01 Jul 09:30 to 11:00: late_start, 10.0 min were plan" in lines
    assert "- a week, late starts that were plan: goal 0 h, reached 0.2 h" in lines


def test_more_than_a_hundredth_of_late_starts_that_were_plan_fails() -> None:
    assert reported(late_start(plan_seconds=54), 36_000).failed == 0
    assert reported(late_start(plan_seconds=55), 36_000).failed == 1


def test_what_did_not_reopen_by_plan_is_held_against_the_outages() -> None:
    assert reported(did_not_reopen(plan_seconds=179), 36_000).failed == 0
    assert reported(did_not_reopen(plan_seconds=180), 36_000).failed == 1

"""Continuous states as runs: exact edges, and the park's running at every second that matters."""

from __future__ import annotations

from benchmarks.accuracy.exact_runs import exact_park_runs, exact_runs
from drawing import DAY, MIDNIGHT, clock
from looks import TOMORROW, happened, real

from park_downtime.model import State, StretchKind
from park_downtime.simulator.causes import Cause
from park_downtime.timeline.holds import held

OPEN = ("09:03", Cause.OPERATING)
NIGHT = ("21:00", Cause.CLOSED_FOR_THE_NIGHT)


def test_a_run_holds_until_the_very_second_of_the_change() -> None:
    runs = exact_runs(1, DAY, happened(OPEN, ("12:01", Cause.BREAKDOWN), ("12:34", Cause.OPERATING), NIGHT))
    spans = [(run.state, run.started_at, until) for run, until in held(runs)][1:4]
    assert spans == [
        (State.OPEN, clock("09:03"), clock("12:01")),
        (State.CLOSED, clock("12:01"), clock("12:34")),
        (State.OPEN, clock("12:34"), clock("21:00")),
    ]


def test_two_causes_of_being_closed_are_one_run() -> None:
    truth = happened(OPEN, ("12:00", Cause.BREAKDOWN), ("12:30", Cause.WEATHER), ("13:00", Cause.OPERATING))
    assert len(exact_runs(1, DAY, truth)) == 4


def test_the_park_runs_from_the_second_ride_on_until_less_than_two_are_open() -> None:
    early, late = happened(OPEN, NIGHT), happened(("10:07", Cause.OPERATING), ("20:11", Cause.CLOSED_EARLY))
    closed = happened()
    runs = {
        number: exact_runs(number, DAY, truth)
        for number, truth in enumerate((early, late, closed, closed), start=1)
    }
    park_runs, _ = exact_park_runs(DAY, (MIDNIGHT, TOMORROW), runs, {}, [])
    assert [(run.started_at, until) for run, until in held(park_runs) if run.is_running] == [
        (clock("10:07"), clock("20:11"))
    ]


def test_a_ride_that_never_closes_does_not_keep_the_park_open() -> None:
    always = [happened(("00:00", Cause.OPERATING))] * 2
    runs = {number: exact_runs(number, DAY, truth) for number, truth in enumerate(always, start=1)}
    runs |= {number: exact_runs(number, DAY, happened()) for number in (3, 4)}
    park_runs, _ = exact_park_runs(DAY, (MIDNIGHT, TOMORROW), runs, {}, [])
    # For its first 20 hours nothing tells it from a ride that opens early.
    assert park_runs[-1].started_at == clock("20:00")
    assert not park_runs[-1].is_running


def test_the_counts_remember_how_many_were_open_until_each_change() -> None:
    runs = {1: exact_runs(1, DAY, happened(OPEN, NIGHT))}
    _, counts = exact_park_runs(DAY, (MIDNIGHT, TOMORROW), runs, {}, [])
    assert (clock("21:00"), 1) in counts
    assert (clock("21:00"), 0) in counts


def test_what_happened_is_judged_by_the_same_rules() -> None:
    others = [happened(OPEN, NIGHT)] * 3
    broken = happened(OPEN, ("12:01", Cause.BREAKDOWN), ("12:34", Cause.OPERATING), NIGHT)
    ride = real(*others, broken).touching[0].rides[4]
    assert [(s.start, s.end) for s in ride.stretches if s.kind is StretchKind.OUTAGE] == [
        (clock("12:01"), clock("12:34"))
    ]

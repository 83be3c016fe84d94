"""Runs as they stood at an earlier moment."""

from __future__ import annotations

from drawing import CYCLE, clock, park_runs, readings, runs
from hypothesis import given
from hypothesis import strategies as st

from park_downtime.model import State
from park_downtime.timeline.as_of import park_runs_as_of, run_as_of, runs_as_of
from park_downtime.timeline.runs import fold


def test_a_run_that_was_over_is_whole() -> None:
    (run,) = runs("ooo")
    assert run_as_of(run, clock("0:20")) == run


def test_a_run_that_had_not_begun_is_not_there() -> None:
    assert runs_as_of(runs("oooXXX"), clock("0:20")) == runs("ooo")


def test_a_run_is_cut_at_the_moment() -> None:
    (run,) = runs("ooooo")
    cut = run_as_of(run, clock("0:20"))
    assert cut is not None
    assert (cut.started_at, cut.last_reading_at, cut.reading_count) == (clock("0:00"), clock("0:20"), 3)


def test_a_run_that_begins_at_the_moment_has_one_reading() -> None:
    (run,) = runs("ooooo")
    cut = run_as_of(run, clock("0:00"))
    assert cut is not None
    assert (cut.last_reading_at, cut.reading_count) == (clock("0:00"), 1)


def test_no_wait_is_made_up_from_those_of_the_whole_run() -> None:
    (run,) = fold(readings("ooooo", wait=30), ())
    cut = run_as_of(run, clock("0:20"))
    assert cut is not None
    assert (cut.wait_count, cut.wait_sum, cut.wait_min, cut.wait_max) == (0, 0, None, None)


def test_a_run_that_was_over_keeps_its_waits() -> None:
    (run,) = fold(readings("ooo", wait=30), ())
    cut = run_as_of(run, clock("0:20"))
    assert cut is not None
    assert (cut.wait_count, cut.wait_max) == (3, 30)


def test_a_park_is_cut_alike() -> None:
    (cut,) = park_runs_as_of(park_runs("RRRRSS"), clock("0:20"))
    assert (cut.started_at, cut.last_reading_at, cut.is_running) == (clock("0:00"), clock("0:20"), True)


@given(picture=st.text("oX", min_size=1, max_size=40), place=st.integers(0, 39))
def test_of_regular_readings_states_and_counts_are_exact(picture: str, place: int) -> None:
    place = min(place, len(picture) - 1)
    moment = clock("0:00") + place * CYCLE
    then = [(run.state, run.started_at, run.last_reading_at, run.reading_count) for run in runs(picture)]
    cut = [
        (run.state, run.started_at, run.last_reading_at, run.reading_count)
        for run in runs_as_of(runs(picture), moment)
    ]
    known_then = [
        (run.state, run.started_at, run.last_reading_at, run.reading_count)
        for run in runs(picture[: place + 1])
    ]
    assert cut == known_then
    assert len(cut) <= len(then)


def test_states_are_what_they_were() -> None:
    assert [run.state for run in runs_as_of(runs("ooXXoo"), clock("0:30"))] == [State.OPEN, State.CLOSED]

"""Readings folded into runs: what ends a run, and that neither order nor grouping of arrival matters."""

from __future__ import annotations

import random
from datetime import date, timedelta

from drawing import CYCLE, DAY, clock, readings, runs, unheard
from hypothesis import given
from hypothesis import strategies as st

from park_downtime.model import State
from park_downtime.timeline.runs import Run, fold, fold_one, hold_limit

PICTURES = st.text("oX.!", min_size=1, max_size=60)


def lengths(picture: str) -> list[tuple[State, int]]:
    return [(run.state, run.reading_count) for run in runs(picture)]


def test_one_state_is_one_run() -> None:
    (run,) = runs("ooo")
    assert (run.state, run.started_at, run.last_reading_at) == (State.OPEN, clock("0:00"), clock("0:20"))


def test_a_change_of_state_begins_another() -> None:
    assert lengths("ooXo") == [(State.OPEN, 2), (State.CLOSED, 1), (State.OPEN, 1)]


def test_unknown_readings_are_as_if_absent() -> None:
    assert lengths("oo.oo") == [(State.OPEN, 4)]


def test_three_intervals_without_a_known_reading_end_a_run() -> None:
    assert lengths("oo..oo") == [(State.OPEN, 2), (State.OPEN, 2)]


def test_two_and_a_half_intervals_are_just_near_enough() -> None:
    near = readings("oo", every=timedelta(minutes=25))
    far = readings("oo", every=timedelta(minutes=25, seconds=1))
    assert len(fold([reading._replace(interval_seconds=600) for reading in near], ())) == 1
    assert len(fold([reading._replace(interval_seconds=600) for reading in far], ())) == 2


def test_the_interval_is_the_one_of_the_earlier_reading() -> None:
    first, second = readings("oo", every=timedelta(minutes=20))
    fast, slow = first._replace(interval_seconds=300), second._replace(interval_seconds=1200)
    assert len(fold([fast, slow], ())) == 2


def test_a_hold_is_two_and_a_half_intervals() -> None:
    assert hold_limit(600) == timedelta(minutes=25)


def test_a_cycle_that_failed_to_hear_of_the_park_ends_a_run() -> None:
    assert lengths("oo!oo") == [(State.OPEN, 2), (State.OPEN, 2)]


def test_local_midnight_ends_a_run() -> None:
    before, after = runs("oooo", start=clock("23:40"))
    assert (before.local_date, after.local_date) == (DAY, date(2026, 7, 2))
    assert (before.last_reading_at, after.started_at) == (clock("23:50"), clock("24:00"))


def test_waits_are_of_open_readings_and_zero_counts() -> None:
    waits = [30, 0, None, 15]
    said = [
        reading._replace(wait_minutes=wait) for reading, wait in zip(readings("oooo"), waits, strict=True)
    ]
    (run,) = fold(said, ())
    assert (run.wait_count, run.wait_sum, run.wait_min, run.wait_max) == (3, 45, 0, 30)


def test_without_any_wait_least_and_most_are_unknown() -> None:
    (run,) = runs("oo")
    assert (run.wait_count, run.wait_min, run.wait_max) == (0, None, None)


def test_a_run_holds_by_the_interval_of_its_last_reading() -> None:
    first, second = readings("oo")
    (run,) = fold([first, second._replace(interval_seconds=300)], ())
    assert run.interval_seconds == 300


def test_a_second_reading_at_the_same_instant_is_left_out() -> None:
    (reading,) = readings("o")
    (run,) = fold([reading, reading._replace(state=State.CLOSED)], ())
    assert (run.state, run.reading_count) == (State.OPEN, 1)


def test_every_ride_has_its_own_runs() -> None:
    both = fold([*readings("oo", ride_id=2), *readings("oX", ride_id=1)], ())
    assert [(run.ride_id, run.state) for run in both] == [
        (1, State.OPEN),
        (1, State.CLOSED),
        (2, State.OPEN),
    ]


@given(picture=PICTURES, start=st.integers(0, 288), seed=st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(picture: str, start: int, seed: random.Random) -> None:
    begin = clock("0:00") + start * CYCLE
    said, missed = readings(picture, start=begin, wait=20), unheard(picture, begin)
    shuffled = said.copy()
    seed.shuffle(shuffled)
    assert fold(shuffled, missed) == fold(said, missed)


@given(picture=PICTURES, start=st.integers(0, 288))
def test_reading_by_reading_is_the_same_as_all_at_once(picture: str, start: int) -> None:
    begin = clock("0:00") + start * CYCLE
    said, missed = readings(picture, start=begin, wait=20), unheard(picture, begin)
    one_by_one: list[Run] = []
    for reading in said:
        heard_of_by_now = [at for at in missed if at < reading.recorded_at]
        run = fold_one(one_by_one[-1] if one_by_one else None, reading, heard_of_by_now)
        if one_by_one and one_by_one[-1].started_at == run.started_at:
            one_by_one.pop()
        one_by_one.append(run)
    assert one_by_one == fold(said, missed)


@given(picture=PICTURES)
def test_no_reading_is_lost_or_counted_twice(picture: str) -> None:
    found = runs(picture)
    assert sum(run.reading_count for run in found) == picture.count("o") + picture.count("X")

"""A park's own runs: read as running, or as not running."""

from __future__ import annotations

import random
from datetime import timedelta

from drawing import CYCLE, DAY, clock, park_runs, unheard
from hypothesis import given
from hypothesis import strategies as st

from park_downtime.periods import local_date
from park_downtime.timeline.runs import ParkReading, ParkRun, extend_park, fold_park

PICTURES = st.text("RS-!", min_size=1, max_size=60)


def said(picture: str, start: int = 0) -> list[ParkReading]:
    found = []
    for place, letter in enumerate(picture, start=start):
        at = clock("0:00") + place * CYCLE
        if letter in "RS":
            found.append(ParkReading(at, local_date(at, "America/New_York"), 600, letter == "R"))
    return found


def states(picture: str) -> list[bool]:
    return [run.is_running for run in park_runs(picture)]


def test_one_state_is_one_run() -> None:
    assert park_runs("RRR") == [ParkRun(DAY, clock("0:00"), clock("0:20"), 600, True)]


def test_a_change_begins_another() -> None:
    assert states("RRSR") == [True, False, True]


def test_one_missing_cycle_does_not_end_it_two_do() -> None:
    assert states("R-R") == [True]
    assert states("R--R") == [True, True]


def test_a_failed_cycle_ends_it() -> None:
    assert states("R!R") == [True, True]


def test_local_midnight_ends_it() -> None:
    assert [run.started_at for run in park_runs("RRR", start=clock("23:50"))] == [
        clock("23:50"),
        clock("24:00"),
    ]


def test_a_slower_cadence_holds_longer() -> None:
    slow = [reading._replace(interval_seconds=1200) for reading in said("R---R")]
    assert slow[1].recorded_at - slow[0].recorded_at == timedelta(minutes=40)
    assert len(fold_park(slow, ())) == 1


@given(picture=PICTURES, start=st.integers(0, 288), seed=st.randoms(use_true_random=False))
def test_the_order_of_arrival_does_not_matter(picture: str, start: int, seed: random.Random) -> None:
    missed = unheard(picture, clock("0:00") + start * CYCLE)
    shuffled = said(picture, start)
    seed.shuffle(shuffled)
    assert fold_park(shuffled, missed) == fold_park(said(picture, start), missed)


@given(picture=PICTURES, start=st.integers(0, 288))
def test_reading_by_reading_is_the_same_as_all_at_once(picture: str, start: int) -> None:
    missed = unheard(picture, clock("0:00") + start * CYCLE)
    one_by_one: list[ParkRun] = []
    for reading in said(picture, start):
        known_by_now = [at for at in missed if at < reading.recorded_at]
        run = extend_park(one_by_one[-1] if one_by_one else None, reading, known_by_now)
        if one_by_one and one_by_one[-1].started_at == run.started_at:
            one_by_one.pop()
        one_by_one.append(run)
    assert one_by_one == fold_park(said(picture, start), missed)

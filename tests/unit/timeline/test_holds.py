"""For how long a reading is known to last."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from drawing import clock, runs

from park_downtime.model import State
from park_downtime.timeline.holds import held, open_seconds


def ends(picture: str, now: datetime | None = None, every_minutes: int = 10) -> list[datetime]:
    every = timedelta(minutes=every_minutes)
    return [until for _, until in held(runs(picture, every=every), now)]


def test_a_reading_holds_until_the_next_known_one() -> None:
    assert ends("oX")[0] == clock("0:10")


def test_also_over_one_unknown_reading() -> None:
    assert ends("o.X")[0] == clock("0:20")


def test_before_a_longer_silence_it_holds_one_interval() -> None:
    assert ends("o..X")[0] == clock("0:10")


def test_the_last_holds_one_interval() -> None:
    assert ends("ooX") == [clock("0:20"), clock("0:30")]


def test_the_interval_is_that_of_the_reading() -> None:
    assert ends("o", every_minutes=5) == [clock("0:05")]
    assert ends("o..X", every_minutes=5)[0] == clock("0:05")


def test_two_and_a_half_intervals_are_still_held() -> None:
    first, second = runs("oX", every=timedelta(minutes=25))
    as_if_ten = [replace(first, interval_seconds=600), replace(second, interval_seconds=600)]
    assert next(until for _, until in held(as_if_ten)) == clock("0:25")


def test_a_failed_cycle_does_not_end_the_hold_by_itself() -> None:
    assert ends("o!o") == [clock("0:20"), clock("0:30")]


def test_nothing_is_held_beyond_now() -> None:
    assert ends("oo", now=clock("0:10")) == [clock("0:10")]
    assert ends("oo", now=clock("0:15")) == [clock("0:15")]


def test_open_seconds_are_clipped_to_the_range_asked_for() -> None:
    own = runs("ooXXoo")
    assert open_seconds(own, clock("0:00"), clock("1:00")) == 2400
    assert open_seconds(own, clock("0:15"), clock("0:45")) == 600


def test_runs_may_come_in_any_order() -> None:
    backwards = runs("oXo")[::-1]
    assert [run.state for run, _ in held(backwards)] == [State.OPEN, State.CLOSED, State.OPEN]

"""The tests' own waiting: it ends with the condition, and says what it saw when it gives up."""

from __future__ import annotations

import pytest
from waiting import wait_until


def test_what_held_is_given() -> None:
    numbers = iter([1, 2, 3, 4])
    assert wait_until("three", lambda: next(numbers), lambda number: number == 3, pause=lambda _: None) == 3


def test_what_holds_already_is_not_waited_for() -> None:
    paused: list[float] = []
    assert wait_until("a word", lambda: "said", pause=paused.append) == "said"
    assert paused == []


def test_giving_up_tells_what_was_awaited_and_what_was_seen_last() -> None:
    with pytest.raises(AssertionError, match=r"^three: not within 0 s; last seen: 2$"):
        wait_until("three", lambda: 2, lambda number: number == 3, seconds=0)


def test_it_looks_at_least_once_more_after_a_pause_that_took_all_the_time() -> None:
    """A machine that stood still must not decide."""
    now, happened = [0.0], []

    def stand_still(_: float) -> None:
        now[0] += 3600
        happened.append("it")

    assert wait_until("it", lambda: list(happened), pause=stand_still, clock=lambda: now[0]) == ["it"]


def test_a_look_that_raises_ends_the_waiting() -> None:
    def look() -> bool:
        raise ProcessLookupError

    with pytest.raises(ProcessLookupError):
        wait_until("a process", look)


def test_what_takes_long_is_looked_at_more_seldom() -> None:
    now, paused = [0.0], []

    def pass_time(seconds: float) -> None:
        paused.append(seconds)
        now[0] += seconds

    wait_until("a minute", lambda: now[0], lambda seen: seen >= 60, pause=pass_time, clock=lambda: now[0])
    assert (paused[0], paused[-1], paused == sorted(paused)) == (0.02, 0.25, True)
    assert len(paused) < 300

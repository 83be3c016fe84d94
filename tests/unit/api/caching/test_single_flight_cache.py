"""What is kept is computed once per version, bounded in bytes, and once at a time however many want it."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Event, Semaphore

import pytest
from waiting import PATIENCE_SECONDS

from park_downtime.api.caching import single_flight_cache
from park_downtime.api.caching.single_flight_cache import SingleFlightCache
from park_downtime.config import heap_tuning


class Counted:
    """A computation that counts how often it ran."""

    def __init__(self, value: str = "x") -> None:
        self.runs = 0
        self.value = value

    def __call__(self) -> str:
        self.runs += 1
        return self.value


def test_the_second_time_nothing_is_computed() -> None:
    answers, compute = SingleFlightCache(), Counted()
    answers.get(1, "a", compute, len)
    answers.get(1, "a", compute, len)
    assert compute.runs == 1


def test_another_version_is_computed_anew() -> None:
    answers, compute = SingleFlightCache(), Counted()
    answers.get(1, "a", compute, len)
    answers.get(2, "a", compute, len)
    assert compute.runs == 2


def test_a_new_version_frees_what_the_old_one_kept() -> None:
    answers = SingleFlightCache()
    answers.get(1, "a", Counted("x" * 100), len)
    answers.get(2, "b", Counted("y" * 10), len)
    assert answers.held_bytes == 10


def test_what_was_longest_unused_goes_first() -> None:
    answers, first, second = SingleFlightCache(most_bytes=25), Counted("x" * 10), Counted("y" * 10)
    answers.get(1, "a", first, len)
    answers.get(1, "b", second, len)
    answers.get(1, "a", first, len)
    answers.get(1, "c", Counted("z" * 10), len)
    answers.get(1, "a", first, len)
    answers.get(1, "b", second, len)
    assert (first.runs, second.runs) == (1, 2)


def test_thousands_of_keys_take_no_more_than_allowed() -> None:
    answers = SingleFlightCache(most_bytes=1000)
    for number in range(5000):
        answers.get(1, number, Counted("x" * 10), len)
    assert answers.held_bytes <= 1000


def test_what_is_larger_than_everything_is_not_kept() -> None:
    answers, compute = SingleFlightCache(most_bytes=5), Counted("x" * 10)
    answers.get(1, "a", compute, len)
    answers.get(1, "a", compute, len)
    assert (compute.runs, answers.held_bytes) == (2, 0)


def test_many_who_want_the_same_compute_it_once() -> None:
    answers, ready, runs = SingleFlightCache(), Barrier(8), []
    go = Event()

    def compute() -> str:
        runs.append(1)
        go.wait(PATIENCE_SECONDS)
        return "x"

    def ask(_: int) -> str:
        ready.wait(PATIENCE_SECONDS)
        if len(runs) == 1:
            go.set()
        return answers.get(1, "a", compute, len)

    with ThreadPoolExecutor(8) as pool:
        asked = [pool.submit(ask, number) for number in range(8)]
        go.set()
        assert {one.result(PATIENCE_SECONDS) for one in asked} == {"x"}
    assert len(runs) == 1


def test_a_failure_is_told_and_not_kept() -> None:
    answers = SingleFlightCache()

    def fail() -> str:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        answers.get(1, "a", fail, len)
    assert answers.get(1, "a", Counted("fine"), len) == "fine"


def test_what_was_computed_for_an_older_version_is_not_kept_for_the_new_one() -> None:
    answers, late = SingleFlightCache(), Counted("new")

    def slow() -> str:
        answers.get(2, "other", Counted(), len)  # the version changes meanwhile
        return "old"

    answers.get(1, "a", slow, len)
    assert answers.get(2, "a", late, len) == "new"


def test_no_more_than_two_are_computed_at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(single_flight_cache, "LONGEST_WAIT_SECONDS", PATIENCE_SECONDS)
    answers, begun, may_end = SingleFlightCache(), Semaphore(0), Event()

    def compute() -> str:
        begun.release()
        may_end.wait(PATIENCE_SECONDS)
        return "x"

    with ThreadPoolExecutor(3) as visitors:
        asked = [visitors.submit(answers.get, 1, key, compute, len) for key in "abc"]
        assert begun.acquire(timeout=PATIENCE_SECONDS)
        assert begun.acquire(timeout=PATIENCE_SECONDS)
        third_began = begun.acquire(blocking=False)
        may_end.set()
        assert [one.result(PATIENCE_SECONDS) for one in asked] == ["x"] * 3
    assert not third_began


def test_whoever_has_waited_long_for_a_turn_goes_on_without(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(single_flight_cache, "LONGEST_WAIT_SECONDS", 0)
    answers = SingleFlightCache(computed_at_once=1)
    inside = answers.get(1, "a", lambda: answers.get(1, "b", lambda: "y", len), len)
    assert inside == "y"


def test_memory_is_given_back_once_as_much_was_let_go_as_may_be_kept(monkeypatch: pytest.MonkeyPatch) -> None:
    given_back: list[int] = []
    monkeypatch.setattr(heap_tuning, "give_back", lambda: given_back.append(1))
    answers = SingleFlightCache(most_bytes=50)
    for number in range(15):
        answers.get(1, number, Counted("x" * 10), len)
    assert len(given_back) == 2

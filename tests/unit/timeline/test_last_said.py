"""What a ride said last, and when that changed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from park_downtime.model import State
from park_downtime.timeline.last_said import LastSaid, changed, say

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
OPEN, CLOSED = State.OPEN, State.CLOSED


def at(minutes: int) -> datetime:
    return NOON + timedelta(minutes=minutes)


def told(*words: tuple[int, State, int | None]) -> LastSaid:
    last: LastSaid | None = None
    for minutes, state, wait in words:
        last = say(last, state, wait, at(minutes))
    assert last is not None
    return last


def test_the_first_word_is_news() -> None:
    assert told((0, OPEN, 10)).changed_at == NOON


def test_the_same_again_is_none() -> None:
    assert told((0, OPEN, 10), (10, OPEN, 10), (20, OPEN, 10)) == LastSaid(OPEN, 10, at(20), NOON)


def test_another_wait_or_another_state_is() -> None:
    assert told((0, OPEN, 10), (10, OPEN, 15)).changed_at == at(10)
    assert told((0, OPEN, None), (10, CLOSED, None)).changed_at == at(10)


def test_what_was_missing_for_a_while_may_say_the_same_again() -> None:
    assert told((0, OPEN, 10), (180, OPEN, 10)).changed_at == NOON


def test_after_three_hours_it_is_news() -> None:
    assert told((0, OPEN, 10), (181, OPEN, 10)).changed_at == at(181)


def test_a_wait_is_alive_for_three_hours_after_a_change() -> None:
    last = told((0, OPEN, 10), (100, OPEN, 10), (180, OPEN, 10), (190, OPEN, 10))
    assert last.is_alive(at(180))
    assert not last.is_alive(at(190))


def test_no_wait_is_never_alive() -> None:
    assert not told((0, OPEN, 0)).is_alive(NOON)
    assert not told((0, OPEN, None)).is_alive(NOON)
    assert not told((0, CLOSED, None)).is_alive(NOON)


def test_of_other_rides_nothing_is_asked() -> None:
    said = {1: told((0, OPEN, 10), (10, OPEN, 10)), 2: told((10, OPEN, 5))}
    assert changed(said, {1, 2, 3}, at(10))
    assert not changed(said, {1, 3}, at(10))

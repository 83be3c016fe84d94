"""When rides usually open and close: DESIGN's worked example, and what makes a habit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest

from park_downtime.periods import Zone
from park_downtime.timeline.edges import SessionEdges
from park_downtime.timeline.habits import Edge, Habit, habits, higher_quantile, usual_clock

ZONE = Zone("America/New_York")
NINE = datetime(2026, 7, 1, 13, tzinfo=UTC)  # in New York
LENGTH = 12 * 3600


def session(
    days_before: float, opened: float | None = None, closed: float | None = None, hours: float = 12
) -> SessionEdges:
    """One of ride 1; minutes after 9:00, and minutes before its end."""
    start = NINE - timedelta(days=days_before)
    length = int(hours * 3600)
    return SessionEdges(
        start,
        start + timedelta(seconds=length),
        {} if opened is None else {1: int(60 * opened)},
        {} if closed is None else {1: length - int(60 * closed)},
    )


def opening(past: Sequence[SessionEdges], today: SessionEdges | None = None) -> Habit | None:
    return habits(Edge.OPENING, today or session(0), past, ZONE).get(1)


def closing(past: Sequence[SessionEdges], today: SessionEdges | None = None) -> Habit | None:
    return habits(Edge.CLOSING, today or session(0), past, ZONE).get(1)


def openings(*minutes: float) -> list[SessionEdges]:
    return [session(days, opened) for days, opened in enumerate(minutes, start=1)]


def test_the_worked_example() -> None:
    habit = opening(openings(8, 9, 9, 10, 12, 14))
    assert habit == Habit(due=12 * 60, usual=9.5 * 60, is_steady=True)


def test_quantiles_take_the_higher_neighbour() -> None:
    assert higher_quantile([8, 9, 9, 10, 12, 14], 0.75) == 12
    assert higher_quantile([1, 2, 3, 4, 5], 0.75) == 4
    assert higher_quantile([7], 0.75) == 7


def test_four_days_are_no_habit() -> None:
    assert opening(openings(8, 9, 9, 10)) is None
    assert opening(openings(8, 9, 9, 10, 12)) is not None


def test_what_lies_more_than_sixty_days_back_is_forgotten() -> None:
    assert opening([session(56.0 + n, 10) for n in range(5)]) is not None
    assert opening([session(56.5 + n, 10) for n in range(5)]) is None


def test_only_the_newest_twenty_one_count() -> None:
    past = [session(n, 10) for n in range(1, 22)] + [session(n, 300) for n in range(22, 60)]
    assert opening(past) == Habit(600, 600, is_steady=True)


def test_days_that_began_at_another_time_do_not_count_where_there_are_enough_like_today() -> None:
    early = [session(n + 2 / 24, 150) for n in range(1, 20)]  # two hours before nine
    like_today = [session(n, 10) for n in range(20, 25)]
    assert opening([*early, *like_today]) == Habit(600, 600, is_steady=True)


def test_where_days_like_today_are_few_all_count() -> None:
    early = [session(n + 2 / 24, 120) for n in range(1, 20)]  # open at nine by the clock
    habit = opening([*early, *(session(n, 0) for n in range(20, 24))])
    assert habit is not None
    assert (habit.due, habit.usual) == (7200, 7200)


def test_of_offset_and_clock_the_later_is_due() -> None:
    """The park opened at eight, and the ride at nine: today, with the park at nine, it is due at ten."""
    early = [session(n + 1 / 24, 60) for n in range(1, 7)]
    habit = opening(early)
    assert habit is not None
    assert habit.due == 3600


def test_a_ride_that_opens_at_any_time_is_not_judged() -> None:
    habit = opening(openings(0, 70, 140, 210, 280, 350))
    assert habit is not None
    assert not habit.is_steady


def test_closing_is_the_same_backwards() -> None:
    past = [session(days, closed=early) for days, early in enumerate((8, 9, 9, 10, 12, 14), start=1)]
    habit = closing(past)
    assert habit is not None
    assert (-habit.due, -habit.usual) == (LENGTH - 12 * 60, LENGTH - 9.5 * 60)


def test_of_two_closings_the_earlier_is_due() -> None:
    """The ride closed with the park at 21:00; today the park goes on until 23:00, and the ride need not."""
    habit = closing([session(n, closed=0) for n in range(1, 7)], session(0, hours=14))
    assert habit is not None
    assert -habit.due == 12 * 3600


@pytest.mark.parametrize("today", [date(2026, 3, 12), date(2026, 11, 6)])
def test_a_clock_is_that_on_the_wall_across_a_clock_change(today: date) -> None:
    """Sessions always begin at nine on the wall: on either side of the change that is another instant."""

    def nine_on(day: date) -> datetime:
        return datetime.combine(day, time(9), ZoneInfo(ZONE.name)).astimezone(UTC)

    past = [
        SessionEdges(start, start + timedelta(hours=12), {1: 600}, {})
        for start in (nine_on(today - timedelta(days=days)) for days in range(1, 12))
    ]
    assert nine_on(today) - past[-1].started_at != timedelta(days=11)
    now = SessionEdges(nine_on(today), nine_on(today) + timedelta(hours=12), {}, {})
    assert opening(past, now) == Habit(600, 600, is_steady=True)


class TestUsualClock:
    def test_is_the_median_by_the_clock_on_the_wall(self) -> None:
        clock = usual_clock(Edge.OPENING, openings(8, 9, 9, 10, 12, 14), 1, ZONE)
        assert clock == 9 * 3600 + 9.5 * 60

    def test_of_closing_may_lie_after_midnight(self) -> None:
        past = [session(days, closed=0, hours=16) for days in range(1, 6)]
        assert usual_clock(Edge.CLOSING, past, 1, ZONE) == 25 * 3600

    def test_of_four_days_nothing_is_usual(self) -> None:
        assert usual_clock(Edge.OPENING, openings(8, 9, 9, 10), 1, ZONE) is None

"""Whether a park runs at a reading (DESIGN, Running), and which entries say nothing of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest
from drawing import CYCLE, HOUR, clock, runs
from hypothesis import example, given, settings
from hypothesis import strategies as st

from park_downtime.model import State
from park_downtime.timeline.last_said import LastSaid
from park_downtime.timeline.running import (
    LargestInLookback,
    always_open,
    always_open_spans,
    covers,
    is_running,
    lists_too_few,
    never_closes,
    park_activity,
)
from park_downtime.timeline.runs import Run

OPEN, CLOSED, UNKNOWN = State.OPEN, State.CLOSED, State.UNKNOWN


@pytest.mark.parametrize(
    ("open_rides", "largest", "known", "expected"),
    [
        (30, 30, 40, True),
        (3, 30, 40, True),  # exactly a tenth
        (2, 30, 40, False),  # below a tenth of the day's most
        (2, 20, 40, True),
        (1, 5, 40, False),  # one alone never makes a larger park run
        (2, 5, 5, True),
        (0, 0, 40, False),
    ],
)
def test_a_tenth_of_the_most_and_at_least_two(
    open_rides: int, largest: int, known: int, expected: bool
) -> None:
    assert is_running(open_rides, largest, known) is expected


def test_below_four_known_rides_one_is_enough() -> None:
    assert is_running(1, 3, known_rides=3)
    assert not is_running(1, 3, known_rides=4)
    assert not is_running(0, 3, known_rides=3)


def test_an_evening_event_with_a_quarter_of_the_rides_is_running() -> None:
    assert is_running(10, 40, known_rides=40)


def test_the_reading_itself_is_among_the_most() -> None:
    said = [(ride, OPEN if ride < 2 else CLOSED, None) for ride in range(40)]
    assert park_activity(said, (), largest_before=0).is_running
    assert not park_activity(said, (), largest_before=30).is_running


def test_unknown_readings_are_neither_open_nor_closed() -> None:
    activity = park_activity([(1, OPEN, 5), (2, CLOSED, None), (3, UNKNOWN, None)], (), 0)
    assert (activity.rides_open, activity.rides_closed, activity.rides_unknown) == (1, 1, 1)


def test_a_park_that_says_nothing_does_not_run() -> None:
    assert not park_activity([(1, UNKNOWN, None), (2, UNKNOWN, None)], (), 0).is_running
    assert not park_activity([], (), 0).is_running


def test_an_entry_that_never_closes_is_open_but_does_not_make_the_park_run() -> None:
    said = [(1, OPEN, None), (2, OPEN, None), (3, CLOSED, None), (4, CLOSED, None)]
    activity = park_activity(said, {1}, largest_before=0)
    assert (activity.rides_open, activity.running_count, activity.is_running) == (2, 1, False)


def test_the_average_wait_has_zeros_in_it_and_nothing_unknown() -> None:
    activity = park_activity([(1, OPEN, 0), (2, OPEN, 40), (3, OPEN, None), (4, CLOSED, None)], (), 0)
    assert (activity.average_wait_minutes, activity.max_wait_minutes) == (20.0, 40)


def test_without_waits_the_average_is_unknown() -> None:
    activity = park_activity([(1, OPEN, None)], (), 0)
    assert (activity.average_wait_minutes, activity.max_wait_minutes) == (None, None)


class TestMostInTheLast24Hours:
    def test_before_the_first_reading_there_is_none(self) -> None:
        assert LargestInLookback().before(clock("0:00")) == 0

    def test_it_is_the_largest_not_the_latest(self) -> None:
        largest = LargestInLookback([(clock("9:00"), 12), (clock("10:00"), 30), (clock("17:00"), 4)])
        assert largest.before(clock("18:00")) == 30

    def test_after_a_day_it_is_forgotten(self) -> None:
        largest = LargestInLookback([(clock("10:00"), 30), (clock("17:00"), 4)])
        assert largest.before(clock("33:50")) == 30
        assert largest.before(clock("34:10")) == 4

    @given(counts=st.lists(st.integers(0, 9), max_size=400))
    @settings(max_examples=30)
    def test_it_is_the_maximum_of_what_came_before(self, counts: list[int]) -> None:
        largest = LargestInLookback()
        for place, count in enumerate(counts):
            earlier = counts[max(0, place - 24 * HOUR) : place]
            assert largest.before(clock("0:00") + place * CYCLE) == max(earlier, default=0)
            largest.add(clock("0:00") + place * CYCLE, count)


class TestAlwaysOpen:
    def test_twenty_of_the_last_24_hours_are_enough(self) -> None:
        own = {1: runs("X" * 4 * HOUR + "o" * 20 * HOUR)}
        assert always_open(own, clock("24:00")) == {1}

    def test_ten_minutes_less_are_not(self) -> None:
        own = {1: runs("X" * 4 * HOUR + "X" + "o" * (20 * HOUR - 1))}
        assert always_open(own, clock("24:00")) == set()

    def test_a_day_of_sixteen_hours_is_no_night(self) -> None:
        one_day = "X" * 4 * HOUR + "o" * 16 * HOUR + "X" * 4 * HOUR
        assert always_open({1: runs(one_day * 3)}, clock("60:00")) == set()

    def test_unknown_time_is_not_open_time(self) -> None:
        half_known = ("o" + "." * 4) * 29
        assert always_open({1: runs(half_known)}, clock("24:00")) == set()

    def test_the_first_twenty_hours_of_tracking_it_cannot_be_told(self) -> None:
        own = runs("o" * 24 * HOUR)
        assert not covers(always_open_spans(own), clock("19:50"))
        assert covers(always_open_spans(own), clock("20:00"))

    @example(lengths=[(True, 120), (False, 24), (True, 1), (False, 143), (True, 144)])
    @given(
        lengths=st.lists(
            st.tuples(st.booleans(), st.integers(1, 160) | st.sampled_from([24, 120, 144])),
            min_size=1,
            max_size=6,
        )
    )
    @settings(max_examples=60)
    def test_all_instants_at_once_are_the_same_as_one_by_one(self, lengths: list[tuple[bool, int]]) -> None:
        picture = "".join(("o" if is_open else "X") * length for is_open, length in lengths)
        own = runs(picture)
        spans = always_open_spans(own)
        for place in range(0, len(picture), 3):
            at = clock("0:00") + place * CYCLE
            assert covers(spans, at) == (always_open({1: own}, at) == {1})


NIGHT = datetime(2026, 7, 2, 2, tzinfo=UTC)


def last_said(changed_hours_ago: float, wait: int = 10) -> LastSaid:
    return LastSaid(OPEN, wait, NIGHT, NIGHT - timedelta(hours=changed_hours_ago))


class TestAParkThatNeverCloses:
    SAID = ((1, OPEN, 10), (2, OPEN, 10), (3, OPEN, 10), (4, OPEN, 0), (5, CLOSED, None))

    def test_most_of_what_is_open_always_is_and_waits_change(self) -> None:
        last = {ride_id: last_said(1) for ride_id in (1, 2, 3)}
        assert never_closes(self.SAID, {1, 2, 3}, last, NIGHT)

    def test_not_where_nothing_has_changed_for_long(self) -> None:
        last = {1: last_said(1), 2: last_said(1), 3: last_said(4)}
        assert not never_closes(self.SAID, {1, 2, 3}, last, NIGHT)

    def test_not_where_half_of_them_are_such(self) -> None:
        last = {ride_id: last_said(1) for ride_id in (1, 2, 3, 4)}
        assert not never_closes(self.SAID, {1, 2}, last, NIGHT)


class TestListsTooFew:
    @staticmethod
    def known(ride_id: int, hours_ago: float) -> list[Run]:
        at = NIGHT - timedelta(hours=hours_ago)
        return [Run(ride_id, date(2026, 7, 1), OPEN, at, at, 600, 1, 0, 0, None, None)]

    def test_half_of_those_known_is_enough(self) -> None:
        runs = {ride_id: self.known(ride_id, 1) for ride_id in range(4)}
        assert not lists_too_few({0, 1}, runs, NIGHT)
        assert lists_too_few({0}, runs, NIGHT)

    def test_rides_that_are_new_speak_for_none_of_them(self) -> None:
        runs = {ride_id: self.known(ride_id, 1) for ride_id in range(4)}
        assert lists_too_few({7, 8, 9, 10}, runs, NIGHT)

    def test_what_was_known_longer_than_a_day_ago_is_not_missed(self) -> None:
        runs = {ride_id: self.known(ride_id, 1 if ride_id == 0 else 25) for ride_id in range(4)}
        assert not lists_too_few({0}, runs, NIGHT)

    def test_where_nothing_was_known_nothing_is_missing(self) -> None:
        assert not lists_too_few(set(), {}, NIGHT)

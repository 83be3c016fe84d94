"""Doubts over a drawn park: one letter a cycle of ten minutes (DESIGN, Doubt).

`c` closed, nothing changes; `C` closed, something changed; `w` runs, three rides wait, as before;
`W` the same, something changed; `a` runs, waits are alive, none changed since; `z` runs, without a wait;
`Z` the same, something changed; `-` not heard.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest

from park_downtime.model import DoubtKind, State
from park_downtime.timeline.doubts import (
    Doubt,
    Liveness,
    believed_park_runs,
    believed_runs,
    breaks,
    posts_waits,
    quiet,
    recognise,
    said_of_park,
)
from park_downtime.timeline.runs import ParkRun, Run

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
DAY = date(2026, 7, 1)
POSTED = {DAY: NOON - timedelta(hours=6)}
STANDSTILL, LEFT_OPEN = DoubtKind.STANDSTILL, DoubtKind.LEFT_OPEN


def at(place: float) -> datetime:
    return NOON + timedelta(minutes=10 * place)


def liveness(letter: str, place: int) -> Liveness:
    return Liveness(
        recorded_at=at(place),
        local_date=DAY,
        interval_seconds=600,
        is_running=letter.lower() in "wza",
        rides_open=0 if letter in "cC" else 4,
        rides_waiting=3 if letter in "wWa" else 0,
        rides_alive=3 if letter in "Wa" else 0,
        has_changed=letter.isupper(),
    )


def drawn(picture: str) -> list[Liveness]:
    return [liveness(letter, place) for place, letter in enumerate(picture) if letter != "-"]


def doubts(
    picture: str, *known: Doubt, since: int = 0, last_alive: datetime | None = None, is_posting: bool = True
) -> list[Doubt]:
    return recognise(drawn(picture), at(0), at(since), known, last_alive, POSTED if is_posting else {})


def standstill(start: int, recognised: int, end: int | None = None) -> Doubt:
    return Doubt(STANDSTILL, at(start), at(recognised), None if end is None else at(end))


def left_open(start: int, recognised: int, end: int | None = None) -> Doubt:
    return Doubt(LEFT_OPEN, at(start), at(recognised), None if end is None else at(end))


class TestStandstill:
    def test_two_hours_without_a_change_and_it_stands_still_from_the_first_repetition_on(self) -> None:
        assert doubts("W" + 12 * "a") == [standstill(1, 12)]

    def test_a_little_less_is_none(self) -> None:
        assert doubts("W" + 11 * "a") == []

    def test_the_first_reading_that_differs_ends_it(self) -> None:
        assert doubts("W" + 14 * "a" + "W") == [standstill(1, 12, 15)]

    def test_each_change_begins_the_count_anew(self) -> None:
        assert doubts("W" + 7 * "a" + "W" + 7 * "a" + "W") == []

    def test_a_closed_night_is_none(self) -> None:
        assert doubts("C" + 40 * "c") == []

    def test_without_three_waits_at_each_reading_it_is_none(self) -> None:
        assert doubts("W" + 6 * "a" + "z" + 6 * "a") == []

    def test_a_gap_longer_than_the_hold_begins_the_count_anew(self) -> None:
        assert doubts("W" + 8 * "a" + "--" + 8 * "a") == []
        assert doubts("W" + 8 * "a" + "-" + 8 * "a") == [standstill(1, 12)]

    def test_two_readings_are_too_few(self) -> None:
        hourly = [one._replace(interval_seconds=7200) for one in drawn("W" + 11 * "-" + "a" + 11 * "-" + "a")]
        assert recognise(hourly[:2], NOON, NOON, (), None, POSTED) == []
        assert recognise(hourly, NOON, NOON, (), None, POSTED) == [standstill(12, 24)]

    def test_what_is_known_lasts_until_a_change(self) -> None:
        known = standstill(-30, -18)
        assert doubts("aaa", known) == [known]
        assert doubts("aaW", known) == [standstill(-30, -18, 2)]

    def test_readings_before_are_only_counted_with(self) -> None:
        assert doubts("W" + 12 * "a", since=12) == [standstill(1, 12)]
        assert doubts("W" + 14 * "a", standstill(1, 12), since=14) == [standstill(1, 12)]


class TestLeftOpen:
    def test_after_three_hours_without_a_wait_that_is_alive(self) -> None:
        assert doubts("W" + 18 * "z") == [left_open(1, 18)]

    def test_a_little_less_is_none(self) -> None:
        assert doubts("W" + 17 * "z") == []

    def test_the_next_wait_ends_it(self) -> None:
        assert doubts("W" + 20 * "z" + "W") == [left_open(1, 18, 21)]

    def test_it_starts_with_the_first_reading_at_which_the_park_runs(self) -> None:
        assert doubts("W" + 3 * "c" + 15 * "z") == [left_open(4, 18)]

    def test_a_park_that_closed_in_time_is_in_none(self) -> None:
        assert doubts("W" + 40 * "c") == []

    def test_what_ran_without_a_wait_until_it_closed_is(self) -> None:
        assert doubts("W" + 3 * "z" + 15 * "c") == [left_open(1, 18)]

    def test_a_park_that_posts_no_waits_is_in_none(self) -> None:
        assert doubts("W" + 30 * "z", is_posting=False) == []

    def test_nor_one_whose_last_wait_nobody_knows(self) -> None:
        assert doubts(30 * "z") == []

    def test_a_park_that_runs_again_after_a_night_has_three_hours_for_its_first_wait(self) -> None:
        night = "W" + 18 * "c"
        assert doubts(night + 17 * "z" + "W") == []
        assert doubts(night + 18 * "z" + 2 * "z") == [left_open(19, 37)]

    def test_to_run_again_after_a_night_ends_it(self) -> None:
        assert doubts("W" + 3 * "z" + 18 * "c" + "zz") == [left_open(1, 18, 22)]

    def test_to_run_again_sooner_does_not(self) -> None:
        assert doubts("W" + 10 * "z" + 10 * "c" + "zz") == [left_open(1, 18)]

    def test_a_wait_that_a_feed_repeats_while_it_stands_still_is_not_alive(self) -> None:
        assert doubts("W" + 12 * "a" + "Z" + 5 * "z") == [standstill(1, 12, 13), left_open(13, 18)]


@pytest.mark.parametrize(("days", "posts"), [(0, True), (6, True), (7, False), (-1, False)])
def test_a_park_posts_waits_if_it_did_within_its_last_seven_days(days: int, posts: bool) -> None:
    assert posts_waits(POSTED, DAY + timedelta(days=days), NOON + timedelta(days=days)) is posts


def test_what_was_posted_later_counts_for_nothing() -> None:
    assert not posts_waits({DAY: at(1)}, DAY, NOON)


class TestSaidOfThePark:
    @staticmethod
    def said(letter: str, *known: Doubt, since: datetime | None = None) -> bool | None:
        return said_of_park(liveness(letter, 0), since, known).is_open

    def test_it_is_open_while_it_runs(self) -> None:
        assert self.said("a") is True
        assert self.said("c") is False

    def test_for_half_an_hour_after_its_last_wait(self) -> None:
        assert self.said("z", since=at(-2)) is True
        assert self.said("z", since=at(-3)) is False
        assert self.said("z") is True

    def test_not_where_it_was_left_open(self) -> None:
        assert self.said("z", left_open(-20, -2)) is False

    def test_nothing_is_said_where_the_feed_stands_still(self) -> None:
        assert self.said("a", standstill(-20, -2)) is None

    def test_what_is_recognised_later_was_not_known_then(self) -> None:
        assert self.said("a", standstill(-20, 2)) is True


def test_a_park_is_quiet_since_its_last_wait_or_since_it_runs_again() -> None:
    told = quiet(drawn("Wzz" + 18 * "c" + "zzW"), [], None, at(0))
    since = {one.live.recorded_at: one.since for one in told}
    assert [since[at(place)] for place in (0, 1, 2, 3, 21, 22, 23)] == [
        None,
        at(0),
        at(0),
        at(0),
        at(21),
        at(21),
        None,
    ]


def run(start: int) -> Run:
    return Run(1, DAY, State.OPEN, at(start), at(start + 2), 600, 3, 3, 30, 10, 10)


def park_run(start: int) -> ParkRun:
    return ParkRun(DAY, at(start), at(start + 2), 600, is_running=True)


def test_runs_of_a_standstill_are_not_believed() -> None:
    runs = [run(0), run(3), run(6)]
    assert believed_runs(runs, [standstill(3, 20, 6)]) == [run(0), run(6)]
    assert believed_runs(runs, [left_open(3, 20, 6)]) == runs


def test_a_park_is_unknown_while_it_stands_still_and_does_not_run_where_it_was_left_open() -> None:
    runs = [park_run(0), park_run(3), park_run(6)]
    assert believed_park_runs(runs, [standstill(3, 20)]) == [park_run(0)]
    states = [one.is_running for one in believed_park_runs(runs, [left_open(3, 20, 6)])]
    assert states == [True, False, True]


def test_no_run_reaches_over_an_edge() -> None:
    edges: Sequence[datetime] = breaks([standstill(3, 20, 6), left_open(9, 30)])
    assert [edge + timedelta(seconds=1) for edge in edges] == [at(3), at(6), at(9)]

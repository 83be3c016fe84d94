"""How long outages last, where of some only a least length is known."""

from __future__ import annotations

import math
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from park_downtime.model import StretchKind
from park_downtime.statistics.days import DayClosure
from park_downtime.statistics.outages import (
    LEAST_OUTAGES,
    BackAgain,
    Length,
    back_again,
    lengths_of,
    typical,
    without_park_wide,
)

MINUTE = 60
NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
LENGTHS = st.lists(st.builds(Length, st.integers(0, 40), st.booleans()), min_size=LEAST_OUTAGES, max_size=60)
WHOLE = st.lists(st.integers(0, 40), min_size=LEAST_OUTAGES, max_size=60)


def median(lengths: list[Length]) -> int | None:
    return typical(lengths).median


def nine_in_ten(lengths: list[Length]) -> int | None:
    return typical(lengths).nine_in_ten


def whole(*seconds: int) -> list[Length]:
    return [Length(each, True) for each in seconds]


def cut(*seconds: int) -> list[Length]:
    return [Length(each, False) for each in seconds]


class TestLengths:
    def test_of_ten_whole_ones_the_fifth_and_the_ninth(self) -> None:
        lengths = whole(*range(10, 0, -1))
        assert (median(lengths), nine_in_ten(lengths)) == (5, 9)

    def test_of_fewer_than_ten_nothing_is_said(self) -> None:
        assert median(whole(*range(9))) is None

    def test_one_that_was_cut_off_short_leaves_the_others_more_weight(self) -> None:
        # Of 10 one is cut at 1: from there on each of the nine others is a ninth.
        lengths = [*cut(1), *whole(2, 3, 4, 5, 6, 7, 8, 9, 10)]
        assert median(lengths) == 6

    def test_one_that_was_cut_off_at_the_length_of_another_outlasted_it(self) -> None:
        assert median([*whole(*[5] * 5), *cut(*[5] * 5)]) == 5

    def test_exactly_half_of_many_is_half_of_them(self) -> None:
        lengths = [*whole(*range(1, 3001)), *cut(*[5000] * 3000)]
        assert median(lengths) == 3000

    def test_where_too_many_go_on_the_middle_is_not_reached(self) -> None:
        lengths = [*whole(1, 2, 3, 4), *cut(*[9] * 6)]
        assert (median(lengths), nine_in_ten(lengths)) == (None, None)

    @given(WHOLE)
    def test_of_whole_ones_it_is_the_length_that_so_many_do_not_exceed(self, seconds: list[int]) -> None:
        ordered = sorted(seconds)
        assert median(whole(*seconds)) == ordered[math.ceil(len(ordered) / 2) - 1]
        assert nine_in_ten(whole(*seconds)) == ordered[math.ceil(9 * len(ordered) / 10) - 1]

    @given(LENGTHS)
    def test_a_length_that_is_not_whole_makes_none_shorter(self, lengths: list[Length]) -> None:
        all_whole = median([Length(each.seconds, True) for each in lengths])
        found = median(lengths)
        assert found is None or (all_whole is not None and found >= all_whole)


def closure(
    minutes: int,
    kind: StretchKind = StretchKind.OUTAGE,
    within: int = 0,
    park_wide: int = 0,
    counts: bool = True,
) -> DayClosure:
    """Of so many known minutes, `within` so many if there are more; `park_wide`: of these."""
    end = NOON + timedelta(minutes=within or minutes)
    due = NOON if kind is not StretchKind.OUTAGE else None
    return DayClosure(1, kind, NOON.date(), NOON, end, due, 60 * minutes, 60 * park_wide, counts)


class TestLengthsOf:
    def test_an_outage_that_was_seen_throughout_is_whole(self) -> None:
        assert lengths_of([closure(30)]) == [Length(1800, True)]

    def test_one_with_time_inside_in_which_nobody_looked_lasted_at_least_what_was_seen(self) -> None:
        assert lengths_of([closure(30, within=90)]) == [Length(1800, False)]

    def test_a_ride_that_did_not_reopen_was_down_at_least_so_long(self) -> None:
        assert lengths_of([closure(30, StretchKind.DID_NOT_REOPEN)]) == [Length(1800, False)]

    @pytest.mark.parametrize(
        "other",
        [closure(10, counts=False), closure(30, StretchKind.LATE_START), closure(30, StretchKind.ONGOING)],
    )
    def test_flickers_late_starts_and_what_is_not_judged_are_none(self, other: DayClosure) -> None:
        assert lengths_of([other]) == []

    def test_what_was_park_wide_can_be_left_out(self) -> None:
        lengths = lengths_of([closure(30, park_wide=14), closure(60, park_wide=30)])
        assert without_park_wide(lengths) == [Length(1800, True)]


class TestBackAgain:
    def test_of_those_that_lasted_so_long_it_counts_those_that_were_back_soon(self) -> None:
        lengths = whole(
            *(minutes * MINUTE for minutes in (10, 50, 55, 60, 79, 80, 90, 100, 110, 120, 130, 140))
        )
        assert back_again(lengths, 50 * MINUTE) == BackAgain(50 * MINUTE, 11, 4)

    def test_of_fewer_than_ten_nothing_is_said(self) -> None:
        assert back_again(whole(*[3600] * 9), 600) is None

    @pytest.mark.parametrize(("seconds", "counts"), [(79 * MINUTE, False), (80 * MINUTE, True)])
    def test_what_was_cut_off_before_tells_nothing(self, seconds: int, counts: bool) -> None:
        found = back_again([*whole(*[7200] * 9), *cut(seconds)], 50 * MINUTE)
        assert found == (BackAgain(50 * MINUTE, 10, 0) if counts else None)

"""How sure a rank is: draws of a period's dates, and where a row stands in nine of ten of them."""

from __future__ import annotations

from array import array
from collections.abc import Mapping, Sequence

from hypothesis import given
from hypothesis import strategies as st

from park_downtime.statistics.rank_intervals import (
    DRAWS,
    DatesSeconds,
    RankInterval,
    added_up,
    drawn,
    nearest_rank,
    rank_intervals,
)

HOUR = 3600


def found(
    *dates: Sequence[int], open_hours: int = 10, seed: str = "7days 2026-07-01"
) -> Mapping[int, RankInterval]:
    """Of rows 0, 1, ...; each date is the seconds that each was down."""
    return rank_intervals(
        range(len(dates[0])),
        [
            DatesSeconds(array("Q", date), array("Q", [open_hours * HOUR + down for down in date]))
            for date in dates
        ],
        seed,
    )


class TestIntervals:
    def test_of_rows_that_are_alike_every_day_are_their_ranks(self) -> None:
        assert found([60, 300, 0], [60, 300, 0], [60, 300, 0]) == {
            0: RankInterval(2, 2),
            1: RankInterval(1, 1),
            2: RankInterval(3, 3),
        }

    def test_a_row_alone_is_the_first(self) -> None:
        assert found([60], [0], [7200]) == {0: RankInterval(1, 1)}

    def test_equal_rows_share_their_ranks(self) -> None:
        ranks = found([60, 60, 900], [7200, 7200, 0], [0, 0, 1800])
        assert ranks[0] == ranks[1]

    def test_rows_without_downtime_are_all_the_first(self) -> None:
        assert set(found([0, 0, 0], [0, 0, 0]).values()) == {RankInterval(1, 1)}

    def test_one_bad_day_of_six_makes_a_first_place_unsure(self) -> None:
        bad_day, usual = [7200, 600], [0, 600]
        # Of six dates, drawn six times, the bad one is missing in one draw of three.
        assert found(bad_day, *[usual] * 5)[0] == RankInterval(1, 2)

    def test_draws_without_an_hour_open_or_down_are_left_out(self) -> None:
        """A row that ran on one of two dates: where it was drawn, it was first."""
        dates = [
            DatesSeconds(array("Q", [1800, 60]), array("Q", [5 * HOUR, 5 * HOUR])),
            DatesSeconds(array("Q", [0, 60]), array("Q", [0, 5 * HOUR])),
        ]
        assert rank_intervals([7, 8], dates, "seed")[7] == RankInterval(1, 1)

    def test_a_row_that_never_ran_an_hour_has_none(self) -> None:
        dates = [DatesSeconds(array("Q", [600, 60]), array("Q", [600, 5 * HOUR]))] * 2
        assert rank_intervals([7, 8], dates, "seed") == {8: RankInterval(1, 1)}

    def test_of_a_period_without_dates_there_are_none(self) -> None:
        assert rank_intervals([7, 8], [], "seed") == {}

    def test_of_no_rows_there_are_none(self) -> None:
        assert rank_intervals([], [DatesSeconds(array("Q"), array("Q"))], "seed") == {}

    def test_a_year_of_a_park_with_many_rides_fits(self) -> None:
        whole_year_down = 366 * 86_400 * 200
        assert found([whole_year_down, whole_year_down - 1]) == {0: RankInterval(1, 1), 1: RankInterval(2, 2)}


class TestWidened:
    def test_a_rank_of_now_outside_is_taken_in(self) -> None:
        assert RankInterval(3, 9).widened(1) == RankInterval(1, 9)
        assert RankInterval(3, 9).widened(12) == RankInterval(3, 12)

    def test_one_inside_changes_nothing(self) -> None:
        assert RankInterval(3, 9).widened(9) == RankInterval(3, 9)


class TestDraws:
    def test_there_are_two_hundred_of_as_many_dates(self) -> None:
        times = list(drawn("seed", 29))
        assert (len(times), {sum(one) for one in times}) == (DRAWS, {29}) == (200, {29})

    def test_another_period_draws_others(self) -> None:
        assert list(drawn("7days 2026-07-01", 6)) != list(drawn("7days 2026-07-02", 6))

    def test_the_first_of_a_seed_is_the_same_for_ever(self) -> None:
        """On every machine and release of Python: published ranks can be worked out again."""
        assert next(drawn("7days 2026-07-01 2026-07-06", 6)) == [2, 0, 1, 1, 1, 1]

    def test_percentiles_are_the_nearest_ranks(self) -> None:
        assert (nearest_rank(200, 5), nearest_rank(200, 95)) == (9, 189)
        assert (nearest_rank(1, 5), nearest_rank(1, 95)) == (0, 0)


def test_parks_add_up_their_rides() -> None:
    assert list(added_up(array("Q", [60, 30, 5]), [1, 0, 1], 3)) == [30, 65, 0]


SECONDS = st.lists(st.integers(0, 20_000), min_size=5, max_size=5)


@given(st.lists(SECONDS, min_size=1, max_size=9), st.integers(1, 9))
def test_intervals_are_ranks_with_the_rank_of_now_inside(dates: list[list[int]], rank_now: int) -> None:
    ranks = found(*dates)
    assert sorted(ranks) == [0, 1, 2, 3, 4]
    for interval in ranks.values():
        assert 1 <= interval.low <= interval.high <= 5
        widened = interval.widened(rank_now)
        assert widened.low <= rank_now <= widened.high
        assert widened.low <= interval.low <= interval.high <= widened.high


@given(st.lists(SECONDS, min_size=1, max_size=9))
def test_the_same_seed_gives_the_same_answer(dates: list[list[int]]) -> None:
    assert found(*dates) == found(*dates)


@given(st.lists(SECONDS, min_size=1, max_size=9))
def test_who_is_longer_down_on_every_date_never_stands_behind(dates: list[list[int]]) -> None:
    ranks = found(*([*date, max(date) + 1] for date in dates))
    assert ranks[5] == RankInterval(1, 1)

"""How much downtime weighs, and who is ranked."""

from __future__ import annotations

from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from park_downtime.statistics.columns import columns_of
from park_downtime.statistics.measures import Measures
from park_downtime.statistics.scores import ParkScore, largest, rank, tier_or_default, tier_totals
from park_downtime.statistics.scores import park_score as score_of

HOUR = 3600


def ran(open_hours: float, down_hours: float = 0.0) -> Measures:
    return Measures(
        open_seconds=round(open_hours * HOUR), downtime_seconds=round(down_hours * HOUR), days_operated=1
    )


DID_NOT_OPERATE = Measures(did_not_operate_seconds=10 * HOUR, days_not_operated=1)


def park_score(rides: dict[int, Measures], tiers: dict[int, int | None]) -> ParkScore:
    names = ("days_operated", "open_seconds", "downtime_seconds")
    parts = [[getattr(ride, name) for ride in rides.values()] for name in names]
    columns = columns_of([*rides], names, parts)
    return score_of(tier_totals(columns, [tiers.get(ride_id) for ride_id in rides], range(len(rides))))


class TestWeightedHours:
    def test_downtime_counts_three_two_one(self) -> None:
        rides = {1: ran(8, 2), 2: ran(10), 3: ran(9, 1)}
        score = park_score(rides, {1: 1, 2: 2, 3: 3})
        # (2 h x 3 + 1 h x 1) / (3 + 2 + 1)
        assert score.weighted_hours == pytest.approx(7 / 6)

    def test_a_ride_that_did_not_operate_has_no_weight(self) -> None:
        rides = {1: ran(8, 2), 2: DID_NOT_OPERATE}
        assert park_score(rides, {1: 1, 2: 1}).weighted_hours == 2.0

    def test_an_unclassified_ride_is_standard(self) -> None:
        assert tier_or_default(None) == 2
        assert park_score({1: ran(8, 1), 2: ran(9)}, {1: None, 2: 3}).weighted_hours == pytest.approx(2 / 3)
        assert park_score({1: ran(8, 1)}, {}).tiers.tier2_count == 1

    def test_where_nothing_operated_it_is_unknown(self) -> None:
        score = park_score({1: DID_NOT_OPERATE}, {1: 1})
        assert (score.weighted_hours, score.share) == (None, None)

    def test_it_can_be_recomputed_from_the_distribution(self) -> None:
        rides = {1: ran(8, 2), 2: ran(10), 3: ran(9), 4: DID_NOT_OPERATE}
        tiers = park_score(rides, {1: 1, 2: 2, 3: 3, 4: 1}).tiers
        assert (tiers.tier1_count, tiers.tier2_count, tiers.tier3_count) == (1, 1, 1)
        assert tiers.total_park_weight == 6


class TestShare:
    def test_is_of_the_weighted_operating_time(self) -> None:
        rides = {1: ran(6, 2), 2: ran(8)}
        # 2 h x 3 / (8 h x 3 + 8 h x 1)
        assert park_score(rides, {1: 1, 2: 3}).share == pytest.approx(6 / 32)

    def test_without_downtime_it_is_zero(self) -> None:
        assert park_score({1: ran(6)}, {1: 1}).share == 0.0

    def test_of_equal_tiers_it_is_the_plain_share(self) -> None:
        assert park_score({1: ran(9, 1), 2: ran(10)}, {1: 3, 2: 3}).share == pytest.approx(1 / 20)


def ranked(*rows: tuple[float | None, Measures, str]) -> list[tuple[int | None, str]]:
    names = [name for _, _, name in rows]
    found = rank(
        [figure for figure, _, _ in rows],
        [parts.operating_seconds for _, parts, _ in rows],
        [parts.coverage_share for _, parts, _ in rows],
        names,
    )
    return [(each.rank, names[each.row]) for each in found]


class TestRank:
    def test_the_largest_comes_first(self) -> None:
        assert ranked((1.0, ran(9), "a"), (3.0, ran(9), "b"), (2.0, ran(9), "c")) == [
            (1, "b"),
            (2, "c"),
            (3, "a"),
        ]

    def test_an_hour_open_or_down_is_needed(self) -> None:
        assert ranked((2.0, ran(0.5, 0.5), "a")) == [(1, "a")]
        assert ranked((2.0, ran(0.9), "a")) == [(None, "a")]

    def test_the_others_follow_unranked(self) -> None:
        assert ranked((9.0, ran(0.5), "little"), (0.0, ran(9), "much")) == [(1, "much"), (None, "little")]

    def test_without_a_figure_there_is_no_rank(self) -> None:
        assert ranked((None, ran(9), "a"), (0.0, ran(9), "b")) == [(1, "b"), (None, "a")]

    def test_equal_figures_share_a_rank_and_the_next_counts_both(self) -> None:
        assert ranked((3.0, ran(9), "a"), (3.0, ran(9), "b"), (2.0, ran(9), "c")) == [
            (1, "a"),
            (1, "b"),
            (3, "c"),
        ]

    def test_figures_are_equal_in_whole_seconds(self) -> None:
        assert ranked((59.8, ran(9), "b"), (60.2, ran(9), "a"), (58.9, ran(9), "c")) == [
            (1, "a"),
            (1, "b"),
            (3, "c"),
        ]

    def test_equals_stand_in_the_order_of_their_coverage(self) -> None:
        half, whole = ran(9), ran(9)
        half.expected_seconds, half.unknown_seconds = 20 * HOUR, 10 * HOUR
        whole.expected_seconds = 20 * HOUR
        assert ranked((1.0, half, "a"), (1.0, whole, "b")) == [(1, "b"), (1, "a")]

    def test_then_by_name(self) -> None:
        assert ranked((1.0, ran(9), "b"), (1.0, ran(9), "a")) == [(1, "a"), (1, "b")]

    @given(
        st.lists(
            st.tuples(
                st.none() | st.floats(0, 9), st.sampled_from([0, HOUR, 2 * HOUR]), st.sampled_from("ab")
            )
        ),
        st.integers(0, 9),
    )
    def test_the_largest_have_the_first_of_all_among_them(
        self, rows: list[tuple[float | None, int, str]], most: int
    ) -> None:
        figures, operating, names = (
            ([*column] for column in zip(*rows, strict=True)) if rows else ([], [], [])
        )
        ranked: Any = partial(rank, figures, operating, [None] * len(rows), names)
        among = largest(figures, operating, [*range(len(rows))], most)
        assert ranked(among=among)[:most] == ranked()[:most]

    def test_of_nothing_is_nothing(self) -> None:
        assert ranked() == []

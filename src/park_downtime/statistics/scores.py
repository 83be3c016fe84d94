"""How much downtime weighs: tiers, weighted scores, ranking (DESIGN, Tier)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Generic, NamedTuple, TypeVar

from park_downtime.statistics.columns import Columns, at_places

Row = TypeVar("Row")

WEIGHTS = {1: 3, 2: 2, 3: 1}
UNCLASSIFIED_TIER = 2
RANKED_FROM_SECONDS = 3600
"""Ranked is what was open or down for at least an hour."""


def tier_or_default(tier: int | None) -> int:
    return UNCLASSIFIED_TIER if tier is None else tier


@dataclass(frozen=True, slots=True)
class TierDistribution:
    """The counted rides that operated in the period, by tier: the answer can be recomputed from it."""

    tier1_count: int
    tier2_count: int
    tier3_count: int

    @property
    def total_park_weight(self) -> int:
        return self.tier1_count * WEIGHTS[1] + self.tier2_count * WEIGHTS[2] + self.tier3_count * WEIGHTS[3]


@dataclass(frozen=True, slots=True)
class ParkScore:
    """`weighted_hours`: downtime hours x weight over the weights of what operated. `share`: of the
    weighted operating time. None where nothing operated.
    """

    tiers: TierDistribution
    weighted_hours: float | None
    share: float | None

    @property
    def weighted_seconds(self) -> float | None:
        return None if self.weighted_hours is None else self.weighted_hours * 3600


@dataclass(frozen=True, slots=True)
class TierTotal:
    """What the rides of one tier in one park add up to in a period; `operated`: how many did."""

    operated: int
    open_seconds: int
    downtime_seconds: int

    @property
    def operating_seconds(self) -> int:
        return self.open_seconds + self.downtime_seconds


def tier_totals(rides: Columns, tiers: Sequence[int | None], places: Iterable[int]) -> dict[int, TierTotal]:
    """What the rides at some places add up to, by the tier that weights use; `tiers`: of all rides."""
    of_tier: dict[int, list[int]] = {}
    for place in places:
        of_tier.setdefault(tier_or_default(tiers[place]), []).append(place)
    operated, opened, down = (
        rides.parts[name] for name in ("days_operated", "open_seconds", "downtime_seconds")
    )
    return {
        tier: TierTotal(
            operated=sum(map(bool, own(operated))),
            open_seconds=sum(own(opened)),
            downtime_seconds=sum(own(down)),
        )
        for tier, own in ((tier, at_places(own)) for tier, own in of_tier.items())
    }


def park_score(by_tier: Mapping[int, TierTotal]) -> ParkScore:
    """The score of a park in a period, by today's tiers of its rides."""
    distribution = TierDistribution(*(by_tier[tier].operated if tier in by_tier else 0 for tier in WEIGHTS))
    weighted_down = sum(total.downtime_seconds * WEIGHTS[tier] for tier, total in by_tier.items())
    weighted_operating = sum(total.operating_seconds * WEIGHTS[tier] for tier, total in by_tier.items())
    weight = distribution.total_park_weight
    return ParkScore(
        tiers=distribution,
        weighted_hours=weighted_down / 3600 / weight if weight else None,
        share=weighted_down / weighted_operating if weighted_operating else None,
    )


class Ranked(NamedTuple, Generic[Row]):
    """A row with its place; None: too little was seen of it to be ranked."""

    rank: int | None
    row: Row


def rank(
    figures: Sequence[float | None],
    operating_seconds: Sequence[int],
    coverage_shares: Sequence[float | None],
    names: Sequence[str],
    among: Iterable[int] | None = None,
) -> list[Ranked[int]]:
    """The places of what is ranked, the largest figure (in seconds) first; ties by coverage, then name.

    Figures that are equal in whole seconds share a rank, and the next one counts them all: 1, 1, 3. What was
    open or down for less than an hour follows unranked. `among`: some of the places.
    """
    places = range(len(figures)) if among is None else [*among]
    equals: dict[int, list[int]] = {}
    unranked: dict[int, list[int]] = {}
    for place in places:
        figure = figures[place]
        is_ranked = figure is not None and operating_seconds[place] >= RANKED_FROM_SECONDS
        (equals if is_ranked else unranked).setdefault(round(figure or 0), []).append(place)

    def in_order(of: dict[int, list[int]]) -> Iterator[list[int]]:
        for figure in sorted(of, reverse=True):
            if len(of[figure]) > 1:
                of[figure].sort(key=lambda place: (-(coverage_shares[place] or 0.0), names[place], place))
            yield of[figure]

    ranked: list[Ranked[int]] = []
    for found in in_order(equals):
        shared = len(ranked) + 1
        ranked += [Ranked(shared, place) for place in found]
    return ranked + [Ranked(None, place) for found in in_order(unranked) for place in found]


def largest(
    figures: Sequence[float | None], operating_seconds: Sequence[int], places: list[int], most: int
) -> list[int]:
    """The places without those that `most` others are ranked before: of thousands a page shows a hundred."""
    if most >= len(places):
        return places
    ranked = [figures[i] or 0 for i in places if operating_seconds[i] >= RANKED_FROM_SECONDS]
    if len(ranked) <= most:
        return places
    ranked.sort(reverse=True)
    least = ranked[most] - 1  # what differs by less than a second is equal
    return [i for i in places if (figures[i] or 0) >= least]

"""How much downtime weighs: tiers, weighted scores, ranking (DESIGN, Tier)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Generic, TypeVar

from park_downtime.statistics.measures import Measures

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


def park_score(rides: Mapping[int, Measures], tiers: Mapping[int, int | None]) -> ParkScore:
    """The score of a park from its rides' parts in a period, by today's tiers."""
    counts = {1: 0, 2: 0, 3: 0}
    weighted_down = weighted_operating = 0
    for ride_id, parts in rides.items():
        tier = tier_or_default(tiers.get(ride_id))
        if parts.days_operated:
            counts[tier] += 1
        weighted_down += parts.downtime_seconds * WEIGHTS[tier]
        weighted_operating += parts.operating_seconds * WEIGHTS[tier]
    distribution = TierDistribution(counts[1], counts[2], counts[3])
    weight = distribution.total_park_weight
    return ParkScore(
        tiers=distribution,
        weighted_hours=weighted_down / 3600 / weight if weight else None,
        share=weighted_down / weighted_operating if weighted_operating else None,
    )


def is_ranked(parts: Measures) -> bool:
    return parts.operating_seconds >= RANKED_FROM_SECONDS


@dataclass(frozen=True, slots=True)
class Ranked(Generic[Row]):
    """A row with its place; None: too little was seen of it to be ranked."""

    rank: int | None
    row: Row


def rank(rows: Iterable[tuple[float | None, Measures, str, Row]]) -> list[Ranked[Row]]:
    """Rows of (figure in seconds, parts, name, row), the largest figure first; ties by coverage, then name.

    Figures that are equal in whole seconds share a rank, and the next one counts them all: 1, 1, 3. What was
    open or down for less than an hour follows unranked.
    """
    in_whole_seconds = (
        (None if figure is None else round(figure), parts, name, row) for figure, parts, name, row in rows
    )
    ordered = sorted(
        in_whole_seconds,
        key=lambda entry: (
            not (is_ranked(entry[1]) and entry[0] is not None),
            -(entry[0] or 0),
            -(entry[1].coverage_share or 0.0),
            entry[2],
        ),
    )
    ranked: list[Ranked[Row]] = []
    shared, before = 0, None
    for place, (figure, parts, _, row) in enumerate(ordered, start=1):
        if figure != before:
            shared, before = place, figure
        has_rank = is_ranked(parts) and figure is not None
        ranked.append(Ranked(shared if has_rank else None, row))
    return ranked

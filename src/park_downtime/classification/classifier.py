"""What an entry is and how much it matters: of each, the first source that says so.

Sources in their order: manual overrides; the curated lists (by id, then by park and name); name and land
rules; what a language model answered earlier; the default. A category and a tier may come from
different sources.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from park_downtime.classification import curated
from park_downtime.classification.name_rules import by_name, is_single_rider_line
from park_downtime.classification.named_rides import named_ride
from park_downtime.classification.overrides import PACKAGED as PACKAGED_OVERRIDES
from park_downtime.classification.overrides import read_overrides
from park_downtime.classification.park_facts import kind_of
from park_downtime.classification.statement import Source, Statement
from park_downtime.classification.tier_rules import STANDARD, tier_by_name
from park_downtime.model import Category, Classification

RideId = tuple[int, int]
"""A ride by its park's id and its own."""

DEFAULT_CATEGORY = Statement(Source.DEFAULT, Category.RIDE, None, 0.6, "most entries of a park are rides")
DEFAULT_TIER = Statement(Source.DEFAULT, None, STANDARD, 0.3, "nothing is known of it: standard")


@dataclass(frozen=True, slots=True)
class Classifier:
    """The lists in force. Pure: the same question has the same answer."""

    overrides: Mapping[RideId, Statement]
    curated: Mapping[RideId, Statement]
    learnt: Mapping[RideId, Statement]

    @classmethod
    def load(cls, overrides_path: Path | None = None, learnt_path: Path | None = None) -> Classifier:
        """Read the lists; raises OverridesInvalid or CuratedInvalid.

        `overrides_path`: instead of the overrides that come with the program. `learnt_path`:
        what a language model answered, if it was ever asked.
        """
        learnt = curated.read_file(learnt_path) if learnt_path else None
        return cls(
            overrides=read_overrides(overrides_path or PACKAGED_OVERRIDES),
            curated=curated.statements(curated.read_file(curated.PACKAGED), Source.CURATED),
            learnt=curated.statements(learnt, Source.LANGUAGE_MODEL) if learnt else {},
        )

    def classify(self, park_id: int, ride_id: int, name: str, land: str | None) -> Classification:
        category, tier = ranked(self.statements(park_id, ride_id, name, land))
        if category.category is None or tier.tier is None:
            raise RuntimeError("the defaults state both")
        return Classification(
            category=category.category,
            tier=tier.tier,
            confidence=min(category.confidence, tier.confidence),
            reason=_reason(category, tier),
            source=min(category.source, tier.source, key=list(Source).index).value,
        )

    def statements(self, park_id: int, ride_id: int, name: str, land: str | None) -> list[Statement]:
        """Everything that is said of the entry, strongest first; the defaults come last."""
        key = (park_id, ride_id)
        by_rule = by_name(name, land, kind_of(park_id))
        by_list = self.curated.get(key) or named_ride(park_id, name)
        # A single-rider line repeats its ride's state: whatever the list says of it, it is never counted.
        ordered = [by_rule, by_list] if is_single_rider_line(name) else [by_list, by_rule]
        found = [self.overrides.get(key), *ordered, self.learnt.get(key), DEFAULT_CATEGORY]
        said = [statement for statement in found if statement is not None]
        category = next(statement.category for statement in said if statement.category is not None)
        tier = tier_by_name(name, land, category)
        # The rules' word on the tier stands where their word on the category does.
        place = next(i for i, statement in enumerate(said) if statement.source not in _UP_TO_RULES)
        return [*said[:place], *([tier] if tier else []), *said[place:], DEFAULT_TIER]


_UP_TO_RULES = (Source.OVERRIDE, Source.CURATED, Source.RULE)


def ranked(statements: Sequence[Statement]) -> tuple[Statement, Statement]:
    """The statement whose category counts, and the one whose tier counts: the first of each."""
    return (
        next(statement for statement in statements if statement.category is not None),
        next(statement for statement in statements if statement.tier is not None),
    )


def _reason(category: Statement, tier: Statement) -> str:
    if category is tier:
        return tier.reason
    if category.source is Source.DEFAULT:
        return tier.reason
    return f"{category.reason}; {tier.reason}"

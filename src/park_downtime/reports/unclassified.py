"""Which counted rides nothing places: their tier is the default, so their weight is a guess of nobody."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import Connection

from park_downtime.classification.classifier import Classifier, ranked
from park_downtime.classification.statement import Source
from park_downtime.database.entries import entries
from park_downtime.database.parks import all_parks


@dataclass(frozen=True, slots=True)
class Unclassified:
    """Of the active counted rides of the tracked parks; `by_park` has names, the most first."""

    counted: int
    by_park: Mapping[str, int]

    @property
    def rides(self) -> int:
        return sum(self.by_park.values())


def unclassified(connection: Connection, classifier: Classifier) -> Unclassified:
    """By the lists and rules in force, which `classify` would write."""
    parks = all_parks(connection)
    counted = [entry for entry in entries(connection).values() if entry.is_active and entry.is_counted]
    found = Counter(
        parks[entry.park_id].name
        for entry in counted
        if _places_nothing(classifier, entry.park_id, entry.ride_id, entry.name, entry.land)
    )
    most_first = sorted(found.items(), key=lambda park: (-park[1], park[0]))
    return Unclassified(len(counted), dict(most_first))


def _places_nothing(classifier: Classifier, park_id: int, ride_id: int, name: str, land: str | None) -> bool:
    _, tier = ranked(classifier.statements(park_id, ride_id, name, land))
    return tier.source is Source.DEFAULT

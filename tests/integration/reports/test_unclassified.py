"""How many counted rides nothing places, and in which park."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace

import cycles
from cycles import NOON, cycle, park, said
from sqlalchemy import Engine

from park_downtime.classification.classifier import Classifier
from park_downtime.classification.statement import Source, Statement
from park_downtime.collection.store import store_cycle
from park_downtime.database.engine import reading
from park_downtime.model import Category
from park_downtime.reports.unclassified import unclassified

NOTHING: Mapping[tuple[int, int], Statement] = {}


def test_rides_are_counted_by_park_and_the_most_come_first(engine: Engine) -> None:
    listed = Statement(Source.CURATED, Category.RIDE, 1, 0.9, "listed")
    classifier = Classifier(overrides=NOTHING, curated={(6, 63): listed}, learnt=NOTHING)
    cycles.add_parks(
        engine, replace(park(5), name="Lake"), replace(park(6), name="Hill"), park(7, is_tracked=False)
    )
    entries = {
        5: (said(51, name="Quibble"), said(52, name="Grand Carousel"), said(53, name="Fireworks")),
        6: (said(61, name="Zag"), said(62, name="Zig"), said(63, name="Zog")),
        7: (said(71, name="Elsewhere"),),
    }
    store_cycle(engine, cycle(NOON, entries), classifier)
    with reading(engine) as connection:
        found = unclassified(connection, classifier)
    assert (found.counted, found.rides) == (5, 3)
    assert list(found.by_park.items()) == [("Hill", 2), ("Lake", 1)]

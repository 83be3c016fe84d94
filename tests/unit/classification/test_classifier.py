"""Of category and tier the first source that states it counts."""

from __future__ import annotations

from pathlib import Path

import pytest

from park_downtime.classification.classifier import Classifier
from park_downtime.classification.overrides import OverridesInvalid
from park_downtime.classification.statement import Source, Statement
from park_downtime.model import Category

RIDE = (6, 138)


def said(
    source: Source, category: Category | None = None, tier: int | None = None, confidence: float = 0.9
) -> Statement:
    return Statement(source, category, tier, confidence, f"by {source}")


def classifier(
    override: Statement | None = None, curated: Statement | None = None, learnt: Statement | None = None
) -> Classifier:
    return Classifier(
        overrides={RIDE: override} if override else {},
        curated={RIDE: curated} if curated else {},
        learnt={RIDE: learnt} if learnt else {},
    )


CURATED = said(Source.CURATED, Category.RIDE, 1)


def test_the_curated_list_counts_before_the_name() -> None:
    what = classifier(curated=CURATED).classify(*RIDE, "Grand Carousel", None)
    assert (what.tier, what.category, what.confidence, what.source) == (1, Category.RIDE, 0.9, "curated")
    assert what.reason == "by curated"


def test_an_override_counts_before_the_curated_list() -> None:
    override = said(Source.OVERRIDE, Category.SHOW, 3, 1.0)
    what = classifier(override, CURATED).classify(*RIDE, "Space Mountain", None)
    assert (what.tier, what.category, what.source) == (3, Category.SHOW, "override")


def test_an_override_of_the_tier_leaves_the_category_to_the_list() -> None:
    override = said(Source.OVERRIDE, tier=2, confidence=1.0)
    what = classifier(override, said(Source.CURATED, Category.SHOW, 3)).classify(
        *RIDE, "Space Mountain", None
    )
    assert (what.tier, what.category, what.source) == (2, Category.SHOW, "override")
    assert what.reason == "by curated; by override"


def test_an_override_of_the_category_leaves_the_tier_to_the_list() -> None:
    override = said(Source.OVERRIDE, Category.EXPERIENCE, confidence=1.0)
    what = classifier(override, CURATED).classify(*RIDE, "Space Mountain", None)
    assert (what.tier, what.category, what.source) == (1, Category.EXPERIENCE, "override")


def test_a_single_rider_line_is_one_whatever_the_list_says() -> None:
    what = classifier(curated=CURATED).classify(*RIDE, "Space Mountain Single Rider", None)
    assert what.category is Category.SINGLE_RIDER
    assert not what.category.is_counted


def test_the_rules_place_what_no_list_names() -> None:
    what = classifier().classify(*RIDE, "Prince Charming Regal Carrousel", "Fantasyland")
    assert (what.tier, what.category, what.source, what.confidence) == (3, Category.RIDE, "rule", 0.6)


def test_what_nothing_places_is_a_standard_ride_without_confidence() -> None:
    what = classifier().classify(*RIDE, "Space Mountain", "Tomorrowland")
    assert (what.tier, what.category, what.source, what.confidence) == (2, Category.RIDE, "default", 0.3)


def test_an_answer_of_the_model_counts_before_the_default() -> None:
    learnt = said(Source.LANGUAGE_MODEL, Category.RIDE, 1)
    what = classifier(learnt=learnt).classify(*RIDE, "Space Mountain", None)
    assert (what.tier, what.source, what.confidence) == (1, "language model", 0.9)


def test_the_rules_count_before_an_answer_of_the_model() -> None:
    learnt = said(Source.LANGUAGE_MODEL, Category.RIDE, 1)
    assert classifier(learnt=learnt).classify(*RIDE, "Grand Carousel", None).tier == 3


def test_a_show_is_minor_unless_the_list_says_otherwise() -> None:
    assert classifier().classify(*RIDE, "Festival of the Lion King", None).tier == 3
    listed = classifier(curated=said(Source.CURATED, Category.SHOW, 2))
    assert listed.classify(*RIDE, "Festival of the Lion King", None).tier == 2


def test_the_confidence_is_that_of_the_weaker_part() -> None:
    assert classifier().classify(*RIDE, "Monsoon Lagoon", "Water Rides").confidence == 0.5


def test_the_packaged_lists_load() -> None:
    assert (
        Classifier.load().classify(5, 1, "Impressions de France", "France Pavilion").category
        is Category.EXPERIENCE
    )


def test_a_file_of_overrides_of_ones_own_is_used(tmp_path: Path) -> None:
    file = tmp_path / "own.csv"
    file.write_text(
        "park_id,ride_id,override_tier,category,reason,date_added\n6,138,3,,not for me,2026-07-04\n"
    )
    assert Classifier.load(file).classify(*RIDE, "Space Mountain", None).tier == 3


def test_an_absent_file_of_overrides_is_an_error(tmp_path: Path) -> None:
    with pytest.raises(OverridesInvalid):
        Classifier.load(tmp_path / "absent.csv")


def test_no_model_was_ever_asked_without_its_file(tmp_path: Path) -> None:
    assert Classifier.load(learnt_path=tmp_path / "absent.json").learnt == {}

"""Rides of parks whose Queue-Times ids are not known are placed by park and name, as guesses."""

from __future__ import annotations

from collections import Counter

import pytest

from park_downtime.classification.classifier import Classifier
from park_downtime.classification.named_rides import bare, named_ride, named_rides, rows
from park_downtime.classification.statement import Source, Statement
from park_downtime.model import Category

UNKNOWN_ID = 987_654


def tier(park_id: int, name: str) -> int | None:
    said = named_ride(park_id, name)
    return said.tier if said else None


@pytest.mark.parametrize(
    ("park_id", "name"),
    [
        (58, "Leviathan"),
        (58, "Behemoth"),
        (58, "Yukon Striker"),
        (58, "AlpenFury"),
        (48, "Goliath"),
        (48, "Le Monstre"),
        (314, "Phoenix"),
        (314, "Flying Turns"),
        (47, "Medusa Steel Coaster"),
        (47, "Superman El Último Escape"),
        (313, "Boulder Dash"),
        (324, "Monster"),
        (29, "Oscar's Wacky Taxi"),
    ],
)
def test_a_headline_coaster_is_major(park_id: int, name: str) -> None:
    assert tier(park_id, name) == 1


def test_others_are_standard_or_minor() -> None:
    assert tier(58, "Dragon Fyre") == 2
    assert tier(58, "Antique Carrousel") == 3
    assert tier(314, "Merry Mixer") == 3


def test_a_name_counts_in_its_own_park_only() -> None:
    assert tier(314, "Phoenix") == 1
    assert tier(324, "Phoenix") == 2
    assert tier(50, "Phoenix") is None


@pytest.mark.parametrize("name", ["Bat", "The Bat™", "THE BAT", "The  Bat!"])
def test_article_punctuation_and_marks_do_not_matter(name: str) -> None:
    assert tier(58, name) == 2


def test_a_name_as_it_is_compared() -> None:
    assert bare("Ednör – L'Attaque") == "ednor l attaque"
    assert bare("Le Monstre") == "monstre"
    assert bare("L'Attaque") == "attaque"


def test_what_the_list_says_is_a_guess() -> None:
    assert named_ride(58, "Leviathan") == Statement(
        Source.CURATED, Category.RIDE, 1, 0.6, "guess from memory: giga coaster"
    )


def test_a_playground_is_no_ride() -> None:
    said = named_ride(58, "Beagle Scout Acres")
    assert said is not None
    assert said.category is Category.EXPERIENCE


def test_every_theme_park_without_curated_ids_has_a_list_with_a_headline() -> None:
    majors = Counter(park_id for (park_id, _), said in named_rides().items() if said.tier == 1)
    assert set(majors) == {29, 47, 48, 58, 307, 313, 314, 324}


def test_no_ride_stands_there_twice() -> None:
    keys = [(int(row["park_id"]), bare(row["name"])) for row in rows()]
    assert [key for key, times in Counter(keys).items() if times > 1] == []


def test_an_id_of_the_curated_list_counts_before_the_name() -> None:
    by_id = Statement(Source.CURATED, Category.RIDE, 3, 0.9, "by its id")
    classifier = Classifier(overrides={}, curated={(58, UNKNOWN_ID): by_id}, learnt={})
    assert classifier.classify(58, UNKNOWN_ID, "Leviathan", None).tier == 3
    assert classifier.classify(58, UNKNOWN_ID + 1, "Leviathan", None).tier == 1


def test_a_list_by_name_counts_before_the_rules() -> None:
    what = Classifier(overrides={}, curated={}, learnt={}).classify(314, UNKNOWN_ID, "Grand Carousel", None)
    assert (what.tier, what.source, what.confidence) == (2, "curated", 0.6)


def test_a_single_rider_line_of_a_listed_ride_is_not_counted() -> None:
    what = Classifier(overrides={}, curated={}, learnt={}).classify(
        58, UNKNOWN_ID, "Leviathan Single Rider", None
    )
    assert not what.category.is_counted

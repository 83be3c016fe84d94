"""A tier guessed from the name is better than nothing, and says that it is not sure."""

from __future__ import annotations

import pytest

from park_downtime.classification.tier_rules import tier_by_name
from park_downtime.model import Category


def tier(name: str, land: str | None = None, category: Category = Category.RIDE) -> int | None:
    said = tier_by_name(name, land, category)
    return said.tier if said else None


@pytest.mark.parametrize(
    "name",
    ["Grand Carousel", "Prince Charming Regal Carrousel", "Kiddie Coaster Cars", "Lil’ Devil", "Baby Pilota",
     "Snoopy’s™ Deep Sea Divers", "Bumper Cars", "Mad Tea Party", "Giant Gondola Wheel", "Frog Hopper"],
)  # fmt: skip
def test_carousels_and_childrens_rides_are_minor(name: str) -> None:
    assert tier(name) == 3


def test_a_childrens_land_makes_minor() -> None:
    assert tier("Red Baron", "Kids' Rides") == 3


def test_a_mine_train_is_standard_though_it_is_a_train() -> None:
    assert tier("Runaway Mine Train") == 2


def test_river_rapids_are_standard() -> None:
    assert tier("Congo River Rapids") == 2


def test_thrill_rides_are_standard() -> None:
    assert tier("Viper", "Thrill Rides") == 2


def test_a_lazy_river_is_minor() -> None:
    assert tier("Lazy River", None, Category.WATER_SLIDE) == 3


def test_what_is_not_counted_is_minor() -> None:
    assert tier("Fantasmic!", None, Category.SHOW) == 3


@pytest.mark.parametrize(
    "name",
    ["The Giga Coaster", "Hyper-Coaster", "Hypercoaster One", "Strata", "World’s Tallest Coaster",
     "Fastest Coaster on Earth", "The Steepest Drop", "Le plus haut manège", "La más rápida"],
)  # fmt: skip
def test_a_giga_hyper_or_strata_coaster_or_a_record_is_guessed_to_be_major(name: str) -> None:
    said = tier_by_name(name, None, Category.RIDE)
    assert said is not None
    assert (said.tier, said.confidence) == (1, 0.5)
    assert "guess" in said.reason


@pytest.mark.parametrize("name", ["Steel Vengeance", "Hyperspace Mountain", "Gigantic Adventure"])
def test_a_name_without_such_words_makes_no_major(name: str) -> None:
    assert tier(name) is None


def test_a_record_for_small_children_is_minor() -> None:
    assert tier("World's Longest Kiddie Train") == 3
    assert tier("Hyper Hopper", "Kids' Rides") == 3


def test_the_longest_lazy_river_is_minor() -> None:
    assert tier("World's Longest Lazy River", None, Category.WATER_SLIDE) == 3


@pytest.mark.parametrize(
    "name",
    ["Grand Carousel", "Congo River Rapids", "Woodstock Express", "Ferris Wheel", "Tilt-A-Whirl", "Giga"],
)
def test_a_guess_is_never_sure(name: str) -> None:
    said = tier_by_name(name, None, Category.RIDE)
    assert said is not None
    assert 0.3 <= said.confidence <= 0.6

"""The facts of parks that we know better than the feed."""

from __future__ import annotations

from zoneinfo import ZoneInfo

import pytest

from park_downtime.classification.park_facts import ParkKind, is_disney_universal, kind_of, park_facts


@pytest.mark.parametrize(
    ("park_id", "zone"),
    [
        (22, "America/Chicago"),
        (306, "America/Chicago"),
        (47, "America/Mexico_City"),
        (295, "America/Phoenix"),
    ],
)
def test_a_zone_that_the_feed_has_wrong_is_right_here(park_id: int, zone: str) -> None:
    assert park_facts()[park_id].timezone == zone


def test_every_zone_exists() -> None:
    assert [park for park in park_facts().values() if ZoneInfo(park.timezone).key != park.timezone] == []


def test_every_fact_is_stated() -> None:
    silent = [
        park.park_id
        for park in park_facts().values()
        if not all((park.name, park.city, park.state_province, park.country, park.operator))
    ]
    assert silent == []


def test_seventy_one_parks_are_known() -> None:
    assert len(park_facts()) == 71


@pytest.mark.parametrize(
    ("park_id", "operator"),
    [
        (36, "Enchanted Parks"),  # Six Flags St. Louis
        (45, "Enchanted Parks"),  # Great Escape
        (63, "Enchanted Parks"),  # Worlds of Fun
        (68, "Enchanted Parks"),  # Valleyfair
        (70, "Enchanted Parks"),  # Michigan's Adventure
        (48, "La Ronde Operations"),
    ],
)
def test_a_park_that_was_sold_in_april_2026_has_its_new_operator(park_id: int, operator: str) -> None:
    assert park_facts()[park_id].operator == operator


@pytest.mark.parametrize("park_id", [32, 42, 50, 57, 58, 281, 282, 339])
def test_a_park_that_was_not_sold_is_still_of_six_flags(park_id: int) -> None:
    assert park_facts()[park_id].operator == "Six Flags"


def test_the_water_park_in_new_braunfels_is_known() -> None:
    park = park_facts()[339]
    assert (park.name, park.kind, park.city, park.state_province, park.timezone) == (
        "Schlitterbahn New Braunfels",
        ParkKind.WATER,
        "New Braunfels",
        "Texas",
        "America/Chicago",
    )


def test_a_park_in_mexico_is_not_in_the_united_states() -> None:
    assert park_facts()[292].country == "Mexico"


def test_coordinates_are_given_where_the_feeds_are_wrong() -> None:
    assert {park.park_id for park in park_facts().values() if park.latitude is not None} == {29, 294, 297}


def test_a_water_park_is_known_as_one() -> None:
    assert kind_of(67) is ParkKind.WATER


def test_an_unknown_park_is_taken_for_a_theme_park() -> None:
    assert kind_of(999_999) is ParkKind.THEME


def test_eleven_parks_are_of_disney_and_universal() -> None:
    ours = [park.park_id for park in park_facts().values() if is_disney_universal(park.operator, None)]
    assert sorted(ours) == [5, 6, 7, 8, 16, 17, 64, 65, 66, 67, 334]


@pytest.mark.parametrize(
    ("operator", "group", "expected"),
    [
        ("Universal", "Other", True),
        ("Herschend", "Walt Disney Attractions", False),
        (None, "Walt Disney Attractions", True),
        (None, "Universal Parks & Resorts", True),
        (None, "Universal Kids Resort", True),
        (None, "Disneyland Resort", True),
        (None, "Comcast NBCUniversal", True),
        ("", "Universal Kids Resort", True),
        ("Enchanted Parks", "Six Flags Entertainment Corporation", False),
        (None, "Six Flags Entertainment Corporation", False),
        (None, None, False),
    ],
)
def test_the_operator_decides_and_the_group_where_none_is_known(
    operator: str | None, group: str | None, expected: bool
) -> None:
    assert is_disney_universal(operator, group) is expected

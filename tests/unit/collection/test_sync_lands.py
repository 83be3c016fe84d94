"""Which stored land a named one is."""

from __future__ import annotations

from park_downtime.collection.sync_lands import matching
from park_downtime.database.rides import LandRow
from park_downtime.model import Land

KNOWN = [LandRow(1, 70, "Fantasyland"), LandRow(2, None, "Tomorrowland"), LandRow(3, 71, "Main Street")]


def test_a_land_is_known_by_its_id_whatever_its_name() -> None:
    assert matching(Land(70, "New Fantasyland"), KNOWN) == KNOWN[0]


def test_a_land_without_an_id_is_known_by_its_name() -> None:
    assert matching(Land(None, "Main Street"), KNOWN) == KNOWN[2]


def test_a_land_stored_without_an_id_is_the_one_of_its_name() -> None:
    assert matching(Land(72, "Tomorrowland"), KNOWN) == KNOWN[1]


def test_another_id_is_another_land_even_of_the_same_name() -> None:
    assert matching(Land(73, "Fantasyland"), KNOWN) is None

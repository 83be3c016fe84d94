"""Which of our names those of another source mean."""

from __future__ import annotations

import pytest

from park_downtime.classification.name_matching import Ambiguous, match, name_key

SAME = [
    ("SPACE MOUNTAIN", "Space Mountain"),
    ("Guardians of the Galaxy – Mission: BREAKOUT!", "Guardians of the Galaxy - Mission BREAKOUT"),
    ("Soarin’ Around the World™", "Soarin' Around The World"),
    ("Château de la Belle", "chateau de la belle"),
    ("The Haunted Mansion", "Haunted Mansion"),
    ("Mickey and Minnie's Runaway Railway", "Mickey & Minnie’s Runaway Railway"),
    ("Peter Pans Flight", "Peter Pan's Flight"),
    ("'=Formula", "=Formula"),
    ("TRON Lightcycle/Run", "TRON Lightcycle / Run"),
    ("LEGOLAND® Florida ", "Legoland Florida"),
]


@pytest.mark.parametrize(("one", "other"), SAME)
def test_names_that_mean_the_same(one: str, other: str) -> None:
    assert name_key(one) == name_key(other)


DIFFERENT = [
    ("Space Mountain", "Space Mountain Single Rider"),
    ("Wheel 1", "Wheel 2"),
    ("スペース 2", "ジャングル 2"),
    ("Disneyland Park", "Disneyland"),
]


@pytest.mark.parametrize(("one", "other"), DIFFERENT)
def test_names_that_do_not(one: str, other: str) -> None:
    assert name_key(one) != name_key(other)


def test_a_name_that_one_bears_on_each_side_is_found() -> None:
    matched = match({"a": "Dumbo™", "b": "Carousel"}, [(1, "dumbo"), (2, "Teacups")])
    assert matched.found == {"a": 1}
    assert matched.unmatched == ["b"]


def test_two_of_ours_with_one_name_are_left_open() -> None:
    matched = match({"a": "Carousel"}, [(1, "Carousel"), (2, "The Carousel")])
    assert matched.found == {}
    assert matched.ambiguous == [Ambiguous(("a",), (1, 2))]


def test_two_of_theirs_with_one_name_are_left_open() -> None:
    matched = match({"a": "Carousel", "b": "Carousel!"}, [(1, "Carousel")])
    assert matched.found == {}
    assert matched.ambiguous == [Ambiguous(("a", "b"), (1,))]
    assert matched.unmatched == []


def test_former_names_are_asked_after_those_of_today() -> None:
    today, former = [(1, "Incredicoaster"), (2, "Splash")], [(1, "Screamin"), (2, "Incredicoaster")]
    assert match({"a": "Incredicoaster"}, today, former).found == {"a": 1}
    assert match({"a": "Screamin"}, today, former).found == {"a": 1}


def test_one_of_ours_is_found_once() -> None:
    matched = match({"a": "New Name", "b": "Old Name"}, [(1, "New Name")], [(1, "Old Name")])
    assert matched.found == {"a": 1}
    assert matched.unmatched == ["b"]


def test_several_former_names_of_one_ride_are_not_several_rides() -> None:
    assert match({"a": "Dumbo"}, [(1, "Dumbo"), (1, "DUMBO")]).found == {"a": 1}


def test_names_without_a_letter_match_nothing() -> None:
    matched = match({"a": "™", "b": ""}, [(1, "!")])
    assert (matched.found, matched.ambiguous, matched.unmatched) == ({}, [], ["a", "b"])

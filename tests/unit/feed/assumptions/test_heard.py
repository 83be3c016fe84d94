"""What is kept of an answer that a cycle would drop: keys, duplicates, places without a zone."""

from __future__ import annotations

import json

import pytest
from heard_parks import listed_park, park, park_list
from payloads import NOON, land, minutes_ago, ride

from park_downtime.feed.assumptions.heard import hear_park
from park_downtime.feed.errors import FeedRejected


def test_unknown_keys_are_told_with_their_level_each_once() -> None:
    body = json.dumps(
        {"lands": [land(ride(1, colour="red"), area=3)], "rides": [ride(2, colour="blue")], "version": 2}
    ).encode()
    heard = hear_park(5, "Epcot", body, NOON)
    assert sorted(heard.unknown_keys) == ["land.area", "ride.colour", "top.version"]


def test_a_payload_of_another_shape_still_tells_its_keys() -> None:
    heard = hear_park(5, "Epcot", b'{"attractions": []}', NOON)
    assert (heard.is_rejected, heard.unknown_keys) == (True, ("top.attractions",))


def test_what_is_not_json_is_rejected() -> None:
    with pytest.raises(FeedRejected, match="a page instead of JSON"):
        hear_park(5, "Epcot", b"<html>", NOON)


def test_a_key_of_any_length_is_cut() -> None:
    heard = hear_park(5, "Epcot", json.dumps({"x" * 5000: 1, "lands": [], "rides": []}).encode(), NOON)
    assert heard.unknown_keys == ("top." + "x" * 60,)


def test_duplicates_are_kept() -> None:
    assert [entry.id for entry in park(ride(1), ride(1)).entries] == [1, 1]


def test_the_newest_stamp_is_none_of_the_future() -> None:
    heard = park(ride(1, last_updated=minutes_ago(-60)), ride(2, last_updated=minutes_ago(3)))
    assert str(heard.newest) == "2025-07-09 11:57:00+00:00"


def test_a_ride_and_a_park_are_named_with_their_ids() -> None:
    heard = park(ride(153, name="Soarin'"))
    assert heard.title == "Epcot (5)"
    assert heard.ride(heard.entries[0]) == "Soarin' (153) of Epcot"


def test_unknown_keys_of_the_list_are_told_too() -> None:
    heard = park_list(listed_park(1, opened=1971), logo="x")
    assert heard.unknown_keys == ("group.logo", "park.opened")


def test_a_park_without_a_zone_is_named_with_what_it_says() -> None:
    heard = park_list(
        listed_park(1), listed_park(2), listed_park(3, timezone="Mars/Olympus"), listed_park(4, timezone=None)
    )
    assert heard.zoneless == ("Park 3 (3): Mars/Olympus", "Park 4 (4): no zone")


def test_a_park_listed_three_times_is_repeated_once() -> None:
    assert park_list(listed_park(1), listed_park(1), listed_park(1)).repeated == ("Park 1 (1)",)

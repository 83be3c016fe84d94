"""parks.json to parks; an odd park or group harms no other."""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from park_downtime.feed.errors import FeedRejected
from park_downtime.feed.park_list import read_park_list
from park_downtime.model import FeedPark, UnreadablePark


def park(park_id: int = 6, **fields: Any) -> dict[str, Any]:
    usual = {
        "name": f"Park {park_id}",
        "country": "United States",
        "continent": "North America",
        "latitude": "28.417663",
        "longitude": "-81.581212",
        "timezone": "America/New_York",
    }
    return {"id": park_id, **usual, **fields}


def group(*parks: Any, **fields: Any) -> dict[str, Any]:
    return {"id": 2, "name": "Walt Disney Attractions", **fields, "parks": list(parks)}


def read(*groups: Any) -> tuple[FeedPark, ...]:
    return read_park_list(json.dumps(groups).encode()).parks


def ids(*groups: Any) -> list[int]:
    return [park.park_id for park in read(*groups)]


def rejected(*groups: Any) -> FeedRejected:
    with pytest.raises(FeedRejected) as raised:
        read(*groups)
    return raised.value


def test_a_park_is_read_with_its_group() -> None:
    assert read(group(park(6, name="Magic Kingdom"))) == (
        FeedPark(
            6,
            "Magic Kingdom",
            "United States",
            "North America",
            28.417663,
            -81.581212,
            "America/New_York",
            2,
            "Walt Disney Attractions",
        ),
    )


@pytest.mark.parametrize(
    ("text", "latitude"),
    [
        ("28.4", 28.4),
        (28.4, 28.4),
        (28, 28.0),
        ("", None),
        (None, None),
        ("north", None),
        ("nan", None),
        ("1e999", None),
        ("90.1", None),
        (True, None),
        ([28.4], None),
        (10**400, None),
    ],
)
def test_coordinates_are_text_and_unknown_where_they_cannot_be_read(
    text: Any, latitude: float | None
) -> None:
    assert read(group(park(latitude=text)))[0].latitude == latitude


@pytest.mark.parametrize(
    "odd",
    [
        park(7, timezone="America/Atlantis"),
        park(7, timezone="America"),
        park(7, timezone="../../etc/passwd"),
        park(7, timezone="America/New\x00York"),
        park(7, timezone=None),
        park(7, timezone=-5),
        park(7, id="7"),
        park(7, id=0),
        park(7, name=""),
        park(7, name=None),
        park(7, country=1),
        park(7, country="\ud83d"),
        park(7, continent="x" * 101),
        None,
        "Park 7",
    ],
)
def test_an_odd_park_harms_no_other(odd: Any) -> None:
    assert ids(group(park(6), odd), group(park(8))) == [6, 8]


@pytest.mark.parametrize(
    "odd",
    [
        group(park(7), id=None),
        group(park(7), name=None),
        {"id": 3, "name": "Cedar Fair"},
        {"id": 3, "name": "Cedar Fair", "parks": {}},
        [],
        None,
    ],
)
def test_an_odd_group_harms_no_other(odd: Any) -> None:
    assert ids(odd, group(park(6))) == [6]


def test_what_is_odd_is_logged_with_its_place(caplog: pytest.LogCaptureFixture) -> None:
    read(group(park(6)), group(park(7), park(8, timezone="Mars/Olympus")))
    (record,) = caplog.records
    assert record.__dict__["path"] == "[1].parks[1].timezone"
    assert record.__dict__["reason"] == "is no known time zone"


def test_a_park_listed_twice_is_one_park() -> None:
    assert ids(group(park(6)), group(park(6))) == [6]


def test_unknown_country_and_continent_are_none() -> None:
    (found,) = read(group(park(6, country=None, continent=None)))
    assert (found.country, found.continent) == (None, None)


@pytest.mark.parametrize(
    "body", [b"", b"{}", b"<html>", b"null", b"[", b"[]", b'[{"id":1,"name":"A","parks":[]}]']
)
def test_a_list_without_parks_is_rejected(body: bytes) -> None:
    with pytest.raises(FeedRejected) as raised:
        read_park_list(body)
    assert (raised.value.park_id, raised.value.path) == (None, "$")


def test_a_list_that_is_mostly_odd_is_rejected() -> None:
    assert rejected(group(park(6), park(7, name=None), park(8, id="8"))).path == "[0].parks[1].name"


@given(st.binary(max_size=60))
def test_no_bytes_raise_anything_but_a_rejection(body: bytes) -> None:
    with pytest.raises(FeedRejected):
        read_park_list(body)


def test_a_park_that_cannot_be_used_is_told_with_what_is_known_of_it() -> None:
    body = json.dumps([group(park(6), park(7, timezone="Mars/Olympus"), park(8))]).encode()
    assert read_park_list(body).unreadable == (
        UnreadablePark(7, "Park 7", "North America", "United States", "timezone: is no known time zone"),
    )


def test_a_list_of_thousands_of_entries_is_rejected_before_it_is_read() -> None:
    with pytest.raises(FeedRejected, match="names 6001 groups and parks, more than 5000"):
        read_park_list(json.dumps([group(*[{}] * 6000)]).encode())

"""What is accepted as a payload, and which place is named when it is not."""

from __future__ import annotations

import json
from typing import Any

import pytest
from payloads import land, payload, ride, without

from park_downtime.feed.errors import FeedRejected
from park_downtime.feed.payload import read_shapes
from park_downtime.model import Land


def rejected(body: bytes) -> FeedRejected:
    with pytest.raises(FeedRejected) as raised:
        read_shapes(5, body)
    return raised.value


def names(body: bytes) -> list[str]:
    return [entry.ride.name for entry in read_shapes(5, body).entries]


def test_rides_stand_in_lands_and_outside() -> None:
    found = read_shapes(5, payload(ride(2), lands=[land(ride(1))])).entries
    assert [(entry.ride.id, entry.land) for entry in found] == [(1, Land(7, "Frontierland")), (2, None)]


def test_both_arrays_empty_is_a_payload() -> None:
    assert read_shapes(5, payload()).entries == ()


@pytest.mark.parametrize(
    ("body", "path"),
    [
        (b"", "$"),
        (b"null", "$"),
        (b"[]", "$"),
        (b'"text"', "$"),
        (b"{}", "$.lands"),
        (b'{"lands": []}', "$.rides"),
        (b'{"lands": {}, "rides": []}', "$.lands"),
        (b'{"lands": [], "rides": null}', "$.rides"),
        (b'{"lands": [], "rides": [', "$"),
        (b'{"lands": [], "rides": [NaN]}', "$"),
        (b"\xff\xfe{}", "$"),
        (b"[" * 200_000, "$"),
        (b"1" * 10_000, "$"),
    ],
)
def test_a_wrong_top_level_is_rejected_with_its_place(body: bytes, path: str) -> None:
    assert rejected(body).path == path


def test_a_page_is_called_a_page() -> None:
    assert rejected(b"\n<!DOCTYPE html><html>").reason == "a page instead of JSON"


def test_the_rejection_names_the_park() -> None:
    assert rejected(b"{}").park_id == 5


def test_truncated_json_is_rejected() -> None:
    whole = payload(ride(1), ride(2))
    assert rejected(whole[: len(whole) // 2]).reason.startswith("not JSON")


def test_a_byte_order_mark_is_no_reason_to_reject() -> None:
    assert names(b"\xef\xbb\xbf" + payload(ride(1))) == ["Ride 1"]


@pytest.mark.parametrize(
    ("entry", "path"),
    [
        (ride(1, id="1"), "rides[0].id"),
        (ride(1, id=True), "rides[0].id"),
        (ride(1, id=0), "rides[0].id"),
        (ride(1, id=2**31), "rides[0].id"),
        (ride(1, id=None), "rides[0].id"),
        (ride(1, name=None), "rides[0].name"),
        (ride(1, name=""), "rides[0].name"),
        (ride(1, name=" \t\n"), "rides[0].name"),
        (ride(1, name="half a \ud83d pair"), "rides[0].name"),
        (ride(1, is_open="true"), "rides[0].is_open"),
        (ride(1, is_open=1), "rides[0].is_open"),
        (ride(1, wait_time="20"), "rides[0].wait_time"),
        (ride(1, wait_time=True), "rides[0].wait_time"),
        (ride(1, wait_time=20.5), "rides[0].wait_time"),
        (ride(1, last_updated="yesterday"), "rides[0].last_updated"),
        (ride(1, last_updated="2025-07-09"), "rides[0].last_updated"),
        (ride(1, last_updated=1752062400), "rides[0].last_updated"),
        (ride(1, last_updated="0001-01-01T00:00:00+14:00"), "rides[0].last_updated"),
        (ride(1, last_updated="9999-12-31T23:59:59-14:00"), "rides[0].last_updated"),
        (without(ride(1), "id"), "rides[0].id"),
        (without(ride(1), "name"), "rides[0].name"),
        (without(ride(1), "is_open"), "rides[0].is_open"),
        (None, "rides[0]"),
        ([], "rides[0]"),
        ("Ride 1", "rides[0]"),
    ],
)
def test_an_odd_entry_is_named_and_the_other_is_kept(entry: Any, path: str) -> None:
    found = read_shapes(5, payload(entry, ride(2)))
    assert [odd.path for odd in found.odd] == [path]
    assert [kept.ride.id for kept in found.entries] == [2]


@pytest.mark.parametrize("absent", ["wait_time", "last_updated"])
def test_null_and_absent_are_the_same_for_wait_and_time(absent: str) -> None:
    entry = without(ride(1), absent)
    assert read_shapes(5, payload(entry)).entries == read_shapes(5, payload({**entry, absent: None})).entries


def test_half_of_the_entries_may_be_odd() -> None:
    assert len(read_shapes(5, payload(None, ride(2))).odd) == 1


def test_more_than_half_may_not_and_the_first_is_named() -> None:
    error = rejected(
        payload(ride(1), lands=[land(ride(2), ride(3, wait_time="5"), ride(4, name=None), None)])
    )
    assert error.path == "lands[0].rides[1].wait_time"


def test_a_payload_of_numbers_as_strings_is_rejected() -> None:
    entries = [ride(number, wait_time="5") for number in range(1, 10)]
    assert rejected(payload(*entries)).path == "rides[0].wait_time"


def test_an_odd_land_counts_once_and_harms_no_other() -> None:
    found = read_shapes(5, payload(lands=[{"name": "Broken", "rides": 3}, land(ride(1), ride(2))]))
    assert [odd.path for odd in found.odd] == ["lands[0].rides"]
    assert [entry.ride.id for entry in found.entries] == [1, 2]


def test_lands_that_hold_no_rides_any_more_are_another_feed() -> None:
    assert rejected(payload(lands=[{"id": 1, "name": "A", "attractions": []}])).path == "lands[0].rides"


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"name": None}, None),
        ({"id": "seven"}, None),
        ({"id": None}, Land(None, "Frontierland")),
    ],
)
def test_an_odd_name_of_a_land_costs_no_ride(fields: dict[str, Any], expected: Land | None) -> None:
    (entry,) = read_shapes(5, payload(lands=[land(ride(1), **fields)])).entries
    assert entry.land == expected


@pytest.mark.parametrize(
    "name",
    [
        "Star Wars: Rise of the Resistance™",
        "Pirates\u200b of the Caribbean",
        "Le Carrousel de Lancelot é",
        "🎢 Coaster",
        " Peter Pan ",
    ],
)
def test_names_survive_as_they_are(name: str) -> None:
    assert names(payload(ride(1, name=name))) == [name]


def test_only_control_characters_are_stripped() -> None:
    assert names(payload(ride(1, name="\x00Space\x1b Mountain\x7f\n"))) == ["Space Mountain"]


@pytest.mark.parametrize(
    "text", ["2025-07-09T12:00:00.000Z", "2025-07-09T14:00:00+02:00", "2025-07-09T12:00:00"]
)
def test_times_are_utc_where_no_zone_is_told(text: str) -> None:
    (entry,) = read_shapes(5, payload(ride(1, last_updated=text))).entries
    assert str(entry.ride.last_updated) == "2025-07-09 12:00:00+00:00"


def test_unknown_fields_are_ignored() -> None:
    body = json.dumps({"lands": [], "rides": [ride(1, colour="red")], "version": 2}).encode()
    assert names(body) == ["Ride 1"]


# Bounds


def test_five_thousand_entries_are_read_and_not_one_more() -> None:
    assert len(read_shapes(5, payload(*[ride(n) for n in range(1, 5001)])).entries) == 5000
    with pytest.raises(FeedRejected, match="holds 5001 entries, more than 5000"):
        read_shapes(5, payload(*[ride(n) for n in range(1, 5002)]))


def test_lands_are_bounded_too_even_without_rides() -> None:
    with pytest.raises(FeedRejected, match="holds 5001 lands, more than 5000"):
        read_shapes(5, payload(lands=[land()] * 5001))


def test_entries_count_wherever_they_stand() -> None:
    lands = [land(*[ride(100 * n + m) for m in range(1, 60)]) for n in range(1, 100)]
    with pytest.raises(FeedRejected, match="holds 5841 entries"):
        read_shapes(5, payload(lands=lands))


def test_of_a_long_name_300_characters_are_kept() -> None:
    (entry,) = read_shapes(5, payload(ride(1, name="N" * 10_000))).entries
    assert entry.ride.name == "N" * 300


def test_what_would_fill_memory_is_rejected_before_it_is_parsed() -> None:
    body = b'{"lands":[],"rides":[],"x":[' + b"{}," * 200_000 + b"{}]}"
    with pytest.raises(FeedRejected, match="holds more than 100000 values"):
        read_shapes(5, body)

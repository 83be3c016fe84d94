"""Each assumption of the list of parks, held and broken."""

from __future__ import annotations

from typing import Any

import pytest
from heard_parks import listed_park, park_list

from park_downtime.feed.assumptions import about_list
from park_downtime.feed.assumptions.finding import Verdict


def test_a_list_as_it_should_be_holds_throughout() -> None:
    heard = park_list(*[listed_park(number) for number in range(1, 121)])
    findings = about_list.list_findings(heard)
    assert {finding.verdict for finding in findings} == {Verdict.HELD}
    assert [finding.name for finding in findings] == [
        "park list",
        "list entries",
        "list keys",
        "list ids",
        "time zones",
        "coordinates",
    ]


@pytest.mark.parametrize(
    ("count", "verdict"),
    [(59, Verdict.BROKEN), (60, Verdict.HELD), (500, Verdict.HELD), (501, Verdict.BROKEN)],
)
def test_a_list_of_too_few_or_too_many_parks(count: int, verdict: Verdict) -> None:
    finding = about_list.listed(park_list(*[listed_park(number) for number in range(1, count + 1)]))
    assert finding.verdict is verdict
    assert finding.found.startswith(f"{count} parks in 1 groups, ")


def test_a_park_that_cannot_be_read_is_named_with_the_reason() -> None:
    finding = about_list.entries(park_list(listed_park(1), listed_park(2, name="No Zone", timezone=None)))
    assert finding.verdict is Verdict.BROKEN
    assert finding.examples == ("No Zone (2): timezone: Input should be a valid string",)


def test_an_unknown_key_is_named() -> None:
    finding = about_list.keys(park_list(listed_park(1, opened=1971)))
    assert (finding.verdict, finding.examples) == (Verdict.BROKEN, ("park.opened",))


def test_a_park_listed_twice_is_named() -> None:
    finding = about_list.ids(park_list(listed_park(1), listed_park(1)))
    assert (finding.verdict, finding.examples) == (Verdict.BROKEN, ("Park 1 (1)",))


def test_a_zone_that_does_not_exist_is_named() -> None:
    finding = about_list.zones(park_list(listed_park(1), listed_park(2, timezone="America/Orlando")))
    assert (finding.verdict, finding.examples) == (Verdict.BROKEN, ("Park 2 (2): America/Orlando",))


@pytest.mark.parametrize(
    "fields",
    [
        {"latitude": None},
        {"longitude": ""},
        {"latitude": "91"},
        {"latitude": "0.0", "longitude": "0.0"},
    ],
)
def test_a_park_without_coordinates_is_named(fields: dict[str, Any]) -> None:
    finding = about_list.coordinates(park_list(listed_park(1), listed_park(2, **fields)))
    assert (finding.verdict, finding.examples) == (Verdict.BROKEN, ("Park 2 (2)",))


def test_a_park_on_the_equator_has_coordinates() -> None:
    assert about_list.coordinates(park_list(listed_park(1, latitude="0"))).verdict is Verdict.HELD

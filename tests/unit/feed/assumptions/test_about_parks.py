"""How many parks and rides, who answered, and what it cost."""

from __future__ import annotations

import pytest
from heard_parks import park
from payloads import ride

from park_downtime.feed.assumptions import about_parks
from park_downtime.feed.assumptions.finding import Verdict


@pytest.mark.parametrize(
    ("count", "verdict"),
    [(39, Verdict.BROKEN), (40, Verdict.HELD), (160, Verdict.HELD), (161, Verdict.BROKEN)],
)
def test_half_to_twice_the_planned_parks(count: int, verdict: Verdict) -> None:
    finding = about_parks.parks_tracked(count, 80)
    assert finding.verdict is verdict
    assert finding.expected == "about 80 in North America (40 to 160)"
    assert finding.found == f"{count} parks"


def test_where_others_are_tracked_no_number_is_expected() -> None:
    assert about_parks.parks_tracked(3, None).verdict is Verdict.NOT_SEEN


def test_to_track_none_at_all_is_broken_whatever_was_planned() -> None:
    assert about_parks.parks_tracked(0, None).verdict is Verdict.BROKEN


def test_rides_are_counted_once() -> None:
    heard = [park(ride(1), ride(1), ride(2)), park(ride(2), ride(3), park_id=6)]
    finding = about_parks.rides_listed(heard, 1_572)
    assert finding.verdict is Verdict.BROKEN
    assert finding.expected == "about 1,572 in North America (786 to 3,144)"
    assert finding.found == "3 different entries"


def test_about_as_many_rides_as_planned_hold() -> None:
    assert about_parks.rides_listed([park(ride(1), ride(2), ride(3))], 4).verdict is Verdict.HELD


def test_every_park_answers() -> None:
    finding = about_parks.parks_answer(2, [])
    assert (finding.verdict, finding.found) == (Verdict.HELD, "2 of 2")


def test_a_park_that_does_not_is_broken() -> None:
    finding = about_parks.parks_answer(2, ["Epcot (5): HTTP 500"])
    assert (finding.verdict, finding.found) == (Verdict.BROKEN, "1 of 2, each of the others is named below")


def test_nobody_asked_is_no_success() -> None:
    assert about_parks.parks_answer(0, []).verdict is Verdict.BROKEN


def test_payloads_with_a_ride_hold() -> None:
    assert about_parks.payloads_filled([park(ride(1))]).verdict is Verdict.HELD


def test_an_empty_payload_is_named() -> None:
    finding = about_parks.payloads_filled([park(ride(1)), park(park_id=6, name="Magic Kingdom")])
    assert (finding.verdict, finding.examples) == (Verdict.BROKEN, ("Magic Kingdom (6)",))


@pytest.mark.parametrize(("seconds", "verdict"), [(59.9, Verdict.HELD), (60.0, Verdict.BROKEN)])
def test_a_cycle_that_takes_too_long_is_broken(seconds: float, verdict: Verdict) -> None:
    assert about_parks.cost([park(ride(1))], seconds).verdict is verdict


def test_the_size_and_the_largest_are_told() -> None:
    finding = about_parks.cost([park(), park(ride(1), park_id=6, name="Magic Kingdom")], 1.5)
    assert finding.found.startswith("2 payloads in 1.5 s, 0 kB unpacked, the largest 0.1 kB")
    assert finding.examples == ("Magic Kingdom (6)",)


def test_the_cost_of_nothing_is_not_seen() -> None:
    assert about_parks.cost([], 1.5).verdict is Verdict.NOT_SEEN

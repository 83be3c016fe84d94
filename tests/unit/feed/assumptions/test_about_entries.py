"""Each assumption of entries, held and broken."""

from __future__ import annotations

from typing import Any

import pytest
from heard_parks import park
from payloads import land, minutes_ago, ride, without

from park_downtime.feed.assumptions import about_entries
from park_downtime.feed.assumptions.finding import Verdict
from park_downtime.feed.assumptions.heard import ParkHeard


def open_rides(zero: int, waiting: int) -> ParkHeard:
    waits = [0] * zero + [25] * waiting
    return park(*[ride(number, is_open=True, wait_time=wait) for number, wait in enumerate(waits, start=1)])


def test_entries_as_they_should_be_hold_throughout() -> None:
    heard = [open_rides(zero=50, waiting=150), park(ride(1000), park_id=6)]
    assert {finding.verdict for finding in about_entries.entry_findings(heard)} == {Verdict.HELD}


def test_nothing_heard_is_nothing_seen() -> None:
    assert {finding.verdict for finding in about_entries.entry_findings([])} == {Verdict.NOT_SEEN}


def test_an_unknown_key_is_named_once_for_all_parks() -> None:
    finding = about_entries.keys([park(ride(1, colour="red")), park(ride(2, colour="red"), park_id=6)])
    assert (finding.verdict, finding.found) == (Verdict.BROKEN, "1 unknown among 2 payloads")
    assert finding.examples == ("ride.colour",)


def test_an_odd_entry_is_named_with_its_place() -> None:
    finding = about_entries.readable([park(ride(1), without(ride(2), "is_open"))])
    assert finding.verdict is Verdict.BROKEN
    assert finding.examples == ("Epcot (5), rides[1].is_open: Field required",)


def test_an_id_twice_in_a_park_is_named() -> None:
    finding = about_entries.ids_in_a_park([park(ride(1), lands=[land(ride(1))])])
    assert (finding.verdict, finding.examples) == (Verdict.BROKEN, ("Ride 1 (1) of Epcot",))


def test_an_id_in_two_parks_is_named_with_both() -> None:
    heard = [park(ride(1)), park(ride(1), park_id=6, name="Magic Kingdom")]
    assert about_entries.ids_in_a_park(heard).verdict is Verdict.HELD
    finding = about_entries.ids_across_parks(heard)
    assert (finding.verdict, finding.examples) == (Verdict.BROKEN, ("Ride 1 (1) in Epcot and Magic Kingdom",))


def test_an_id_twice_in_one_park_is_not_in_two() -> None:
    assert about_entries.ids_across_parks([park(ride(1), ride(1))]).verdict is Verdict.HELD


@pytest.mark.parametrize("fields", [{"is_open": None}, {"wait_time": None}])
def test_what_is_null_is_named(fields: dict[str, Any]) -> None:
    finding = about_entries.nothing_null([park(ride(1, **fields), ride(2))])
    assert (finding.verdict, finding.examples) == (Verdict.BROKEN, ("Ride 1 (1) of Epcot",))


@pytest.mark.parametrize("wait", [0, 300])
def test_waits_of_up_to_five_hours_hold(wait: int) -> None:
    assert about_entries.waits_in_range([park(ride(1, is_open=True, wait_time=wait))]).verdict is Verdict.HELD


@pytest.mark.parametrize("wait", [-5, 301, 995])
def test_impossible_waits_are_named(wait: int) -> None:
    finding = about_entries.waits_in_range([park(ride(1, is_open=True, wait_time=wait))])
    assert (finding.verdict, finding.examples) == (Verdict.BROKEN, (f"Ride 1 (1) of Epcot: {wait} minutes",))


def test_a_closed_entry_with_a_wait_is_named() -> None:
    finding = about_entries.closed_without_wait([park(ride(1, wait_time=20), ride(2))])
    assert (finding.verdict, finding.found) == (Verdict.BROKEN, "1 with a wait among 2 closed entries")
    assert finding.examples == ("Ride 1 (1) of Epcot: 20 minutes",)


def test_without_a_closed_entry_it_is_not_seen() -> None:
    finding = about_entries.closed_without_wait([park(ride(1, is_open=True))])
    assert finding.verdict is Verdict.NOT_SEEN


@pytest.mark.parametrize(
    ("zero", "verdict"),
    [(8, Verdict.BROKEN), (10, Verdict.HELD), (120, Verdict.HELD), (122, Verdict.BROKEN)],
)
def test_the_share_of_zero_waits(zero: int, verdict: Verdict) -> None:
    finding = about_entries.zero_waits([open_rides(zero, 200 - zero)])
    assert finding.verdict is verdict
    assert finding.found.endswith(f" % ({zero} of 200 open entries)")


def test_few_open_rides_say_nothing_of_a_share() -> None:
    assert about_entries.zero_waits([open_rides(zero=199, waiting=0)]).verdict is Verdict.NOT_SEEN


def test_entries_left_open_do_not_count_among_zero_waits() -> None:
    left = [ride(n, is_open=True, wait_time=0, last_updated=minutes_ago(90)) for n in range(1000, 1300)]
    heard = [open_rides(zero=50, waiting=200), park(*left, ride(1), park_id=6)]
    assert about_entries.zero_waits(heard).found == "20.0 % (50 of 250 open entries)"

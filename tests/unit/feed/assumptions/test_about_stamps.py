"""Each assumption of stamps, held and broken."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from heard_parks import park
from payloads import minutes_ago, ride, without

from park_downtime.feed.assumptions import about_stamps
from park_downtime.feed.assumptions.finding import Verdict
from park_downtime.feed.assumptions.heard import ParkHeard


def stamped(minutes: float, park_id: int = 5, name: str = "Epcot", **fields: object) -> ParkHeard:
    """One ride of a stamp so old."""
    return park(ride(park_id, last_updated=minutes_ago(minutes), **fields), park_id=park_id, name=name)


def test_stamps_as_they_should_be_hold_throughout() -> None:
    heard = [stamped(2, is_open=True), stamped(4, park_id=6)]
    assert {finding.verdict for finding in about_stamps.stamp_findings(heard)} == {Verdict.HELD}


def test_nothing_heard_is_nothing_seen() -> None:
    assert {finding.verdict for finding in about_stamps.stamp_findings([])} == {Verdict.NOT_SEEN}


def test_an_entry_without_a_stamp_is_named() -> None:
    finding = about_stamps.present([park(ride(1), without(ride(2), "last_updated"))])
    assert (finding.verdict, finding.examples) == (Verdict.BROKEN, ("Ride 2 (2) of Epcot",))


def test_five_minutes_ahead_are_a_clock_that_differs() -> None:
    assert about_stamps.not_ahead([stamped(-5)]).verdict is Verdict.HELD


def test_a_stamp_further_ahead_is_named() -> None:
    finding = about_stamps.not_ahead([park(ride(1, last_updated=minutes_ago(-60)), ride(2), ride(3))])
    assert (finding.verdict, finding.found) == (Verdict.BROKEN, "1 further ahead among 3 entries")
    assert finding.examples == ("Ride 1 (1) of Epcot: 60 min ahead",)


def test_where_most_are_ahead_our_own_clock_is_asked_after() -> None:
    finding = about_stamps.not_ahead([stamped(-6)])
    assert finding.found.endswith("is our clock behind?")


def test_the_age_of_stamps_is_that_of_the_newest_of_each_payload() -> None:
    heard = [
        park(ride(1, last_updated=minutes_ago(3)), ride(2, last_updated=minutes_ago(500))),
        stamped(4, park_id=6),
        stamped(7, park_id=7),
    ]
    finding = about_stamps.fresh(heard)
    assert finding.verdict is Verdict.HELD
    assert finding.found.startswith("newest of a payload: median 4 min old, worst 7 min; 100.0 % younger")


def test_one_old_park_of_ten_holds_and_is_named() -> None:
    heard = [stamped(2, park_id=number) for number in range(1, 10)] + [stamped(45, park_id=99, name="Old")]
    finding = about_stamps.fresh(heard)
    assert finding.verdict is Verdict.HELD
    assert finding.examples == ("Old (99): 45 min",)
    assert "90.0 % younger than 10 min, 90.0 % younger than 30 min, 100.0 % younger than 2 h" in finding.found


def test_two_old_parks_of_ten_are_broken_the_oldest_first() -> None:
    heard = [stamped(2, park_id=number) for number in range(1, 9)]
    heard += [stamped(45, park_id=98, name="Old"), stamped(60 * 72, park_id=99, name="Older")]
    finding = about_stamps.fresh(heard)
    assert finding.verdict is Verdict.BROKEN
    assert finding.examples == ("Older (99): 3 days", "Old (98): 45 min")


def test_where_none_is_fresh_a_second_look_is_named() -> None:
    assert about_stamps.fresh([stamped(60)]).found.endswith(
        "not one is: the feed stands still, or its clock and ours differ, --wait 360 tells"
    )


def test_an_open_entry_far_behind_its_payload_is_named() -> None:
    entries = [ride(number) for number in range(1, 10)]
    left = ride(10, is_open=True, last_updated=minutes_ago(180))
    finding = about_stamps.open_behind([park(*entries, left)])
    assert finding.verdict is Verdict.BROKEN
    assert finding.found == "1 of 1 open entries (100.0 %), 10.0 % of all"
    assert finding.examples == ("Ride 10 (10) of Epcot: 3 h",)


def test_one_in_twenty_holds() -> None:
    entries = [ride(number, is_open=True) for number in range(1, 20)]
    left = ride(20, is_open=True, last_updated=minutes_ago(180))
    assert about_stamps.open_behind([park(*entries, left)]).verdict is Verdict.HELD


def test_a_closed_entry_may_lie_behind() -> None:
    heard = [park(ride(1, is_open=True), ride(2, last_updated=minutes_ago(500)))]
    assert about_stamps.open_behind(heard).found.startswith("0 of 1 open entries")


def test_with_everything_closed_nothing_is_left_open() -> None:
    assert about_stamps.open_behind([park(ride(1))]).verdict is Verdict.NOT_SEEN


# A second look


def test_one_look_does_not_tell_whether_stamps_move() -> None:
    finding = about_stamps.stamps_move([stamped(2)], [], None)
    assert finding.verdict is Verdict.NOT_SEEN
    assert "--wait 360" in finding.found


def test_stamps_that_are_newer_at_the_second_look_move() -> None:
    first, second = stamped(4, is_open=True, wait_time=10), stamped(-1, is_open=True, wait_time=15)
    finding = about_stamps.stamps_move([first], [second], 300)
    assert finding.verdict is Verdict.HELD
    assert finding.found == "1 of 1 parks after 300 s; 1 of their entries changed state or wait"


def test_a_stamp_that_stands_still_for_six_minutes_is_broken() -> None:
    first = [stamped(4), stamped(4, park_id=6, name="Still")]
    second = [stamped(-1), stamped(4, park_id=6, name="Still")]
    finding = about_stamps.stamps_move(first, second, 360)
    assert (finding.verdict, finding.examples) == (Verdict.BROKEN, ("Still (6): the same",))


def test_a_short_wait_breaks_nothing() -> None:
    finding = about_stamps.stamps_move([stamped(4)], [stamped(4)], 60)
    assert finding.verdict is Verdict.NOT_SEEN
    assert finding.found.endswith("360 s would tell")


def test_a_stamp_that_goes_back_is_broken_however_short_the_wait() -> None:
    finding = about_stamps.stamps_move([stamped(2)], [stamped(9)], 60)
    assert (finding.verdict, finding.examples) == (Verdict.BROKEN, ("Epcot (5): back by 7 min",))


def test_no_second_answer_tells_nothing() -> None:
    finding = about_stamps.stamps_move([stamped(2)], [], 360)
    assert (finding.verdict, finding.found) == (
        Verdict.NOT_SEEN,
        "no park could be looked at again after 360 s",
    )


def test_the_three_parks_with_most_open_rides_are_looked_at_again() -> None:
    closed = park(ride(1), park_id=1)
    unstamped = replace(park(ride(1), park_id=2), entries=())
    busy = [park(*[ride(n, is_open=True) for n in range(1, count)], park_id=count) for count in (3, 6, 4, 5)]
    again = about_stamps.worth_another_look([closed, unstamped, *busy])
    assert [found.park_id for found in again] == [6, 5, 4]


@pytest.mark.parametrize(
    ("seconds", "text"),
    [
        (0, "0 s"),
        (-90, "-90 s"),
        (119, "119 s"),
        (120, "2 min"),
        (150, "2.5 min"),
        (7200, "2 h"),
        (172800, "2 days"),
    ],
)
def test_a_length_as_a_person_says_it(seconds: float, text: str) -> None:
    assert about_stamps.how_long(timedelta(seconds=seconds)) == text

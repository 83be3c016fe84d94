"""Rides that another park lists, by drawn days of that park: one letter a cycle.

`L` listed there, `.` not, `-` no accepted payload of that park. Below it the ride's own park: `H` named,
`.` not, `-` not heard.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from park_downtime.collection.ride_moves import Listing, after_listing, day_to_judge
from park_downtime.database.rides import RideRow
from park_downtime.model import Category
from park_downtime.timeline.presence import PRESENT

MAY_2, MAY_3, MAY_4 = date(2026, 5, 2), date(2026, 5, 3), date(2026, 5, 4)
AT_HOME = RideRow(9, 6, "Dumbo", None, Category.RIDE, PRESENT)
ANNOUNCED = replace(AT_HOME, next_park_id=7, moves_on=MAY_4)


def day(there: str, at_home: str) -> Listing:
    accepted = [cycle for cycle in there if cycle != "-"]
    since = there.index("L") if "L" in there else 0
    return Listing(accepted.count("L"), len(accepted), "H" in at_home[since:])


@pytest.mark.parametrize(
    ("there", "at_home"),
    [
        pytest.param("LLLLLLLL", "........", id="all day, and its own park no longer names it"),
        pytest.param("LLLLLLLL", "--------", id="all day, and its own park is not heard"),
        pytest.param("....LLLL", "HHHH....", id="half of the day, and its own park until then"),
        pytest.param("----LLLL", "HHHH....", id="since the new park has been there"),
        pytest.param("L.L.L.L.", "........", id="in turns"),
        pytest.param("--L-L---", "........", id="half of the few cycles that heard the new park"),
    ],
)
def test_a_day_moves_the_ride(there: str, at_home: str) -> None:
    assert after_listing(AT_HOME, 7, MAY_3, day(there, at_home)) == ANNOUNCED


@pytest.mark.parametrize(
    ("there", "at_home"),
    [
        pytest.param("LLLLLLLL", "HHHHHHHH", id="both parks list it"),
        pytest.param("LLLLLLLL", "H.......", id="its own park named it once beside the other"),
        pytest.param("LLLLLLLL", ".......H", id="its own park names it again"),
        pytest.param("LLL.....", "........", id="less than half of the day"),
        pytest.param(".....LLL", "HHHHH...", id="since the evening only"),
        pytest.param(".......L", "........", id="a glitch of one cycle"),
        pytest.param("-------L", "--------", id="a glitch of the only cycle of the day"),
    ],
)
def test_a_day_leaves_the_ride(there: str, at_home: str) -> None:
    assert after_listing(AT_HOME, 7, MAY_3, day(there, at_home)) == AT_HOME


class TestWhenTheDayIsOver:
    def test_the_whole_day_is_judged_once_more(self) -> None:
        assert day_to_judge(ANNOUNCED, 7, MAY_4) == MAY_3

    def test_the_ride_has_moved(self) -> None:
        moved = after_listing(ANNOUNCED, 7, MAY_4, day("LLLLLLLL", "........"))
        assert moved == replace(AT_HOME, park_id=7, moves_on=MAY_4)

    def test_a_morning_of_listings_does_not_carry_a_day_without(self) -> None:
        assert after_listing(ANNOUNCED, 7, MAY_4, day("LLL.....", "........")) == AT_HOME

    def test_a_late_payload_of_its_own_park_counts(self) -> None:
        assert after_listing(ANNOUNCED, 7, MAY_4, day("LLLLLLLL", "...H....")) == AT_HOME

    def test_a_day_whose_readings_are_gone_moves_nothing(self) -> None:
        assert after_listing(ANNOUNCED, 7, MAY_4, day("", "")) == AT_HOME


class TestWhichDayIsJudged:
    def test_that_of_a_ride_that_stands_elsewhere(self) -> None:
        assert day_to_judge(AT_HOME, 7, MAY_3) == MAY_3

    def test_an_earlier_move_does_not_count(self) -> None:
        assert day_to_judge(replace(AT_HOME, moves_on=MAY_2), 7, MAY_3) == MAY_3

    def test_an_announced_move_waits_for_its_midnight(self) -> None:
        assert day_to_judge(ANNOUNCED, 7, MAY_3) is None

    def test_a_ride_announced_to_a_third_park_waits_too(self) -> None:
        assert day_to_judge(ANNOUNCED, 8, MAY_4) is None

    def test_unless_that_park_never_came_for_it(self) -> None:
        assert day_to_judge(ANNOUNCED, 8, date(2026, 5, 5)) == date(2026, 5, 5)

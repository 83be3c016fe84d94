"""How often a ride called Down at a moment turned out to be in an outage."""

from __future__ import annotations

from benchmarks.accuracy.badge import watch
from drawing import HOUR
from looks import happened, seen

from park_downtime.model import StretchKind
from park_downtime.simulator.causes import Cause

ALL_DAY = "X" * 9 * HOUR + "o" * 12 * HOUR + "X" * 3 * HOUR


def picture(day: str) -> str:
    return "X" * 9 * HOUR + day.ljust(12 * HOUR, "o") + "X" * 3 * HOUR


def test_an_outage_is_called_down_at_each_of_its_readings() -> None:
    badge = watch([(seen(ALL_DAY, ALL_DAY, ALL_DAY, picture("o" * 18 + "XXXXX")), {})])
    assert (badge.down(), badge.outages(), badge.shown, badge.outage_moments) == (5, 5, 5, 5)


def test_readings_are_told_apart_by_how_long_the_ride_had_been_down() -> None:
    badge = watch([(seen(ALL_DAY, ALL_DAY, ALL_DAY, picture("o" * 18 + "XXXXX")), {})])
    assert badge.turned_out == {
        (10, StretchKind.OUTAGE): 2,
        (30, StretchKind.OUTAGE): 2,
        (60, StretchKind.OUTAGE): 1,
    }


def test_a_ride_that_did_not_reopen_was_called_down_for_three_hours_at_most() -> None:
    badge = watch([(seen(ALL_DAY, ALL_DAY, ALL_DAY, picture("o" * 24 + "X" * 48)), {})])
    assert (badge.down(), badge.outages()) == (3 * HOUR + 1, 0)


def test_a_ride_that_has_not_opened_yet_is_never_called_down() -> None:
    assert watch([(seen(ALL_DAY, ALL_DAY, ALL_DAY, picture("X" * 18)), {})]).down() == 0


def test_a_breakdown_that_lasted_until_closing_was_called_down_rightly() -> None:
    truth = happened(("09:00", Cause.OPERATING), ("13:00", Cause.BREAKDOWN))
    badge = watch([(seen(ALL_DAY, ALL_DAY, ALL_DAY, picture("o" * 24 + "X" * 48)), {4: truth})])
    assert (badge.down(), badge.outages(), badge.really) == (19, 0, 19)

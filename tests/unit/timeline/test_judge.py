"""Whole parks judged: storms, small parks, evenings."""

from __future__ import annotations

from datetime import datetime

import pytest
from drawing import CYCLE, HOUR, Drawn, clock, day, drawn

from park_downtime.model import StretchKind
from park_downtime.timeline.closures import Closure
from park_downtime.timeline.judge import JudgedSession

NIGHT = "X" * 4 * HOUR


def seconds_of(judged: list[JudgedSession], kind: StretchKind) -> float:
    return sum(
        (stretch.end - stretch.start).total_seconds()
        for each in judged
        for ride in each.rides.values()
        for stretch in ride.stretches
        if stretch.kind is kind
    )


def only(closures: tuple[Closure, ...]) -> Closure:
    (closure,) = closures
    return closure


class TestStorm:
    """Ten rides, open for eight hours; a storm for two of them."""

    THROUGH = "o" * 8 * HOUR + NIGHT
    HIT = "o" * 3 * HOUR + "X" * 2 * HOUR + "o" * 3 * HOUR + NIGHT

    def test_that_closes_everything_for_two_hours_is_a_park_stop(self) -> None:
        (judged,) = day(*[self.HIT] * 10).judged()
        assert drawn(judged.rides[1]) == "o" * 3 * HOUR + "S" * 2 * HOUR + "o" * 3 * HOUR

    def test_that_closes_everything_adds_no_downtime(self) -> None:
        assert seconds_of(day(*[self.HIT] * 10).judged(), StretchKind.OUTAGE) == 0

    def test_that_closes_half_of_the_rides_is_park_wide_downtime(self) -> None:
        (judged,) = day(*[self.HIT] * 5, *[self.THROUGH] * 5).judged()
        closure = only(judged.rides[1].closures)
        assert (closure.seconds, judged.park_wide_seconds(closure)) == (7200, 7200)

    def test_that_closes_two_rides_is_theirs(self) -> None:
        (judged,) = day(*[self.HIT] * 2, *[self.THROUGH] * 8).judged()
        closure = only(judged.rides[1].closures)
        assert (closure.seconds, judged.park_wide_seconds(closure)) == (7200, 0)

    def test_marks_an_outage_of_which_at_least_half_is_the_parks(self) -> None:
        longest = "oo" + "X" * (5 * HOUR - 2) + "o" * 3 * HOUR + NIGHT
        (judged,) = day(longest, *[self.HIT] * 4, *[self.THROUGH] * 5).judged()
        assert [len(judged.park_wide_outages(ride_id)) for ride_id in (1, 2, 6)] == [0, 1, 0]

    def test_of_an_outage_only_the_common_part_is_park_wide(self) -> None:
        longer = "o" * 2 * HOUR + "X" * 3 * HOUR + "o" * 3 * HOUR + NIGHT
        (judged,) = day(longer, *[self.HIT] * 4, *[self.THROUGH] * 5).judged()
        closure = only(judged.rides[1].closures)
        assert (closure.seconds, judged.park_wide_seconds(closure)) == (10800, 7200)


class TestFiveRides:
    def test_two_down_of_five_are_outages(self) -> None:
        down = "oooXXooo" + NIGHT
        (judged,) = day(down, down, *["oooooooo" + NIGHT] * 3).judged()
        assert [drawn(judged.rides[ride]) for ride in (1, 3)] == ["oooDDooo", "oooooooo"]

    def test_three_down_of_five_are_park_wide(self) -> None:
        down = "oooXXooo" + NIGHT
        (judged,) = day(*[down] * 3, *["oooooooo" + NIGHT] * 2).judged()
        assert judged.park_wide == ((clock("0:30"), clock("0:50")),)

    def test_four_down_of_five_are_a_park_stop(self) -> None:
        down = "oooXXooo" + NIGHT
        (judged,) = day(*[down] * 4, "oooooooo" + NIGHT).judged()
        assert drawn(judged.rides[5]) == "oooSSooo"


class TestEvening:
    """Rides that close one after another between 21:00 and 22:00."""

    @staticmethod
    def park() -> Drawn:
        evening = ["o" * late + "X" * (HOUR - late) for late in (0, 1, 2, 3, 4, 5, 6, 6)]
        return day(*["X" * 10 * HOUR + "o" * 11 * HOUR + late + NIGHT for late in evening])

    @pytest.mark.parametrize("cycles", range(0, 6 * HOUR, 3))
    def test_an_ordinary_closing_adds_no_downtime_at_any_minute(self, cycles: int) -> None:
        now = clock("20:00") + cycles * CYCLE
        assert seconds_of(self.park().judged(now), StretchKind.OUTAGE) == 0

    def test_while_the_session_is_open_it_is_ongoing(self) -> None:
        assert seconds_of(self.park().judged(clock("21:10")), StretchKind.ONGOING) == 600
        assert seconds_of(self.park().judged(clock("21:20")), StretchKind.ONGOING) == 1800

    def test_once_it_is_over_it_is_early_close(self) -> None:
        judged = self.park().judged(clock("25:00"))
        assert seconds_of(judged, StretchKind.ONGOING) == 0
        assert seconds_of(judged, StretchKind.EARLY_CLOSE) == 600 * (6 + 5 + 4 + 3 + 2 + 1)


class TestNewestReading:
    """It has lasted no time yet, but it says what it says."""

    def test_a_ride_that_has_just_closed_is_in_a_closure(self) -> None:
        park = day("oooX", *["oooo"] * 4)
        (judged,) = park.judged(clock("0:30"))
        closure = only(judged.rides[1].closures)
        assert (closure.kind, closure.started_at, closure.seconds) == (StretchKind.ONGOING, clock("0:30"), 0)

    def test_a_ride_that_has_just_reopened_was_in_an_outage(self) -> None:
        park = day("oXXo", *["oooo"] * 4)
        (judged,) = park.judged(clock("0:30"))
        assert drawn(judged.rides[1]) == "oDD"

    def test_a_ride_that_has_just_opened_opened_late(self) -> None:
        park = day("XXXo", *["oooo"] * 4)
        (judged,) = park.judged(clock("0:30"))
        assert drawn(judged.rides[1]) == "LLL"

    def test_at_the_first_reading_of_a_session_closed_rides_have_not_closed(self) -> None:
        park = day("ooX", "Xoo", "Xoo", "Xoo", "Xoo", "Xoo")
        (judged,) = park.judged(clock("0:10"))
        assert judged.rides[1].first_open == clock("0:10")

    def test_a_reading_at_which_the_park_has_stopped_is_outside(self) -> None:
        park = day("oXo", "ooX", "ooX", "ooX", "ooX")
        (judged,) = park.judged(clock("0:20"))
        assert drawn(judged.rides[1]) == "oG"


class TestTwoSessions:
    def test_a_closure_is_never_judged_across_them(self) -> None:
        by_day = "o" * 3 * HOUR + "X" * 4 * HOUR + "o" * 3 * HOUR + NIGHT
        (morning, evening) = day(*[by_day] * 5).judged()
        assert drawn(morning.rides[1]) == "o" * 3 * HOUR
        assert drawn(evening.rides[1]) == "o" * 3 * HOUR

    def test_a_ride_down_at_the_end_of_one_and_up_in_the_next_was_not_down(self) -> None:
        usual = "o" * 3 * HOUR + "X" * 4 * HOUR + "o" * 3 * HOUR + NIGHT
        early = "o" * 2 * HOUR + "X" * 5 * HOUR + "o" * 3 * HOUR + NIGHT
        judged = day(early, *[usual] * 4).judged()
        assert seconds_of(judged, StretchKind.OUTAGE) == 0
        assert seconds_of(judged, StretchKind.EARLY_CLOSE) == 3600


class TestUnobserved:
    def test_five_hours_without_readings_are_no_downtime(self) -> None:
        closed_around = "o" * 3 * HOUR + "X" + "-" * 5 * HOUR + "X" + "o" * 3 * HOUR + NIGHT
        usual = "o" * 3 * HOUR + "o" + "-" * 5 * HOUR + "o" + "o" * 3 * HOUR + NIGHT
        judged = day(usual, usual, usual, closed_around).judged()
        assert len(judged) == 2
        assert seconds_of(judged, StretchKind.OUTAGE) == 0

    def test_rides_without_any_reading_are_unknown(self) -> None:
        park = day("ooo" + NIGHT, "ooo" + NIGHT, "..." + NIGHT)
        (judged,) = park.judged()
        assert drawn(judged.rides[3]) == "..."


def test_as_it_stood_at_any_moment_needs_no_later_reading() -> None:
    """Judged at a moment from all readings, and from those known by then: the same."""
    pictures = ["X" * HOUR + "o" * 10 + "X" * 4 + "o" * 20 + NIGHT, *["o" * 40 + NIGHT] * 4]
    whole = day(*pictures)
    for cycles in range(1, 60, 4):
        now: datetime = clock("0:00") + (cycles - 1) * CYCLE
        so_far = day(*[picture[:cycles] for picture in pictures])
        assert [drawn(each.rides[1]) for each in whole.judged(now)] == [
            drawn(each.rides[1]) for each in so_far.judged(now)
        ]

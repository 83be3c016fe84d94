"""What is said of a ride now (DESIGN, Now)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

import pytest
from drawing import CYCLE, HOUR, clock, ride_in_session, runs

from park_downtime.model import Status
from park_downtime.timeline.status import RideNow, entry_now, ride_now, usual_closing_seconds

RUNNING, DOWN, CLOSED, UNKNOWN = Status.RUNNING, Status.DOWN, Status.CLOSED, Status.UNKNOWN
LATE = clock("22:00")


def now(picture: str, usual_closing: datetime | None = None, park_is_running: bool = True) -> RideNow:
    """The status at the last reading of a session that is open."""
    at = clock("0:00") + (len(picture) - 1) * CYCLE
    ride = ride_in_session(picture, is_open=True)
    return ride_now(runs(picture)[-1], ride, park_is_running, usual_closing, at)


def test_open_is_running() -> None:
    assert now("XXoo") == RideNow(RUNNING)


def test_closed_after_it_was_open_is_down_since_its_first_closed_reading() -> None:
    assert now("oooXX") == RideNow(DOWN, clock("0:30"))


def test_closed_since_the_park_opened_is_closed() -> None:
    assert now("XXXX") == RideNow(CLOSED)


def test_for_three_hours_it_is_down_then_closed() -> None:
    # down since 0:10; at 3:10 for exactly three hours
    assert now("o" + "X" * (3 * HOUR + 1)).status is DOWN
    assert now("o" + "X" * (3 * HOUR + 2)).status is CLOSED


def test_down_again_counts_from_the_second_time() -> None:
    assert now("oXXXoX") == RideNow(DOWN, clock("0:50"))


def test_while_the_park_does_not_run_nothing_is_down() -> None:
    assert now("oooXX", park_is_running=False) == RideNow(CLOSED)


def test_without_an_open_session_nothing_is_down() -> None:
    assert ride_now(runs("oX")[-1], None, False, None, clock("0:10")) == RideNow(CLOSED)


class TestHold:
    @pytest.mark.parametrize(("at", "status"), [("0:25", RUNNING), ("0:26", UNKNOWN)])
    def test_the_latest_reading_holds_two_and_a_half_intervals(self, at: str, status: Status) -> None:
        ride = ride_in_session("o", is_open=True)
        assert ride_now(runs("o")[-1], ride, True, None, clock(at)).status is status

    def test_the_interval_is_that_of_the_reading(self) -> None:
        five = replace(runs("o")[-1], interval_seconds=300)
        assert entry_now(five, clock("0:12")).status is RUNNING
        assert entry_now(five, clock("0:13")).status is UNKNOWN

    def test_never_read_is_unknown(self) -> None:
        assert ride_now(None, None, True, None, LATE) == RideNow(UNKNOWN)


class TestHabit:
    """A ride that usually has its last opening at 1:00."""

    USUAL = clock("1:00")

    def test_more_than_twenty_minutes_before_it_is_down(self) -> None:
        assert now("oooXX", usual_closing=self.USUAL).status is DOWN  # since 0:30

    def test_twenty_minutes_before_it_is_closed(self) -> None:
        assert now("ooooXX", usual_closing=self.USUAL).status is CLOSED  # since 0:40

    def test_after_it_is_closed(self) -> None:
        assert now("o" * 9 + "XX", usual_closing=self.USUAL).status is CLOSED

    def test_a_ride_that_went_down_early_stays_down_beyond_its_usual_closing(self) -> None:
        assert now("oooXXXXXX", usual_closing=self.USUAL).status is DOWN

    def test_two_earlier_days_are_no_habit(self) -> None:
        assert usual_closing_seconds([75600, 75600]) is None

    def test_three_are_and_the_median_counts(self) -> None:
        assert usual_closing_seconds([75600, 36000, 79200]) == 75600

    def test_only_the_last_seven_count(self) -> None:
        newest_first = [79200.0] * 4 + [72000.0] * 3 + [36000.0] * 20
        assert usual_closing_seconds(newest_first) == 79200

    def test_of_an_even_number_the_middle_counts(self) -> None:
        assert usual_closing_seconds([72000, 72000, 75600, 75600]) == 73800


class TestEntriesThatAreNotCounted:
    def test_open_is_running(self) -> None:
        assert entry_now(runs("o")[-1], clock("0:10")) == RideNow(RUNNING)

    def test_closed_is_never_down(self) -> None:
        assert entry_now(runs("oX")[-1], clock("0:10")) == RideNow(CLOSED)

    def test_no_reading_that_holds_is_unknown(self) -> None:
        assert entry_now(runs("o")[-1], clock("0:30")) == RideNow(UNKNOWN)
        assert entry_now(None, clock("0:30")) == RideNow(UNKNOWN)

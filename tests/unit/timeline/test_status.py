"""What is said of a ride now (DESIGN, Now)."""

from __future__ import annotations

from dataclasses import replace

import pytest
from drawing import CYCLE, HOUR, clock, ride_in_session, runs, session_of

from park_downtime.model import Status
from park_downtime.timeline.closures import judge_ride
from park_downtime.timeline.known import known_in
from park_downtime.timeline.status import RideNow, closed_since, entry_now, ride_now

RUNNING, DOWN, CLOSED, UNKNOWN = Status.RUNNING, Status.DOWN, Status.CLOSED, Status.UNKNOWN


def now(picture: str, back_today: int | None = None) -> RideNow:
    """The status at the last reading of a session that is open."""
    at = clock("0:00") + (len(picture) - 1) * CYCLE
    since = closed_since(ride_in_session(picture, is_open=True))
    return ride_now(entry_now(runs(picture)[-1], at), since, back_today, at)


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


def test_of_closures_with_the_park_the_last_one_counts() -> None:
    # Closed with its park at 0:10 and open again at 0:40: ongoing still, until the session is settled.
    closed_with_its_park = [clock("0:10")]
    picture = "oXXXoX"
    session = session_of("R" * len(picture), is_open=True)
    known = known_in(session, runs(picture), clock("0:50"))
    assert closed_since(judge_ride(1, session, known, closed_with_its_park)) == clock("0:50")


def test_while_the_park_is_not_open_nothing_is_down() -> None:
    assert ride_now(RideNow(CLOSED), None, None, clock("0:10")) == RideNow(CLOSED)


def test_without_an_open_session_nothing_has_been_open() -> None:
    assert closed_since(None) is None


class TestHold:
    @pytest.mark.parametrize(("at", "status"), [("0:25", RUNNING), ("0:26", UNKNOWN)])
    def test_the_latest_reading_holds_two_and_a_half_intervals(self, at: str, status: Status) -> None:
        assert entry_now(runs("o")[-1], clock(at)).status is status

    def test_the_interval_is_that_of_the_reading(self) -> None:
        five = replace(runs("o")[-1], interval_seconds=300)
        assert entry_now(five, clock("0:12")).status is RUNNING
        assert entry_now(five, clock("0:13")).status is UNKNOWN

    def test_never_read_is_unknown(self) -> None:
        assert ride_now(entry_now(None, clock("22:00")), None, None, clock("22:00")) == RideNow(UNKNOWN)

    def test_unknown_after_it_closed_has_no_chance(self) -> None:
        at = clock("0:36")
        assert ride_now(entry_now(runs("oX")[-1], at), clock("0:10"), 95, at) == RideNow(UNKNOWN)


class TestChance:
    def test_as_likely_as_not_is_down(self) -> None:
        assert now("oooXX", back_today=50) == RideNow(DOWN, clock("0:30"), 50)

    def test_less_is_closed_and_says_how_likely(self) -> None:
        assert now("oooXX", back_today=45) == RideNow(CLOSED, None, 45)

    def test_with_a_chance_three_hours_are_no_bound(self) -> None:
        assert now("o" + "X" * (4 * HOUR), back_today=80).status is DOWN

    def test_what_runs_has_no_chance(self) -> None:
        assert now("oXo", back_today=95) == RideNow(RUNNING)


class TestEntriesThatAreNotCounted:
    def test_open_is_running(self) -> None:
        assert entry_now(runs("o")[-1], clock("0:10")) == RideNow(RUNNING)

    def test_closed_is_never_down(self) -> None:
        assert entry_now(runs("oX")[-1], clock("0:10")) == RideNow(CLOSED)

    def test_no_reading_that_holds_is_unknown(self) -> None:
        assert entry_now(runs("o")[-1], clock("0:30")) == RideNow(UNKNOWN)
        assert entry_now(None, clock("0:30")) == RideNow(UNKNOWN)

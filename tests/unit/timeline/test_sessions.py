"""When a park was open: sessions, and the gaps at their edges in which it may have been."""

from __future__ import annotations

from datetime import datetime

from drawing import HOUR, clock, day, park_runs

from park_downtime.timeline.sessions import Session, sessions
from park_downtime.timeline.spans import Span

LATER = clock("72:00")


def found(picture: str, now: datetime = LATER, observed_since: datetime | None = None) -> list[Session]:
    return sessions(park_runs(picture), now, observed_since or clock("0:00"))


def bounds(picture: str) -> list[Span]:
    return [session.span for session in found(picture)]


def hours(letter: str, count: float) -> str:
    return letter * round(count * HOUR)


def span(start: str, end: str) -> Span:
    return clock(start), clock(end)


class TestExtent:
    def test_from_the_first_running_reading_to_the_end_of_the_hold_of_the_last(self) -> None:
        assert bounds("SSRRRSS") == [span("0:20", "0:50")]

    def test_where_nothing_follows_the_last_holds_one_interval(self) -> None:
        assert bounds("SSRRR") == [span("0:20", "0:50")]

    def test_a_park_closed_all_day_has_none(self) -> None:
        assert bounds(hours("S", 24)) == []

    def test_without_any_reading_there_is_none(self) -> None:
        assert sessions([], LATER, None) == []

    def test_one_reading_is_enough(self) -> None:
        assert bounds("SRS") == [span("0:10", "0:20")]

    def test_midnight_does_not_end_it(self) -> None:
        assert bounds(hours("S", 10) + hours("R", 16) + hours("S", 4)) == [span("10:00", "26:00")]


class TestThreeHours:
    def test_a_stop_of_less_is_inside_the_session(self) -> None:
        # from the last running reading at 0:50 to the next at 3:40
        (session,) = found("RRRRRR" + "S" * 16 + "RR")
        assert session.stops == (span("1:00", "3:40"),)

    def test_three_hours_without_running_end_it(self) -> None:
        # from the last running reading at 0:50 to the next at 3:50
        assert bounds("RRRRRR" + "S" * 17 + "RR") == [span("0:00", "1:00"), span("3:50", "4:10")]

    def test_three_hours_without_observation_end_it_too(self) -> None:
        assert bounds("RRRRRR" + "-" * 17 + "RR") == [span("0:00", "1:00"), span("3:50", "4:10")]

    def test_it_is_open_until_they_have_passed(self) -> None:
        picture = "R" * HOUR + "S" * 4 * HOUR
        (before,) = found(picture, now=clock("3:40"))
        (after,) = found(picture, now=clock("3:50"))
        assert (before.is_open, after.is_open) == (True, False)

    def test_an_evening_event_after_a_day_that_ended_at_five_is_its_own(self) -> None:
        assert bounds(hours("S", 10) + hours("R", 7) + hours("S", 4) + hours("R", 3) + "S") == [
            span("10:00", "17:00"),
            span("21:00", "24:00"),
        ]

    def test_an_evening_event_after_two_hours_is_the_same_session(self) -> None:
        assert bounds(hours("R", 7) + hours("S", 2) + hours("R", 3) + "S") == [span("0:00", "12:00")]

    def test_a_storm_that_closes_everything_for_two_hours_is_a_stop(self) -> None:
        (session,) = found(hours("R", 4) + hours("S", 2) + hours("R", 4) + "S")
        assert session.stops == (span("4:00", "6:00"),)


class TestUnobserved:
    def test_a_short_gap_inside_is_unknown_time(self) -> None:
        # the last reading before it, at 0:50, holds one interval
        (session,) = found("RRRRRR" + "------" + "RRRRRRS")
        assert (session.unknown_seconds, session.gaps) == (3600, ())

    def test_no_readings_for_five_hours_never_glue_two_sessions(self) -> None:
        assert bounds(hours("R", 3) + hours("-", 5) + hours("R", 3)) == [
            span("0:00", "3:00"),
            span("8:00", "11:00"),
        ]

    def test_of_a_gap_at_the_edge_three_hours_were_expected(self) -> None:
        (session,) = found(hours("S", 1) + hours("R", 3) + hours("-", 8) + hours("S", 1))
        assert session.gaps == (span("4:00", "7:00"),)

    def test_of_a_shorter_gap_only_what_there_is(self) -> None:
        (session,) = found(hours("R", 3) + hours("-", 1) + hours("S", 4))
        assert session.gaps == (span("3:00", "4:00"),)

    def test_a_gap_before_the_opening(self) -> None:
        (session,) = found(hours("S", 1) + hours("-", 8) + hours("R", 3) + "S")
        assert session.gaps == (span("6:00", "9:00"),)

    def test_a_gap_between_two_sessions_is_expected_once(self) -> None:
        # dead from 11:00 to 15:00: three of the four hours
        one, other = found(hours("R", 11) + hours("-", 4) + hours("R", 5) + "S")
        assert one.gaps + other.gaps == (span("11:00", "14:00"),)

    def test_two_gaps_between_two_sessions_are_both_expected(self) -> None:
        one, other = found(hours("R", 2) + hours("-", 4) + "S" + hours("-", 4) + hours("R", 2) + "S")
        assert one.gaps == (span("2:00", "5:00"),)
        assert other.gaps == (span("7:10", "10:10"),)

    def test_before_the_first_reading_ever_nothing_was_expected(self) -> None:
        (session,) = found("RRRS")
        assert session.gaps == ()

    def test_a_failed_cycle_of_one_park_is_no_gap(self) -> None:
        (session,) = found("RR!RRS")
        assert (session.gaps, session.unknown_seconds) == ((), 0)


class TestSettled:
    """Neither a later reading nor the passing of time can change it."""

    def test_not_while_it_is_open(self) -> None:
        (session,) = found("RRRRRR" + "S" * 12, now=clock("2:50"))
        assert not session.is_settled

    def test_three_hours_after_the_last_running_reading(self) -> None:
        (session,) = found("RRRRRR" + "S" * 18, now=clock("3:50"))
        assert session.is_settled

    def test_not_while_the_gap_behind_it_can_still_grow(self) -> None:
        (session,) = found("RRRRRR", now=clock("3:55"))
        assert (session.is_open, session.is_settled) == (False, False)

    def test_when_three_hours_of_gap_have_passed(self) -> None:
        (session,) = found("RRRRRR", now=clock("4:00"))
        assert session.is_settled


class TestOfRides:
    """Whole parks, ride by ride."""

    def test_a_day_with_two_sessions(self) -> None:
        morning_and_night = hours("X", 9) + hours("o", 5) + hours("X", 4) + hours("o", 4) + hours("X", 2)
        park = day(*[morning_and_night] * 5)
        assert [session.span for session in park.sessions()] == [
            span("9:00", "14:00"),
            span("18:00", "22:00"),
        ]

    def test_an_event_with_a_quarter_of_the_rides_is_a_session(self) -> None:
        by_day = hours("X", 10) + hours("o", 7) + hours("X", 9)
        also_at_night = hours("X", 10) + hours("o", 7) + hours("X", 3) + hours("o", 4) + hours("X", 2)
        park = day(*[by_day] * 9, *[also_at_night] * 3)
        assert [session.span for session in park.sessions()] == [
            span("10:00", "17:00"),
            span("20:00", "24:00"),
        ]

    def test_one_ride_that_runs_empty_at_night_opens_no_park(self) -> None:
        test_run = hours("X", 3) + hours("o", 1) + hours("X", 6) + hours("o", 8) + hours("X", 2)
        usual = hours("X", 10) + hours("o", 8) + hours("X", 2)
        park = day(test_run, *[usual] * 4)
        assert [session.span for session in park.sessions()] == [span("10:00", "18:00")]

    def test_an_entry_that_is_always_open_does_not_keep_a_small_park_open(self) -> None:
        one_day = hours("X", 10) + hours("o", 8) + hours("X", 6)
        park = day("o" * 48 * HOUR, one_day * 2, one_day * 2)
        second_day = [session for session in park.sessions() if session.started_at >= clock("30:00")]
        assert [session.span for session in second_day] == [span("34:00", "42:00")]

    def test_a_park_of_five_rides_runs_with_two(self) -> None:
        two = hours("X", 10) + hours("o", 8) + hours("X", 6)
        three = hours("X", 12) + hours("o", 4) + hours("X", 8)
        park = day(two, two, three, three, three)
        assert [session.span for session in park.sessions()] == [span("10:00", "18:00")]

    def test_a_park_that_closes_ride_by_ride_stops_when_the_last_but_one_does(self) -> None:
        closing = [hours("o", 8) + "o" * late + "X" * (12 - late) for late in (0, 2, 4, 6, 12)]
        park = day(*closing)
        assert [session.span for session in park.sessions()] == [span("0:00", "9:00")]

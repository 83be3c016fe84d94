"""What kind of closure it was (DESIGN, Closure): a session drawn, and drawn back as it was judged."""

from __future__ import annotations

from datetime import timedelta
from itertools import pairwise

import pytest
from drawing import CYCLE, HOUR, clock, drawn, judged, readings, ride_in_session, session_of, unheard
from hypothesis import given, settings
from hypothesis import strategies as st

from park_downtime.model import StretchKind
from park_downtime.timeline.as_of import runs_as_of
from park_downtime.timeline.closures import Closure, RideSession, judge_ride
from park_downtime.timeline.known import known_in
from park_downtime.timeline.runs import fold

RIDES = st.text("oX.", min_size=2, max_size=50)
PARKS = st.text("RRRRS.", min_size=50, max_size=50)


def outages(ride: RideSession) -> list[Closure]:
    return [closure for closure in ride.closures if closure.kind is StretchKind.OUTAGE]


class TestKinds:
    def test_open_all_day(self) -> None:
        assert judged("oooooo") == "oooooo"

    def test_closed_between_two_openings_is_an_outage(self) -> None:
        assert judged("ooXXoo") == "ooDDoo"

    def test_closed_before_the_first_opening_is_a_late_opening(self) -> None:
        assert judged("XXoooo") == "LLoooo"

    def test_closed_after_the_last_opening_is_an_early_close(self) -> None:
        assert judged("ooooXX") == "ooooEE"

    def test_never_open_is_did_not_operate(self) -> None:
        assert judged("XXXXXX") == "NNNNNN"

    def test_one_day_has_all_of_them(self) -> None:
        assert judged("XX oo X oo XX o XX") == "LLooDooDDoEE"

    def test_not_reopened_while_the_session_is_open_is_ongoing(self) -> None:
        assert judged("ooooXX", is_open=True) == "ooooGG"

    def test_an_outage_before_it_is_an_outage_already(self) -> None:
        assert judged("oXoXX", is_open=True) == "oDoGG"

    def test_while_no_wait_is_alive_an_opening_ends_none(self) -> None:
        assert judged("oXoXXooXo", is_open=True, quiet_at=4) == "oDoGGooGo"
        assert judged("oXoXXooXo", is_open=True, quiet_at=5) == "oDoDDooGo"
        assert judged("XXoXo", is_open=True, quiet_at=0) == "LLoGo"

    def test_one_that_an_unproven_opening_ends_is_one_closure_until_then(self) -> None:
        first, second = ride_in_session("oXXooXo", is_open=True, quiet_at=0).closures
        assert (first.kind, first.ended_at - first.started_at) == (StretchKind.ONGOING, 2 * CYCLE)
        assert (second.kind, second.ended_at - second.started_at) == (StretchKind.ONGOING, CYCLE)

    def test_closed_since_the_beginning_is_not_operating_so_far(self) -> None:
        assert judged("XXXX", is_open=True) == "NNNN"

    def test_no_readings_at_all_are_unknown(self) -> None:
        assert judged("......") == "......"

    def test_a_ride_without_known_readings_did_not_not_operate(self) -> None:
        ride = ride_in_session("....")
        assert {stretch.kind for stretch in ride.stretches} == {StretchKind.UNKNOWN}


class TestUnknown:
    def test_one_missing_reading_is_held_over(self) -> None:
        assert judged("oX.Xo") == "oDDDo"

    def test_longer_silence_is_unknown_time_and_does_not_end_the_closure(self) -> None:
        ride = ride_in_session("oX....Xo")
        assert drawn(ride) == "oD....Do"
        (closure,) = ride.closures
        assert (closure.started_at, closure.ended_at) == (clock("0:10"), clock("1:10"))

    def test_its_length_is_its_known_closed_time(self) -> None:
        (closure,) = ride_in_session("oX....Xo").closures
        assert closure.seconds == 1200

    def test_an_opening_that_nobody_saw_leaves_one_closure(self) -> None:
        assert len(ride_in_session("oXX....XXo").closures) == 1

    def test_silence_after_the_last_reading_is_unknown(self) -> None:
        assert judged("ooo...") == "ooo..."

    def test_closed_then_silence_until_the_end_is_an_early_close_as_far_as_known(self) -> None:
        assert judged("ooX...") == "ooE..."

    def test_silence_before_the_first_reading_is_unknown(self) -> None:
        assert judged("...Xoo") == "...Loo"


class TestParkStop:
    def test_is_neither_up_nor_down(self) -> None:
        assert judged("ooXXXXoo", park="RRRSSRRR") == "ooDSSDoo"

    def test_a_closure_within_it_takes_no_time(self) -> None:
        (closure,) = ride_in_session("ooXXoo", park="RRSSRR").closures
        assert (closure.seconds, closure.is_incident) == (0, False)

    def test_a_closure_around_it_is_one_outage(self) -> None:
        (closure,) = ride_in_session("oXXXXo", park="RRSSRR").closures
        assert closure.seconds == 1200

    def test_an_open_ride_in_it_is_not_operating_time(self) -> None:
        assert judged("oooooo", park="RRSSRR") == "ooSSoo"

    def test_where_the_park_is_unobserved_so_is_the_ride(self) -> None:
        assert judged("oooXoo", park="RR..RR") == "oo..oo"


class TestIncident:
    def test_one_closed_reading_of_ten_minutes(self) -> None:
        (closure,) = ride_in_session("ooXoo").closures
        assert closure.is_incident

    def test_one_closed_reading_of_five_minutes_is_a_flicker(self) -> None:
        (closure,) = ride_in_session("ooXoo", every=timedelta(minutes=5)).closures
        assert (closure.seconds, closure.is_incident) == (300, False)

    def test_two_closed_readings_of_five_minutes(self) -> None:
        (closure,) = ride_in_session("ooXXoo", every=timedelta(minutes=5)).closures
        assert closure.is_incident

    def test_two_closed_readings_of_one_minute(self) -> None:
        (closure,) = ride_in_session("ooXXoo", every=timedelta(minutes=1)).closures
        assert closure.is_incident

    @pytest.mark.parametrize(("minutes", "expected"), [(11, False), (12, True)])
    def test_one_reading_of_a_fifteen_minute_cadence_needs_three_quarters_of_it(
        self, minutes: int, expected: bool
    ) -> None:
        said = [
            reading._replace(interval_seconds=900)
            for reading in readings("oXo", every=timedelta(minutes=minutes))
        ]
        session = session_of("RRR", every=timedelta(minutes=minutes))
        (closure,) = judge_ride(1, session, known_in(session, fold(said, ()), clock("24:00"))).closures
        assert closure.is_incident is expected

    def test_readings_are_counted_across_midnight(self) -> None:
        said = readings("oXXo", start=clock("23:45"), every=timedelta(minutes=10))
        session = session_of("RRRR", start=clock("23:45"))
        (closure,) = judge_ride(1, session, known_in(session, fold(said, ()), clock("48:00"))).closures
        assert (closure.seconds, closure.is_incident) == (1200, True)


class TestSession:
    def test_first_and_last_open(self) -> None:
        ride = ride_in_session("XXooXXooXX")
        assert (ride.first_open, ride.last_open) == (clock("0:20"), clock("1:20"))

    def test_a_ride_that_never_opened_has_neither(self) -> None:
        ride = ride_in_session("XXXX")
        assert (ride.first_open, ride.last_open) == (None, None)

    def test_status_changes(self) -> None:
        assert ride_in_session("XXooXoX").status_changes == 4

    def test_readings_outside_of_the_session_say_nothing_in_it(self) -> None:
        own = fold(readings("ooo XXX ooo"), ())
        session = session_of("RRR", start=clock("0:30"))
        assert drawn(judge_ride(1, session, known_in(session, own, clock("24:00")))) == "NNN"

    def test_a_ride_that_was_closed_before_the_park_opened_opened_late(self) -> None:
        own = fold(readings("XXXXX ooo"), ())
        session = session_of("RRRRR", start=clock("0:30"))
        assert drawn(judge_ride(1, session, known_in(session, own, clock("24:00")))) == "LLooo"

    def test_as_it_stood_earlier_later_readings_are_not_known(self) -> None:
        own = runs_as_of(fold(readings("oooXXooo"), ()), clock("0:40"))
        session = session_of("RRRR", is_open=True)
        assert drawn(judge_ride(1, session, known_in(session, own, clock("0:40")))) == "oooG"

    def test_down_at_ten_to_midnight_and_never_reopened_is_an_early_close(self) -> None:
        own = fold(readings("o" * 23 * HOUR + "o" * 5 + "X" * 3 * HOUR), ())
        session = session_of("R" * 25 * HOUR)
        ride = judge_ride(1, session, known_in(session, own, clock("48:00")))
        assert ride.closures == ()
        assert ride.stretches[-1].kind is StretchKind.EARLY_CLOSE
        assert ride.stretches[-1].start == clock("23:50")

    def test_down_at_ten_to_midnight_is_ongoing_while_the_session_is_open(self) -> None:
        own = fold(readings("o" * 23 * HOUR + "o" * 5 + "X" * HOUR), ())
        session = session_of("R" * 24 * HOUR + "R" * 5, is_open=True)
        ride = judge_ride(1, session, known_in(session, own, clock("24:50")))
        (closure,) = ride.closures
        assert (closure.kind, closure.started_at) == (StretchKind.ONGOING, clock("23:50"))


class TestLaws:
    @given(picture=RIDES, park=PARKS, is_open=st.booleans())
    def test_the_times_of_the_kinds_sum_to_the_length_of_the_session(
        self, picture: str, park: str, is_open: bool
    ) -> None:
        length = len(picture)
        ride = ride_in_session(picture, "R" + park[1:length], is_open)
        assert sum((stretch.end - stretch.start for stretch in ride.stretches), timedelta()) == length * CYCLE
        assert all(one.end == other.start for one, other in pairwise(ride.stretches))

    @given(picture=RIDES, park=PARKS, is_open=st.booleans())
    def test_closures_never_overlap_and_never_leave_their_session(
        self, picture: str, park: str, is_open: bool
    ) -> None:
        ride = ride_in_session(picture, "R" + park[1 : len(picture)], is_open)
        end = clock("0:00") + len(picture) * CYCLE
        for closure in ride.closures:
            assert clock("0:00") <= closure.started_at < closure.ended_at <= end
            assert all(
                closure.started_at <= begin < finish <= closure.ended_at for begin, finish in closure.spans
            )
        assert all(one.ended_at <= other.started_at for one, other in pairwise(ride.closures))

    @given(picture=RIDES, park=PARKS, is_open=st.booleans())
    def test_closures_have_the_time_that_the_stretches_have(
        self, picture: str, park: str, is_open: bool
    ) -> None:
        ride = ride_in_session(picture, "R" + park[1 : len(picture)], is_open)
        for kind in (StretchKind.OUTAGE, StretchKind.ONGOING):
            drawn_seconds = sum(
                (stretch.end - stretch.start).total_seconds()
                for stretch in ride.stretches
                if stretch.kind is kind
            )
            assert sum(closure.seconds for closure in ride.closures if closure.kind is kind) == drawn_seconds

    @given(picture=RIDES, park=PARKS, kept=st.lists(st.booleans(), min_size=50, max_size=50))
    @settings(max_examples=200)
    def test_thinning_the_readings_never_adds_an_outage(
        self, picture: str, park: str, kept: list[bool]
    ) -> None:
        session = session_of("R" + park[1 : len(picture)])
        said, missed = readings(picture), unheard(picture)
        thinned = [reading for reading, keep in zip(said, kept, strict=False) if keep]
        late = clock("48:00")
        with_all = outages(judge_ride(1, session, known_in(session, fold(said, missed), late)))
        with_fewer = outages(judge_ride(1, session, known_in(session, fold(thinned, missed), late)))
        assert len(with_fewer) <= len(with_all)
        for found in with_fewer:
            assert any(
                one.started_at < found.ended_at and found.started_at < one.ended_at for one in with_all
            )

"""Late starts and rides that did not reopen, in days drawn by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

from drawing import HOUR, MIDNIGHT, NEW_YORK, Drawn, day, drawn

from park_downtime.model import StretchKind
from park_downtime.statistics.days import closures_of, park_day
from park_downtime.timeline.edge_calls import Call, apart, calls, with_calls
from park_downtime.timeline.edges import SessionEdges, seen_edges
from park_downtime.timeline.habits import Edge, Habit
from park_downtime.timeline.judge import JudgedSession

NIGHT = "X" * 4 * HOUR
CLOSED = "XX"
RIDES = range(1, 11)
PUNCTUAL = CLOSED + "o" * 8 * HOUR + NIGHT


def usual_days(park: Drawn, number: int = 6, ride_count: int = 10) -> list[SessionEdges]:
    """As many days before the drawn one, on which all rides opened and closed with the park."""
    (judged,) = park.judged()
    start, length = judged.session.started_at, 8 * 3600
    return [
        SessionEdges(
            start - timedelta(days=days),
            start - timedelta(days=days) + timedelta(seconds=length),
            dict.fromkeys(range(1, ride_count + 1), 0),
            dict.fromkeys(range(1, ride_count + 1), length),
        )
        for days in range(1, number + 1)
    ]


def called(*pictures: str, past_days: int = 6) -> JudgedSession:
    park = day(*pictures)
    (judged,) = park.judged()
    past = usual_days(park, past_days, len(pictures))
    return with_calls(judged, seen_edges(judged, park.runs), past, NEW_YORK)


def opens_after(cycles: int) -> str:
    return CLOSED + "X" * cycles + "o" * (8 * HOUR - cycles) + NIGHT


def closes_before(cycles: int) -> str:
    return CLOSED + "o" * (8 * HOUR - cycles) + "X" * cycles + NIGHT


class TestLateStart:
    def test_opening_later_than_usual_is_a_late_start(self) -> None:
        judged = called(opens_after(5), *[PUNCTUAL] * 9)
        assert drawn(judged.rides[1]) == "l" * 5 + "o" * 43

    def test_of_less_than_twenty_minutes_is_a_late_opening(self) -> None:
        assert drawn(called(opens_after(1), *[PUNCTUAL] * 9).rides[1]) == "L" + "o" * 47
        assert drawn(called(opens_after(2), *[PUNCTUAL] * 9).rides[1]) == "ll" + "o" * 46

    def test_its_closure_begins_with_the_closed_stretch_and_knows_when_it_was_due(self) -> None:
        (closure,) = called(opens_after(5), *[PUNCTUAL] * 9).rides[1].closures
        began = MIDNIGHT + timedelta(minutes=20)
        assert (closure.kind, closure.started_at, closure.due) == (StretchKind.LATE_START, began, began)
        assert (closure.ended_at, closure.seconds) == (began + timedelta(minutes=50), 3000)

    def test_before_it_was_due_it_is_a_late_opening(self) -> None:
        """The others came half an hour late too: so much is the day's."""
        judged = called(opens_after(9), *[opens_after(3)] * 3, *[PUNCTUAL] * 2, *[opens_after(3)] * 4)
        assert drawn(judged.rides[1]) == "LLL" + "l" * 6 + "o" * 39
        (closure,) = judged.rides[1].closures
        assert closure.due == MIDNIGHT + timedelta(minutes=50)
        assert closure.started_at == MIDNIGHT + timedelta(minutes=20)

    def test_a_ride_without_habit_is_not_judged(self) -> None:
        judged = called(opens_after(9), *[PUNCTUAL] * 9, past_days=4)
        assert drawn(judged.rides[1]) == "L" * 9 + "o" * 39

    def test_without_three_others_nothing_is_judged(self) -> None:
        assert drawn(called(opens_after(9), *[PUNCTUAL] * 2).rides[1])[:9] == "L" * 9
        assert drawn(called(opens_after(9), *[PUNCTUAL] * 3).rides[1])[:9] == "l" * 9

    def test_what_many_rides_share_is_none_of_theirs(self) -> None:
        judged = called(*[opens_after(9)] * 3, *[PUNCTUAL] * 7)
        assert drawn(judged.rides[1])[:9] == "L" * 9

    def test_two_are_not_many(self) -> None:
        judged = called(*[opens_after(9)] * 2, *[PUNCTUAL] * 8)
        assert drawn(judged.rides[1])[:9] == "l" * 9

    def test_an_opening_that_nobody_saw_is_not_judged(self) -> None:
        unseen = CLOSED + "XXXX...." + "o" * (8 * HOUR - 8) + NIGHT
        assert drawn(called(unseen, *[PUNCTUAL] * 9).rides[1])[:4] == "LLLL"

    def test_sessions_read_rarely_are_not_judged(self) -> None:
        park = day(opens_after(9), *[PUNCTUAL] * 9)
        (judged,) = park.judged()
        rarely = replace(judged, session=replace(judged.session, longest_interval_seconds=1201))
        past = usual_days(park)
        assert with_calls(rarely, seen_edges(rarely, park.runs), past, NEW_YORK) is rarely

    def test_a_session_that_is_open_is_not_judged(self) -> None:
        park = day(opens_after(9), *[PUNCTUAL] * 9)
        (judged,) = park.judged(now=MIDNIGHT + timedelta(hours=7))
        assert with_calls(judged, seen_edges(judged, park.runs), usual_days(park), NEW_YORK) is judged


class TestDidNotReopen:
    def test_closing_long_before_usual_is_one(self) -> None:
        judged = called(closes_before(6), *[PUNCTUAL] * 9)
        assert drawn(judged.rides[1]) == "o" * 42 + "e" * 6

    def test_of_less_than_half_an_hour_is_an_early_close(self) -> None:
        assert drawn(called(closes_before(2), *[PUNCTUAL] * 9).rides[1])[-2:] == "EE"
        assert drawn(called(closes_before(3), *[PUNCTUAL] * 9).rides[1])[-3:] == "eee"

    def test_its_closure_begins_with_the_closed_stretch(self) -> None:
        (closure,) = called(closes_before(6), *[PUNCTUAL] * 9).rides[1].closures
        assert closure.kind is StretchKind.DID_NOT_REOPEN
        assert closure.started_at == MIDNIGHT + timedelta(minutes=20 + 420)
        assert closure.due == MIDNIGHT + timedelta(minutes=20 + 480)
        assert closure.seconds == 3600

    def test_an_outage_before_it_stays_one(self) -> None:
        broken = CLOSED + "o" * 20 + "XXX" + "o" * 19 + "X" * 6 + NIGHT
        judged = called(broken, *[PUNCTUAL] * 9)
        assert drawn(judged.rides[1]) == "o" * 20 + "DDD" + "o" * 19 + "e" * 6
        assert [closure.kind for closure in judged.rides[1].closures] == [
            StretchKind.OUTAGE,
            StretchKind.DID_NOT_REOPEN,
        ]


def test_calls_are_no_downtime_and_stand_beside_it() -> None:
    judged = called(opens_after(5), closes_before(6), *[PUNCTUAL] * 8)
    park = day(opens_after(5), closes_before(6), *[PUNCTUAL] * 8)
    found = closures_of(judged, NEW_YORK)
    assert [(one.ride_id, one.kind, one.seconds) for one in found] == [
        (1, StretchKind.LATE_START, 3000),
        (2, StretchKind.DID_NOT_REOPEN, 3600),
    ]
    row = park_day(MIDNIGHT.date(), NEW_YORK, [judged], [], park.runs)
    assert (len(row.closures), row.outages) == (2, [])


class TestCalls:
    def test_peers_are_those_of_about_the_same_time(self) -> None:
        """Three others of its own hour were on time; many of a later one were an hour late."""
        habits = {n: Habit(0, 0, True) for n in range(1, 5)} | {
            n: Habit(7200, 7200, True) for n in range(5, 10)
        }
        at = {1: 3600.0, 2: 0.0, 3: 0.0, 4: 0.0} | dict.fromkeys(range(5, 10), 10800.0)
        assert calls(Edge.OPENING, at, at, habits)[1] == Call(0, 3600)

    def test_an_edge_that_nobody_saw_is_a_peer_and_is_not_judged(self) -> None:
        habits = {n: Habit(0, 0, True) for n in range(1, 5)}
        at = {1: 3600.0, 2: 0.0, 3: 0.0, 4: 0.0}
        assert calls(Edge.OPENING, at, [1], habits) == {1: Call(0, 3600)}
        assert calls(Edge.OPENING, at, [2, 3, 4], habits) == {}

    def test_where_those_are_few_all_others_are(self) -> None:
        habits = {1: Habit(0, 0, True)} | {n: Habit(7200, 7200, True) for n in range(2, 6)}
        at = {1: 3600.0} | dict.fromkeys(range(2, 6), 10800.0)
        assert 1 not in calls(Edge.OPENING, at, at, habits)

    def test_a_day_on_which_all_are_early_moves_nothing(self) -> None:
        habits = {n: Habit(3600, 3600, True) for n in range(1, 6)}
        at = {1: 3600.0 + 1200} | dict.fromkeys(range(2, 6), 0.0)
        assert calls(Edge.OPENING, at, at, habits) == {1: Call(3600, 4800)}

    def test_of_calls_that_many_share_all_are_dropped_that_lie_in_the_middle(self) -> None:
        shared = {n: Call(0, 3600) for n in range(1, 4)}
        longer = {4: Call(0, 36000)}
        assert apart(shared | longer, 12) == longer

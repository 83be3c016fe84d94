"""Rides that close with their park and open again for the evening are not broken."""

from __future__ import annotations

from drawing import HOUR, day, drawn

from park_downtime.model import StretchKind

NIGHT = "X" * 4 * HOUR
THROUGH = "o" * 9 * HOUR + NIGHT


def evening(rides_with_event: int, rides_that_stay: int, others: int) -> list[str]:
    """Six hours, closing, and an hour later three hours of an event with some of the rides."""
    goes_on = "o" * 6 * HOUR + "X" * HOUR + "o" * 2 * HOUR + NIGHT
    ends = "o" * 6 * HOUR + "X" * 3 * HOUR + NIGHT
    return [goes_on] * rides_with_event + [THROUGH] * rides_that_stay + [ends] * others


class TestWave:
    def test_rides_that_open_again_for_an_event_closed_with_their_park(self) -> None:
        (judged,) = day(*evening(2, 2, 6)).judged()
        assert drawn(judged.rides[1]) == "o" * 36 + "E" * 6 + "o" * 12
        assert judged.rides[1].closures == ()

    def test_while_the_session_is_open_the_closure_is_ongoing(self) -> None:
        park = day(*evening(2, 2, 6))
        (judged,) = park.judged(now=park.last_cycle - 27 * (park.last_cycle - park.observed_since) / 77)
        assert StretchKind.OUTAGE not in {stretch.kind for stretch in judged.rides[1].stretches}
        assert [closure.kind for closure in judged.rides[1].closures] == [StretchKind.ONGOING]

    def test_a_storm_after_which_most_rides_open_again_is_an_outage(self) -> None:
        (judged,) = day(*evening(6, 2, 2)).judged()
        assert drawn(judged.rides[1]) == "o" * 36 + "D" * 6 + "o" * 12

    def test_exactly_half_open_again_is_no_storm(self) -> None:
        (judged,) = day(*evening(3, 2, 5)).judged()
        assert drawn(judged.rides[1])[36:42] == "E" * 6

    def test_fewer_than_half_closing_together_are_no_wave(self) -> None:
        (judged,) = day(*evening(2, 6, 2)).judged()
        assert drawn(judged.rides[1])[36:42] == "D" * 6

    def test_two_rides_of_three_are_too_few_for_a_wave(self) -> None:
        (judged,) = day(*evening(1, 1, 1)).judged()
        assert drawn(judged.rides[1])[36:42] == "D" * 6

    def test_closing_one_after_the_other_for_longer_than_half_an_hour_is_no_wave(self) -> None:
        def ends_at(cycle: int) -> str:
            return "o" * cycle + "X" * (9 * HOUR - cycle) + NIGHT

        event = "o" * 36 + "X" * 6 + "o" * 12 + NIGHT
        stays = [THROUGH] * 3
        one_by_one = [ends_at(cycle) for cycle in (28, 30, 32, 40, 44)]
        together = [ends_at(cycle) for cycle in (35, 36, 36, 37, 37)]
        assert drawn(day(event, *stays, *one_by_one).judged()[0].rides[1])[36:42] == "D" * 6
        assert drawn(day(event, *stays, *together).judged()[0].rides[1])[36:42] == "E" * 6

    def test_a_ride_that_had_closed_before_is_not_in_the_wave(self) -> None:
        before = "o" * 30 + "X" * 12 + "o" * 12 + NIGHT
        (judged,) = day(before, *evening(1, 2, 6)).judged()
        assert drawn(judged.rides[1])[30:42] == "D" * 12

    def test_a_ride_that_reopened_before_the_others_closed_is_not_in_it(self) -> None:
        short = "o" * 35 + "X" + "o" * 18 + NIGHT
        ends = "o" * 37 + "X" * 17 + NIGHT
        (judged,) = day(short, THROUGH, *[ends] * 6).judged()
        assert drawn(judged.rides[1])[35] == "D"

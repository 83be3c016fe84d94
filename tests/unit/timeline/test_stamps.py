"""What stamps say of a payload and of its entries, beside those of other cycles (DESIGN, Reading)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest

from park_downtime.model import RideReading, State
from park_downtime.timeline.stamps import (
    Stamp,
    believed,
    falls_behind,
    grew_at,
    moves,
    newest_stamp,
    stands_still,
)

NOON = datetime(2026, 7, 1, 12, tzinfo=UTC)
A_DAY_OF_CYCLES = 150
INTERVAL = 600
MINUTE = timedelta(minutes=1)


def drawn(picture: str, offset: timedelta = -2 * MINUTE, every: timedelta = 10 * MINUTE) -> list[Stamp]:
    """A cycle a letter: `+` the stamp grew to `offset` beside our clock, `=` not, `-` no cycle."""
    seen: list[Stamp] = []
    for place, letter in enumerate(picture):
        at = NOON + place * every
        if letter != "-":
            seen.append(Stamp(at, at + offset if letter == "+" or not seen else seen[-1].newest))
    return seen


class TestStandsStill:
    @pytest.mark.parametrize(("standing", "expected"), [(2, False), (3, True), (11, True)])
    def test_half_an_hour_where_stamps_grew_every_ten_minutes_for_a_day(
        self, standing: int, expected: bool
    ) -> None:
        assert stands_still(drawn(A_DAY_OF_CYCLES * "+" + standing * "="), INTERVAL) is expected

    @pytest.mark.parametrize(("standing", "expected"), [(3, False), (11, False), (12, True)])
    @pytest.mark.parametrize("before", [20 * "+", 75 * "++==", 300 * "+=" + "==" + 40 * "+"])
    def test_two_hours_where_they_did_not(self, before: str, standing: int, expected: bool) -> None:
        assert stands_still(drawn(before + "+" + standing * "="), INTERVAL) is expected

    def test_one_cycle_that_shows_the_same_is_still_often(self) -> None:
        assert stands_still(drawn(75 * "+=" + "+==="), INTERVAL)

    def test_what_was_slow_more_than_a_day_before_is_forgotten(self) -> None:
        assert stands_still(drawn("+==" + 146 * "+" + "==="), INTERVAL)
        assert not stands_still(drawn("+==" + 143 * "+" + "==="), INTERVAL)

    def test_cycles_that_did_not_come_are_no_slowness(self) -> None:
        assert stands_still(drawn(50 * "+" + 30 * "-" + 90 * "+" + "==="), INTERVAL)

    def test_hourly_cycles_cannot_see_more(self) -> None:
        assert stands_still(drawn(26 * "+" + "=", every=60 * MINUTE), 3600)

    @pytest.mark.parametrize("hours_off", [-9, -1, 0])
    def test_hours_off_but_moving_they_are_believed(self, hours_off: int) -> None:
        seen = drawn(A_DAY_OF_CYCLES * "+", offset=timedelta(hours=hours_off))
        assert not any(stands_still(seen[:count], INTERVAL) for count in range(2, len(seen)))

    def test_at_first_sight_the_stamp_itself_says_when_it_grew(self) -> None:
        assert grew_at(drawn("+===", offset=-50 * MINUTE)) == NOON - 50 * MINUTE
        assert grew_at(drawn("+===", offset=4 * MINUTE)) == NOON
        assert not stands_still(drawn("+", offset=-119 * MINUTE), INTERVAL)
        assert stands_still(drawn("+", offset=-120 * MINUTE), INTERVAL)


class TestFallsBehind:
    @pytest.mark.parametrize(("further", "expected"), [(30, False), (31, True)])
    def test_half_an_hour_further_than_the_freshest_of_before(self, further: int, expected: bool) -> None:
        seen = drawn("++-")
        at = NOON + 20 * MINUTE
        assert falls_behind(seen, Stamp(at, at - (2 + further) * MINUTE)) is expected

    def test_not_where_all_are_as_far_behind(self) -> None:
        at = NOON + 20 * MINUTE
        assert not falls_behind(drawn("++-", offset=-420 * MINUTE), Stamp(at, at - 430 * MINUTE))
        assert not falls_behind([], Stamp(at, at - 430 * MINUTE))


def reading(ride_id: int, state: State, minutes_ago: float | None = 0) -> RideReading:
    stamp = None if minutes_ago is None else NOON - minutes_ago * MINUTE
    wait = 15 if state is State.OPEN else None
    return RideReading(ride_id, f"Ride {ride_id}", None, state, wait, False, stamp)


def judged(
    *readings: RideReading, is_old: bool = False, are_entries_judged: bool = True
) -> list[tuple[State, int | None, bool]]:
    found: Sequence[RideReading] = believed(
        readings, newest_stamp(readings), is_old=is_old, are_entries_judged=are_entries_judged
    )
    return [(one.state, one.wait_minutes, one.is_stale) for one in found]


OPEN, CLOSED, UNKNOWN = State.OPEN, State.CLOSED, State.UNKNOWN
AS_SAID = [(CLOSED, None, False), (OPEN, 15, False)]


class TestBelieved:
    def test_an_open_entry_more_than_half_an_hour_behind_is_unknown(self) -> None:
        assert judged(reading(1, CLOSED), reading(2, OPEN, 30)) == AS_SAID
        assert judged(reading(1, CLOSED), reading(2, OPEN, 31)) == [AS_SAID[0], (UNKNOWN, None, True)]

    def test_but_not_where_stamps_stay_while_nothing_changes(self) -> None:
        assert judged(reading(1, CLOSED), reading(2, OPEN, 31), are_entries_judged=False) == AS_SAID

    def test_a_closed_one_stays_closed_and_is_flagged(self) -> None:
        assert judged(reading(1, CLOSED), reading(2, CLOSED, 600))[1] == (CLOSED, None, True)

    def test_a_payload_that_stands_still_is_unknown_where_any_entry_is_open(self) -> None:
        found = judged(reading(1, CLOSED), reading(2, OPEN, None), reading(3, CLOSED, 900), is_old=True)
        assert found == [(UNKNOWN, None, True)] * 3

    def test_and_closed_where_all_are_closed(self) -> None:
        assert judged(reading(1, CLOSED), reading(2, CLOSED, None), is_old=True) == [(CLOSED, None, True)] * 2

    def test_a_missing_stamp_counts_as_fresh(self) -> None:
        assert judged(reading(1, CLOSED), reading(2, OPEN, None)) == AS_SAID
        assert judged(reading(1, CLOSED, None), reading(2, OPEN, None)) == AS_SAID


@pytest.mark.parametrize(
    ("unchanged", "moved", "expected"), [(0, 0, True), (10, 4, False), (10, 5, True), (3, 3, True)]
)
def test_stamps_move_where_half_of_the_readings_that_changed_nothing_have_another(
    unchanged: int, moved: int, expected: bool
) -> None:
    assert moves(unchanged, moved) is expected

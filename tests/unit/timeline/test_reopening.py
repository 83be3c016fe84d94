"""How likely a ride that closed is to be back today (DESIGN, Now)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime, timedelta

import pytest
from drawing import NEW_YORK, clock, day

from park_downtime.periods import Zone
from park_downtime.timeline.edges import SessionEdges
from park_downtime.timeline.known import Known, known_in
from park_downtime.timeline.reopening import (
    CELLS,
    LONG_AFTER,
    SHIPPED,
    Cell,
    Closing,
    Votes,
    back_today_percentage,
    cell_at,
    closings_before,
    learned,
    looks,
    usual_closing,
    votes_of,
)

LONG_BEFORE_CLOSING = 180


def minutes(number: float) -> timedelta:
    return timedelta(minutes=number)


class TestCell:
    @pytest.mark.parametrize(
        ("closed_for", "from_minutes"),
        [
            (0, 0),
            (9.9, 0),
            (10, 10),
            (29, 10),
            (30, 30),
            (60, 60),
            (120, 120),
            (179, 120),
            (180, 180),
            (900, 180),
        ],
    )
    def test_the_bin_of_how_long_it_is_closed(self, closed_for: float, from_minutes: int) -> None:
        assert cell_at(minutes(closed_for), minutes(300), 9, 9).closed_for_minutes == from_minutes

    @pytest.mark.parametrize(
        ("to_closing", "from_minutes"),
        [
            *((-2000, LONG_AFTER), (-21, LONG_AFTER), (-20, -20), (0, -20)),
            *((19.9, -20), (20, 20), (60, 60), (179, 60), (180, 180), (900, 180)),
        ],
    )
    def test_the_bin_of_how_long_it_is_to_its_usual_closing(
        self, to_closing: float, from_minutes: int
    ) -> None:
        assert cell_at(minutes(0), minutes(to_closing), 9, 9).to_closing_minutes == from_minutes

    @pytest.mark.parametrize(
        ("others_opened", "others_open", "are_few"),
        [
            (9, 4, True),
            (9, 5, False),
            (10, 5, False),
            (3, 1, True),
            (3, 2, False),
            (2, 0, False),
            (0, 0, False),
        ],
    )
    def test_fewer_than_half_of_the_others_are_few_unless_there_are_hardly_any(
        self, others_opened: int, others_open: int, are_few: bool
    ) -> None:
        assert cell_at(minutes(0), minutes(0), others_opened, others_open).are_few_open is are_few


class TestChance:
    def test_the_shipped_table_knows_every_cell(self) -> None:
        assert len(SHIPPED) == 60
        assert set(SHIPPED) == set(CELLS)

    @pytest.mark.parametrize(
        ("chance", "percentage"),
        [(0.974, 95), (0.95, 95), (0.671, 65), (0.676, 70), (0.478, 50), (0.47, 45), (0.136, 15)],
    )
    def test_it_is_said_in_steps_of_five(self, chance: float, percentage: int) -> None:
        cell = Cell(0, 180, False)
        assert back_today_percentage({cell: chance}, cell) == percentage

    @pytest.mark.parametrize(("chance", "percentage"), [(0.999, 95), (0.003, 5)])
    def test_nobody_is_certain(self, chance: float, percentage: int) -> None:
        cell = Cell(0, 180, False)
        assert back_today_percentage({cell: chance}, cell) == percentage

    def test_the_shipped_one_counts_as_twenty_votes(self) -> None:
        cell = Cell(60, 60, True)  # shipped: 0.275
        assert learned({cell: Votes(20, 20)})[cell] == pytest.approx(0.6375)
        assert learned({})[cell] == pytest.approx(0.275)


class TestUsualClosing:
    """By the clock of New York; sessions begin at 9:00."""

    @staticmethod
    def usual(*closed_after_hours: float, zone: Zone = NEW_YORK) -> datetime | None:
        starts = [datetime(2026, 6, 30 - n, 13, tzinfo=UTC) for n in range(len(closed_after_hours))]
        closings = [
            Closing(start, round(hours * 3600))
            for start, hours in zip(starts, closed_after_hours, strict=True)
        ]
        return usual_closing(closings, datetime(2026, 7, 1, 13, tzinfo=UTC), zone)

    def test_two_sessions_are_no_habit(self) -> None:
        assert self.usual(12, 12) is None

    def test_three_are_and_the_median_counts(self) -> None:
        assert self.usual(12, 1, 13) == clock("21:00")

    def test_of_an_even_number_the_middle_counts(self) -> None:
        assert self.usual(11, 11, 12, 12) == clock("20:30")

    def test_only_the_last_seven_count(self) -> None:
        assert self.usual(*[13] * 4, *[11] * 3, *[1] * 20) == clock("22:00")

    def test_after_midnight_belongs_to_the_day_of_the_start(self) -> None:
        assert self.usual(16, 16, 16) == clock("25:00")

    def test_it_is_the_time_on_the_wall_over_a_clock_change(self) -> None:
        closings = [Closing(datetime(2026, 10, 31 - n, 13, tzinfo=UTC), 12 * 3600) for n in range(3)]
        started_at = datetime(2026, 11, 1, 14, tzinfo=UTC)  # 9:00 in winter time
        assert usual_closing(closings, started_at, NEW_YORK) == datetime(2026, 11, 2, 2, tzinfo=UTC)

    def test_closings_are_those_seen_in_the_sixty_days_before(self) -> None:
        today = clock("9:00")

        def session(days_before: int, **closed: int) -> SessionEdges:
            start = today - timedelta(days=days_before)
            by_ride = {int(name[1:]): seconds for name, seconds in closed.items()}
            return SessionEdges(start, start + timedelta(hours=12), {}, by_ride)

        found = closings_before(
            [session(61, r1=1), session(2, r1=2, r2=3), session(1, r1=4), session(0, r1=5)], today
        )
        assert found == {
            1: [Closing(today - timedelta(days=1), 4), Closing(today - timedelta(days=2), 2)],
            2: [Closing(today - timedelta(days=2), 3)],
        }


class TestVotes:
    """Ten minutes a letter from midnight on; every ride usually closes at 12:00 unless it is said."""

    @staticmethod
    def votes(
        *pictures: str, usual: str = "12:00", of: Sequence[int] = (1,)
    ) -> dict[tuple[int, int, bool], tuple[int, int]]:
        drawn = day(*pictures)
        (session,) = drawn.sessions()
        known: dict[int, list[Known]] = {
            ride_id: known_in(session, own, drawn.over) for ride_id, own in drawn.runs.items()
        }
        found = votes_of(looks(session, known, {ride_id: clock(usual) for ride_id in of}))
        return {tuple(cell): tuple(own) for cell, own in found.items()}  # type: ignore[misc]

    def test_one_vote_in_every_cell_that_it_passed_through(self) -> None:
        # closed at 0:20 for 40 minutes: read at 0, 10, 20 and 30 minutes
        assert self.votes("ooXXXXoo", "oooooooo") == {
            (0, 180, False): (1, 1),
            (10, 180, False): (1, 1),
            (30, 180, False): (1, 1),
        }

    def test_a_ride_that_did_not_open_again_votes_against(self) -> None:
        assert self.votes("ooXX", "oooo", "oooo") == {(0, 180, False): (1, 0), (10, 180, False): (1, 0)}

    def test_two_closures_have_two_votes(self) -> None:
        assert self.votes("oXoX", "oooo", "oooo") == {(0, 180, False): (2, 1)}

    def test_what_has_not_opened_yet_has_no_vote(self) -> None:
        assert self.votes("XXoo", "oooo", "oooo") == {}

    def test_without_a_habit_there_is_no_vote(self) -> None:
        assert self.votes("oXoo", "oooo", of=()) == {}

    def test_the_way_to_closing_is_that_of_each_reading(self) -> None:
        # usually until 0:40: twenty minutes before at 0:20, ten at 0:30
        assert self.votes("ooXXoooo", "oooooooo", usual="0:40") == {
            (0, 20, False): (1, 1),
            (10, -20, False): (1, 1),
        }

    def test_whether_few_others_are_open_is_that_of_each_reading(self) -> None:
        # at 0:20 four of five others are open, at 0:30 two
        assert self.votes("ooXXoo", "ooXXoo", "oooXoo", "oooXoo", "oooooo", "oooooo") == {
            (0, 180, False): (1, 1),
            (10, 180, True): (1, 1),
        }

    def test_a_ride_whose_end_nobody_saw_says_nothing_of_its_last_closure(self) -> None:
        assert self.votes("ooX.......", "oooooooooo", "oooooooooo") == {}

    def test_while_the_park_stands_still_nothing_is_asked(self) -> None:
        # one of three rides open is no running park
        stop = day("ooXXXoo", "ooXXXoo", "ooXXXoo")
        (session,) = stop.sessions()
        assert session.stops
        assert self.votes("ooXXXoo", "ooXXXoo", "ooXXXoo") == {}

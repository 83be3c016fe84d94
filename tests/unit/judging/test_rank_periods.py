"""Which date is closed everywhere, when a period is worked out again, and which sets may go."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

from park_downtime.database.rank_intervals import RankSet
from park_downtime.judging.rank_periods import last_closed, mark, replaced_before
from park_downtime.model import RankedPeriod

EAST, WEST = "America/New_York", "America/Los_Angeles"
BOTH = {EAST: date(2026, 6, 1), WEST: date(2026, 6, 1)}
FIRST, SECOND = date(2026, 7, 1), date(2026, 7, 2)
OVER_IN_THE_WEST = datetime(2026, 7, 3, 7, tzinfo=UTC)  # the second of July
SOON = OVER_IN_THE_WEST + timedelta(minutes=10)


class TestLastClosed:
    def test_is_the_date_that_the_last_zone_has_closed(self) -> None:
        assert last_closed(BOTH, {(EAST, SECOND), (WEST, SECOND)}, SOON) == SECOND

    def test_is_the_one_before_while_a_zone_has_not(self) -> None:
        closed = {(EAST, FIRST), (WEST, FIRST), (EAST, SECOND)}
        assert last_closed(BOTH, closed, SOON) == FIRST

    def test_is_the_one_before_while_the_date_is_not_over_in_the_west(self) -> None:
        closed = {(EAST, FIRST), (WEST, FIRST), (EAST, SECOND)}
        assert last_closed(BOTH, closed, OVER_IN_THE_WEST - timedelta(minutes=1)) == FIRST

    def test_waits_half_a_day_for_a_zone_that_never_closes(self) -> None:
        closed = {(EAST, FIRST), (WEST, FIRST), (WEST, SECOND)}
        late = OVER_IN_THE_WEST + timedelta(hours=12)
        assert last_closed(BOTH, closed, late - timedelta(seconds=1)) == FIRST
        assert last_closed(BOTH, closed, late) == SECOND

    def test_does_not_wait_for_a_zone_of_which_nothing_is_kept_of_that_date(self) -> None:
        began = {EAST: date(2026, 6, 1), WEST: SECOND + timedelta(days=1)}
        assert last_closed(began, {(EAST, SECOND)}, SOON) == SECOND

    def test_of_a_first_day_that_is_not_over_there_is_none(self) -> None:
        assert last_closed({EAST: date(2026, 7, 3)}, (), SOON) is None


class TestMark:
    def test_is_another_one_when_a_date_is_closed_anew(self) -> None:
        once = {(EAST, FIRST): SOON}
        assert mark(once) == mark(dict(once))
        assert mark(once) != mark({(EAST, FIRST): SOON + timedelta(hours=1)})

    def test_does_not_hang_on_the_order(self) -> None:
        assert mark({(EAST, FIRST): SOON, (WEST, FIRST): SOON}) == mark(
            {(WEST, FIRST): SOON, (EAST, FIRST): SOON}
        )


def made(set_id: int, period: RankedPeriod, first: date, day: int) -> RankSet:
    return RankSet(set_id, period, first, first, datetime(2026, 7, day, tzinfo=UTC), "0")


class TestReplaced:
    def test_a_rolling_period_by_any_later_one(self) -> None:
        sets = [
            made(1, RankedPeriod.SEVEN_DAYS, FIRST, 8),
            made(2, RankedPeriod.THIRTY_DAYS, FIRST, 8),
            made(3, RankedPeriod.SEVEN_DAYS, SECOND, 9),
        ]
        assert [one.set_id for one in replaced_before(sets, datetime(2026, 7, 10, tzinfo=UTC))] == [1]

    def test_not_before_that_was_long_ago(self) -> None:
        sets = [made(1, RankedPeriod.SEVEN_DAYS, FIRST, 8), made(2, RankedPeriod.SEVEN_DAYS, SECOND, 9)]
        assert replaced_before(sets, datetime(2026, 7, 9, tzinfo=UTC)) == []

    def test_a_week_only_by_the_same_week(self) -> None:
        monday = date(2026, 6, 22)
        sets = [
            made(1, RankedPeriod.WEEK, monday, 1),
            made(2, RankedPeriod.WEEK, monday + timedelta(days=7), 8),
            made(3, RankedPeriod.WEEK, monday, 9),
        ]
        assert [one.set_id for one in replaced_before(sets, datetime(2026, 8, 1, tzinfo=UTC))] == [1]

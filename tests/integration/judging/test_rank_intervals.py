"""Nights work out how sure ranks are: once the last zone has closed a date, again if it is judged anew."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from cycles import add_parks, park
from recorded import collect, recording, rows
from sqlalchemy import Connection, Engine

from park_downtime.database.engine import reading
from park_downtime.database.rank_intervals import intervals_of, newest_set
from park_downtime.jobs.aggregate import aggregate_day, aggregate_due
from park_downtime.judging import rank_intervals as judging
from park_downtime.judging.moment import moment
from park_downtime.model import RankedKind, RankedPeriod
from park_downtime.named_periods import SEVEN_DAYS, THIRTY_DAYS, TODAY, Period
from park_downtime.reports.rank_intervals import rank_intervals
from park_downtime.statistics.rank_intervals import RankInterval

HOUR = timedelta(hours=1)
SUNDAY = datetime(2026, 7, 5, 16, tzinfo=UTC)  # noon in New York
SUNDAYS_NIGHT = datetime(2026, 7, 6, 7, 10, tzinfo=UTC)  # 00:10 in Los Angeles
DOWN_FOR_HOURS = ("XooXXooooXXX", "XooXoooooXXX", "XoooooooooXX")
ALL_DAY = ("XoooooooooXX", "XoooooooooXX", "XoooooooooXX")


@pytest.fixture(autouse=True)
def known_parks(engine: Engine) -> None:
    add_parks(engine, park(6), park(8, "America/Los_Angeles"))


def sets(engine: Engine) -> list[tuple[RankedPeriod, date, date]]:
    return [(one["ranked_period"], one["first_date"], one["last_date"]) for one in rows(engine, "rank_sets")]


def newest(engine: Engine, period: RankedPeriod, kind: RankedKind) -> dict[int, RankInterval]:
    with reading(engine) as connection:
        found = newest_set(connection, period)
        assert found is not None
        return dict(intervals_of(connection, found.set_id, kind))


def a_day_in_both_parks(engine: Engine, start: datetime = SUNDAY) -> None:
    collect(engine, recording({6: DOWN_FOR_HOURS, 8: ALL_DAY}, start))


class TestANight:
    def test_works_out_the_rolling_periods_and_those_that_ended(self, engine: Engine) -> None:
        a_day_in_both_parks(engine)
        aggregate_due(engine, SUNDAYS_NIGHT)
        assert sets(engine) == [
            (RankedPeriod.SEVEN_DAYS, date(2026, 6, 30), date(2026, 7, 5)),
            (RankedPeriod.THIRTY_DAYS, date(2026, 6, 7), date(2026, 7, 5)),
            (RankedPeriod.WEEK, date(2026, 6, 29), date(2026, 7, 5)),
        ]

    def test_of_one_day_every_rank_is_sure_and_equals_share_it(self, engine: Engine) -> None:
        a_day_in_both_parks(engine)
        aggregate_due(engine, SUNDAYS_NIGHT)
        assert newest(engine, RankedPeriod.SEVEN_DAYS, RankedKind.PARK) == {
            6: RankInterval(1, 1),
            8: RankInterval(2, 2),
        }
        third = RankInterval(3, 3)  # nobody else was down
        assert newest(engine, RankedPeriod.WEEK, RankedKind.RIDE) == {
            61: RankInterval(1, 1),
            62: RankInterval(2, 2),
            **dict.fromkeys((63, 81, 82, 83), third),
        }

    def test_waits_for_the_last_zone(self, engine: Engine) -> None:
        a_day_in_both_parks(engine)
        aggregate_due(engine, SUNDAYS_NIGHT - HOUR)  # closed in New York
        assert sets(engine) == []

    def test_does_nothing_again_where_nothing_was_closed_anew(self, engine: Engine) -> None:
        a_day_in_both_parks(engine)
        aggregate_due(engine, SUNDAYS_NIGHT)
        before = rows(engine, "rank_sets")
        aggregate_due(engine, SUNDAYS_NIGHT + HOUR)
        assert rows(engine, "rank_sets") == before

    def test_works_out_again_what_a_day_judged_anew_is_part_of(self, engine: Engine) -> None:
        a_day_in_both_parks(engine)
        aggregate_due(engine, SUNDAYS_NIGHT)
        aggregate_day(engine, date(2026, 7, 5), SUNDAYS_NIGHT + HOUR)
        assert len(sets(engine)) == 6
        assert sets(engine)[:3] == sets(engine)[3:]

    def test_that_was_killed_before_it_is_made_good_by_the_next(
        self, engine: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def killed(*_: Any) -> int:
            raise RuntimeError("killed")

        a_day_in_both_parks(engine)
        with monkeypatch.context() as patched:
            patched.setattr(judging, "save_set", killed)
            report = aggregate_due(engine, SUNDAYS_NIGHT)
        assert [reason for _, _, reason in report.failed] == ["rank intervals: killed"]
        assert sets(engine) == []
        aggregate_due(engine, SUNDAYS_NIGHT + HOUR)
        assert len(sets(engine)) == 3

    def test_a_set_half_written_leaves_nothing(self, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
        def killed(connection: Connection) -> None:
            raise RuntimeError("killed")

        a_day_in_both_parks(engine)
        monkeypatch.setattr(judging, "bump_version", killed)
        aggregate_due(engine, SUNDAYS_NIGHT)
        assert rows(engine, "rank_sets") == rows(engine, "rank_intervals") == []

    def test_does_not_wait_for_a_park_that_has_left(self, engine: Engine) -> None:
        a_day_in_both_parks(engine)
        add_parks(engine, park(8, "America/Los_Angeles", is_tracked=False))
        aggregate_due(engine, SUNDAYS_NIGHT - HOUR)
        assert newest(engine, RankedPeriod.SEVEN_DAYS, RankedKind.PARK) == {6: RankInterval(1, 1)}

    def test_forgets_after_a_week_what_a_later_one_replaced(self, engine: Engine) -> None:
        a_day_in_both_parks(engine)
        aggregate_due(engine, SUNDAYS_NIGHT)
        a_day_in_both_parks(engine, SUNDAY + timedelta(days=1))
        aggregate_due(engine, SUNDAYS_NIGHT + timedelta(days=1))
        assert len(sets(engine)) == 5
        aggregate_due(engine, SUNDAYS_NIGHT + timedelta(days=10))
        kept = {one["set_id"] for one in rows(engine, "rank_sets")}
        assert {one["set_id"] for one in rows(engine, "rank_intervals")} <= kept
        assert (RankedPeriod.SEVEN_DAYS, date(2026, 6, 30), date(2026, 7, 5)) not in sets(engine)
        assert (RankedPeriod.WEEK, date(2026, 6, 29), date(2026, 7, 5)) in sets(engine)


class TestARanking:
    def shown(self, engine: Engine, period: Period) -> dict[int, RankInterval]:
        with reading(engine) as connection:
            return dict(rank_intervals(connection, moment(connection), period, RankedKind.PARK))

    def test_shows_what_the_last_night_said(self, engine: Engine) -> None:
        a_day_in_both_parks(engine)
        aggregate_due(engine, SUNDAYS_NIGHT)
        expected = {6: RankInterval(1, 1), 8: RankInterval(2, 2)}
        assert self.shown(engine, SEVEN_DAYS) == expected
        assert self.shown(engine, THIRTY_DAYS) == expected

    def test_of_today_knows_none(self, engine: Engine) -> None:
        a_day_in_both_parks(engine)
        aggregate_due(engine, SUNDAYS_NIGHT)
        assert self.shown(engine, TODAY) == {}

    def test_shows_none_that_is_days_old(self, engine: Engine) -> None:
        a_day_in_both_parks(engine)
        aggregate_due(engine, SUNDAYS_NIGHT)
        collect(engine, recording({6: ALL_DAY}, SUNDAY + timedelta(days=3)))
        assert self.shown(engine, SEVEN_DAYS) == {}

    def test_before_any_night_knows_none(self, engine: Engine) -> None:
        a_day_in_both_parks(engine)
        assert self.shown(engine, SEVEN_DAYS) == {}


def test_a_year_is_drawn_by_its_weeks_and_counts_its_own_days_alone(engine: Engine) -> None:
    """A whole week of it, and the one about New Year as far as it is in it."""
    before_christmas = datetime(2026, 12, 23, 17, tzinfo=UTC)  # noon in New York
    other_year = ("XoooooooooXX", "XoXXXXXXXoXX", "XoooooooooXX")
    for days, pictures in ((0, DOWN_FOR_HOURS), (7, DOWN_FOR_HOURS), (9, other_year), (10, other_year)):
        start = before_christmas + timedelta(days=days)
        collect(engine, recording({6: pictures}, start))
        aggregate_due(engine, start + 13 * HOUR)
    (year,) = (one for one in rows(engine, "rank_sets") if one["ranked_period"] is RankedPeriod.YEAR)
    assert (year["first_date"], year["last_date"]) == (date(2026, 1, 1), date(2026, 12, 31))
    with reading(engine) as connection:
        found = intervals_of(connection, year["set_id"], RankedKind.RIDE)
    assert found == {61: RankInterval(1, 1), 62: RankInterval(2, 2), 63: RankInterval(3, 3)}

"""Readings that arrive behind newer ones: the same rows as if they had come in time, or lost and said so."""

from __future__ import annotations

import logging
from collections.abc import Sequence
from datetime import UTC, date, datetime, timedelta

import pytest
from cycles import add_parks, park
from recorded import DAILY, Pictures, as_park, collect, everything, only, recording, rows
from sqlalchemy import Engine

from park_downtime.jobs.aggregate import aggregate_due
from park_downtime.jobs.prune import prune
from park_downtime.model import Cycle, ZoneDayStatus

DAY = date(2026, 7, 1)
NOON = datetime(2026, 7, 1, 16, tzinfo=UTC)  # in New York
NIGHT = datetime(2026, 7, 2, 4, 10, tzinfo=UTC)  # 00:10 there
IN_TIME, LATE = 6, 7  # twins: the same readings, of which some arrive late for the second


@pytest.fixture(autouse=True)
def known_parks(engine: Engine) -> None:
    add_parks(engine, park(IN_TIME), park(LATE))


def twins(*rides: str) -> Pictures:
    return {IN_TIME: rides, LATE: rides}


def arrive(engine: Engine, cycles: Sequence[Cycle], late: Sequence[int], then: Sequence[int] = ()) -> None:
    """All cycles in order, those of `late` (places) for the first park only; then the rest of them."""
    for place, cycle in enumerate(cycles):
        collect(engine, [only(cycle, IN_TIME) if place in late else cycle])
    collect(engine, [cycles[place] for place in then or late], was_spooled=True)


def assert_twins(engine: Engine) -> None:
    for name, found in everything(engine, *DAILY).items():
        assert as_park(LATE, found) == as_park(IN_TIME, found), name


class TestInTheEnd:
    def test_the_rows_are_those_of_readings_in_time(self, engine: Engine) -> None:
        cycles = list(recording(twins("XooXXooX", "XoooXooX", "XXoooooX"), NOON))
        arrive(engine, cycles, late=[2, 3, 4])
        assert_twins(engine)

    def test_whatever_order_they_come_in(self, engine: Engine) -> None:
        cycles = list(recording(twins("XooXXooX", "XoooXooX", "XXoooooX"), NOON))
        arrive(engine, cycles, late=[2, 3, 4], then=[3, 4, 2])
        assert_twins(engine)

    def test_of_a_cycle_that_was_a_failure_at_first(self, engine: Engine) -> None:
        in_time = list(recording(twins("XooXXooX", "XoooXooX", "XXoooooX"), NOON))
        failed = list(recording(twins("Xoo!XooX", "XoooXooX", "XXoooooX"), NOON))
        for good, bad in zip(in_time, failed, strict=True):
            collect(engine, [only(good, IN_TIME), only(bad, LATE)])
        collect(engine, [in_time[3]], was_spooled=True)
        assert_twins(engine)

    def test_of_the_first_cycles_of_all(self, engine: Engine) -> None:
        """Nothing was expected before a ride's first reading, whenever that arrives."""
        cycles = list(recording(twins("ooXooo", "oooooo", "oooooo"), NOON))
        arrive(engine, cycles, late=[0, 1])
        assert_twins(engine)

    def test_of_a_ride_that_is_new_in_them(self, engine: Engine) -> None:
        cycles = list(recording(twins("oooooo", "oooooo", " oXooo"), NOON))
        arrive(engine, cycles, late=[1, 2])
        assert_twins(engine)

    def test_that_open_a_session(self, engine: Engine) -> None:
        cycles = list(recording(twins("XooXXXX", "XooXXXX", "XooXXXX"), NOON))
        arrive(engine, cycles, late=[1, 2])
        assert_twins(engine)

    def test_of_the_night_judge_the_evening_before_anew(self, engine: Engine) -> None:
        """A ride that was down from 23:00 was seen open at 01:00: no early close, but an outage."""
        start = NOON + timedelta(hours=7)  # 19:00
        cycles = list(recording(twins("ooooXXoXXXXX", "oooooooXXXXX", "oooooooXXXXX"), start))
        arrive(engine, cycles, late=[6])
        assert_twins(engine)

    def test_of_yesterday_when_today_has_begun(self, engine: Engine) -> None:
        evening = list(recording(twins("oXXooXXX", "oooooXXX", "oooooXXX"), NOON))
        morning = list(recording(twins("oXo", "ooo", "ooo"), NOON + timedelta(hours=22)))
        arrive(engine, [*evening, *morning], late=[2, 3])
        assert_twins(engine)

    def test_the_first_day_stays_partial(self, engine: Engine) -> None:
        cycles = list(recording(twins("oXXoo", "ooooo", "ooooo"), NOON))
        arrive(engine, cycles, late=[2])
        assert [row["is_partial"] for row in rows(engine, "park_daily_stats")] == [True, True]


class TestAfterTheNight:
    CYCLES = (*recording(twins("XoXXooXXXXXX", "XoooooXXXXXX", "XoooooXXXXXX"), NOON),)

    @pytest.fixture
    def closed(self, engine: Engine) -> None:
        for place, cycle in enumerate(self.CYCLES):
            collect(engine, [only(cycle, IN_TIME) if place == 3 else cycle])
        aggregate_due(engine, NIGHT)
        collect(engine, recording(twins("X", "X", "X"), NIGHT + timedelta(minutes=50)))

    @pytest.mark.usefixtures("closed")
    def test_they_set_their_day_back_to_provisional(self, engine: Engine) -> None:
        collect(engine, [self.CYCLES[3]], was_spooled=True)
        found = {row["park_id"]: row["is_final"] for row in rows(engine, "park_daily_stats", stat_date=DAY)}
        assert found == {IN_TIME: True, LATE: False}
        (log,) = rows(engine, "aggregation_log")
        assert log["status"] is ZoneDayStatus.FAILED

    @pytest.mark.usefixtures("closed")
    def test_the_next_attempt_closes_it_again(self, engine: Engine) -> None:
        collect(engine, [self.CYCLES[3]], was_spooled=True)
        aggregate_due(engine, NIGHT + timedelta(hours=1))
        assert all(row["is_final"] for row in rows(engine, "park_daily_stats", stat_date=DAY))
        for name, found in everything(engine).items():
            assert as_park(LATE, found) == as_park(IN_TIME, found), name

    @pytest.mark.usefixtures("closed")
    def test_where_the_raw_readings_are_gone_they_are_lost_and_counted(
        self, engine: Engine, caplog: pytest.LogCaptureFixture
    ) -> None:
        later = NIGHT + timedelta(days=1, hours=1)
        aggregate_due(engine, later)
        prune(engine, later)
        before = everything(engine)
        collect(engine, [self.CYCLES[3]], was_spooled=True)
        assert everything(engine) == before
        (record,) = [record for record in caplog.records if record.levelno == logging.WARNING]
        assert record.__dict__["lost"] == 3

    @pytest.mark.usefixtures("closed")
    def test_where_half_of_them_are_gone_they_are_lost_too(self, engine: Engine) -> None:
        """A day that is pruned up to the afternoon must not be judged by its evening alone."""
        prune(engine, NOON + timedelta(days=1, hours=2))
        before = everything(engine, *DAILY)
        collect(engine, [self.CYCLES[3]], was_spooled=True)
        assert everything(engine, *DAILY) == before

    def test_a_day_that_was_closed_without_any_reading_takes_them(self, engine: Engine) -> None:
        """The collector's database was away for a day; its nights came before the spool."""
        collect(engine, recording(twins("oo", "oo", "oo"), NOON - timedelta(days=2)))
        next_days = NIGHT + timedelta(hours=5)
        collect(engine, [only(cycle, IN_TIME) for cycle in self.CYCLES])
        collect(engine, recording(twins("X", "X", "X"), next_days))
        aggregate_due(engine, next_days)
        collect(engine, self.CYCLES, was_spooled=True)
        aggregate_due(engine, next_days + timedelta(hours=1))
        assert_twins(engine)

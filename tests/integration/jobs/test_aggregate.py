"""Nights: local days closed per zone, again and again with the same rows, whatever happens in between."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from cycles import add_parks, park
from recorded import DAILY, EVERY, ROLLED_UP, TOTALS, as_park, collect, everything, recording, rows
from sqlalchemy import Connection, Engine

from park_downtime.database.aggregation import zone_days
from park_downtime.database.parks import ParkRow
from park_downtime.jobs import aggregate
from park_downtime.jobs.aggregate import RunsGone, aggregate_day, aggregate_due
from park_downtime.jobs.prune import prune
from park_downtime.judging.close_day import ClosedDay, close_park_day
from park_downtime.model import ZoneDayStatus

DAY = date(2026, 7, 1)  # a Wednesday
NOON = datetime(2026, 7, 1, 16, tzinfo=UTC)  # in New York
NIGHT = datetime(2026, 7, 2, 4, 10, tzinfo=UTC)  # 00:10 there
RIDES = ("XooXooooXXXX", "XoooooooXXXX", "XoooooooXXXX")  # 13:00 to 20:00
UNTIL_TWO = ("XXXXXXXXooXooo", "XXXXXXXXoooooo", "XXXXXXXXoooooo")  # from 20:00


def log_of(engine: Engine, zone: str = "America/New_York") -> dict[date, ZoneDayStatus]:
    return {row["local_date"]: row["status"] for row in rows(engine, "aggregation_log", timezone=zone)}


def is_final(engine: Engine, park_id: int, day: date = DAY) -> bool:
    (row,) = rows(engine, "park_daily_stats", park_id=park_id, stat_date=day)
    return bool(row["is_final"])


@pytest.fixture(autouse=True)
def known_parks(engine: Engine) -> None:
    add_parks(engine, park(6), park(7), park(8, "America/Los_Angeles"))


class TestANight:
    def test_changes_nothing_but_that_the_day_is_final(self, engine: Engine) -> None:
        collect(engine, recording({6: RIDES}, NOON))
        before = everything(engine, *DAILY)
        aggregate_due(engine, NIGHT)
        assert is_final(engine, 6)
        for row in before["park_daily_stats"]:
            row["is_final"] = True
        assert everything(engine, *DAILY) == before

    def test_is_logged(self, engine: Engine) -> None:
        collect(engine, recording({6: RIDES, 7: RIDES}, NOON))
        report = aggregate_due(engine, NIGHT)
        (row,) = rows(engine, "aggregation_log")
        assert (row["status"], row["parks_final"], row["parks_open"], row["error"]) == (
            ZoneDayStatus.SUCCESS,
            2,
            0,
            None,
        )
        assert row["rows_written"] > 0
        assert report.closed == [("America/New_York", DAY)]

    def test_is_not_due_before_ten_past(self, engine: Engine) -> None:
        collect(engine, recording({6: RIDES}, NOON))
        aggregate_due(engine, NIGHT - timedelta(minutes=1))
        assert log_of(engine) == {}

    def test_is_of_each_zone_by_itself(self, engine: Engine) -> None:
        collect(engine, recording({6: RIDES, 8: RIDES}, NOON))
        aggregate_due(engine, NIGHT)
        assert log_of(engine) == {DAY: ZoneDayStatus.SUCCESS}
        assert log_of(engine, "America/Los_Angeles") == {}

    def test_leaves_a_park_that_is_open_until_two_for_later(self, engine: Engine) -> None:
        collect(engine, recording({6: RIDES, 7: UNTIL_TWO}, NOON))
        report = aggregate_due(engine, NIGHT)
        assert (is_final(engine, 6), is_final(engine, 7)) == (True, False)
        assert report.waiting == [("America/New_York", DAY)]

    def test_closes_it_three_hours_after_its_last_running_reading(self, engine: Engine) -> None:
        collect(engine, recording({6: RIDES, 7: UNTIL_TWO}, NOON))
        aggregate_due(engine, NIGHT)
        collect(engine, recording({7: ("XXXXX", "XXXXX", "XXXXX")}, NOON + 14 * EVERY))
        for hours in range(1, 4):
            aggregate_due(engine, NIGHT + timedelta(hours=hours))
        assert not is_final(engine, 7)
        aggregate_due(engine, NIGHT + timedelta(hours=4))  # 04:10; it was last read as running at 01:00
        assert is_final(engine, 7)
        assert log_of(engine) == {DAY: ZoneDayStatus.SUCCESS}

    def test_splits_its_outage_at_midnight(self, engine: Engine) -> None:
        over_midnight = ("XXXXXXXXoooXXoXXXX", "XXXXXXXXooooooXXXX", "XXXXXXXXooooooXXXX")
        collect(engine, recording({7: over_midnight}, NOON))
        aggregate_due(engine, NIGHT + timedelta(hours=5))
        down = [row["downtime_seconds"] for row in rows(engine, "ride_daily_stats", ride_id=71)]
        assert down == [3600, 3600]

    def test_of_a_park_closed_all_day_is_a_row_of_the_park_alone(self, engine: Engine) -> None:
        collect(engine, recording({6: ("XXXX", "XXXX", "XXXX")}, NOON))
        aggregate_due(engine, NIGHT)
        (row,) = rows(engine, "park_daily_stats")
        assert (row["is_final"], row["days_with_data"], row["session_seconds"]) == (True, 1, 0)
        assert rows(engine, "ride_daily_stats") == []

    def test_marks_the_first_day_partial(self, engine: Engine) -> None:
        collect(engine, recording({6: RIDES}, NOON))
        aggregate_due(engine, NIGHT)
        (row,) = rows(engine, "park_daily_stats")
        assert row["is_partial"]

    def test_after_nights_that_were_missed_closes_all_of_them(self, engine: Engine) -> None:
        collect(engine, recording({6: ("oo", "oo", "oo")}, NOON))
        collect(engine, recording({6: ("oo", "oo", "oo")}, NOON + timedelta(days=1)))
        aggregate_due(engine, NIGHT + timedelta(days=2, hours=7))
        assert log_of(engine) == {DAY + timedelta(days=days): ZoneDayStatus.SUCCESS for days in range(3)}


class TestAgain:
    def test_twice_gives_identical_rows(self, engine: Engine) -> None:
        collect(engine, recording({6: RIDES, 7: RIDES}, NOON))
        aggregate_due(engine, NIGHT)
        before = everything(engine)
        aggregate_day(engine, DAY, NIGHT + timedelta(hours=1))
        assert everything(engine) == before

    def test_a_closed_day_is_not_closed_again_by_itself(self, engine: Engine) -> None:
        collect(engine, recording({6: RIDES}, NOON))
        aggregate_due(engine, NIGHT)
        assert aggregate_due(engine, NIGHT + timedelta(hours=1)).closed == []

    def test_after_its_raw_readings_are_gone_the_rows_are_the_same(self, engine: Engine) -> None:
        collect(engine, recording({6: RIDES}, NOON))
        aggregate_due(engine, NIGHT)
        before = everything(engine)
        later = NIGHT + timedelta(days=1)
        prune(engine, later)
        assert rows(engine, "ride_status_snapshots") == []
        aggregate_day(engine, DAY, later)
        assert everything(engine, *DAILY, *ROLLED_UP) == {name: before[name] for name in (*DAILY, *ROLLED_UP)}

    def test_after_half_of_its_raw_readings_are_gone_too(self, engine: Engine) -> None:
        collect(engine, recording({6: RIDES}, NOON))
        aggregate_due(engine, NIGHT)
        before = everything(engine, *DAILY)
        later = NOON + timedelta(days=1, hours=4)
        prune(engine, later)
        assert 0 < len(rows(engine, "ride_status_snapshots")) < 3 * 12
        aggregate_day(engine, DAY, later)
        assert everything(engine, *DAILY) == before

    def test_a_day_whose_runs_are_gone_is_refused_naming_the_first_kept(self, engine: Engine) -> None:
        collect(engine, recording({6: RIDES}, NOON))
        with pytest.raises(RunsGone, match="from 2026-07-01 on"):
            aggregate_day(engine, DAY - timedelta(days=1), NIGHT)

    def test_where_there_are_no_runs_it_says_so(self, engine: Engine) -> None:
        with pytest.raises(RunsGone, match="no runs yet"):
            aggregate_day(engine, DAY, NIGHT)

    def test_today_is_refused(self, engine: Engine) -> None:
        collect(engine, recording({6: RIDES}, NOON))
        with pytest.raises(RunsGone, match="not over"):
            aggregate_day(engine, DAY, NIGHT - timedelta(hours=1))

    def test_a_day_to_come_is_refused_for_what_it_is(self, engine: Engine) -> None:
        collect(engine, recording({6: RIDES}, NOON))
        with pytest.raises(RunsGone, match="not over"):
            aggregate_day(engine, DAY + timedelta(days=300), NIGHT)

    def test_a_day_into_which_a_session_reaches_whose_beginning_is_gone_is_refused(
        self, engine: Engine
    ) -> None:
        collect(engine, recording({6: (*(picture + "XXXX" for picture in UNTIL_TWO),)}, NOON))
        aggregate_due(engine, NIGHT + timedelta(hours=5))
        aggregate_due(engine, NIGHT + timedelta(days=1))
        before = everything(engine, *DAILY)
        later = datetime(2026, 7, 9, 17, tzinfo=UTC)  # the runs of July 1 are gone, of July 2 not
        prune(engine, later)
        with pytest.raises(RunsGone, match="from 2026-07-03 on"):
            aggregate_day(engine, date(2026, 7, 2), later)
        assert rows(engine, "ride_daily_stats") == before["ride_daily_stats"]
        assert rows(engine, "park_operating_sessions") == before["park_operating_sessions"]


def failing_for(park_id: int, error: BaseException) -> Callable[..., ClosedDay | None]:
    def close(
        connection: Connection, row: ParkRow, day: date, now: datetime, archive: None
    ) -> ClosedDay | None:
        closed = close_park_day(connection, row, day, now, archive)
        if row.park_id == park_id:
            raise error
        return closed

    return close


class TestFailure:
    def test_in_one_park_does_not_stop_the_others(
        self, engine: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        collect(engine, recording({6: RIDES, 7: RIDES}, NOON))
        with monkeypatch.context() as patched:
            patched.setattr(aggregate, "close_park_day", failing_for(6, ZeroDivisionError("a mistake")))
            report = aggregate_due(engine, NIGHT)
        assert (is_final(engine, 6), is_final(engine, 7)) == (False, True)
        (row,) = rows(engine, "aggregation_log")
        assert row["status"] is ZoneDayStatus.FAILED
        assert "park 6: a mistake" in row["error"]
        assert report.failed[0][:2] == ("America/New_York", DAY)

    def test_is_made_good_by_the_next_attempt(self, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
        collect(engine, recording({6: RIDES, 7: RIDES}, NOON))
        with monkeypatch.context() as patched:
            patched.setattr(aggregate, "close_park_day", failing_for(6, ZeroDivisionError("a mistake")))
            aggregate_due(engine, NIGHT)
        aggregate_due(engine, NIGHT + timedelta(hours=1))
        (row,) = rows(engine, "aggregation_log")
        assert (row["status"], row["error"], row["attempts"]) == (ZoneDayStatus.SUCCESS, None, 2)
        assert is_final(engine, 6)

    def test_in_one_zone_does_not_stop_the_others(
        self, engine: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        collect(engine, recording({6: RIDES, 8: RIDES}, NOON))
        real = zone_days

        def broken(connection: Connection, timezone: str, since: date) -> object:
            if timezone == "America/New_York":
                raise ZeroDivisionError("a mistake")
            return real(connection, timezone, since)

        monkeypatch.setattr(aggregate, "zone_days", broken)
        report = aggregate_due(engine, NIGHT + timedelta(hours=6))
        assert is_final(engine, 8)
        assert [zone for zone, _, _ in report.failed] == ["America/New_York"]


class TestKilled:
    """In the middle of a night, between two parks that are twins."""

    @pytest.fixture
    def killed(self, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
        collect(engine, recording({6: RIDES, 7: RIDES}, NOON))
        with monkeypatch.context() as patched:
            patched.setattr(aggregate, "close_park_day", failing_for(7, KeyboardInterrupt()))
            with pytest.raises(KeyboardInterrupt):
                aggregate_due(engine, NIGHT)

    @pytest.mark.usefixtures("killed")
    def test_it_leaves_whole_parks_and_says_that_it_was_running(self, engine: Engine) -> None:
        assert (is_final(engine, 6), is_final(engine, 7)) == (True, False)
        assert log_of(engine) == {DAY: ZoneDayStatus.RUNNING}

    @pytest.mark.usefixtures("killed")
    def test_the_rerun_gives_both_the_same_rows(self, engine: Engine) -> None:
        aggregate_due(engine, NIGHT + timedelta(hours=1))
        assert log_of(engine) == {DAY: ZoneDayStatus.SUCCESS}
        for name, found in everything(engine).items():
            one, other = as_park(6, found), as_park(7, found)
            assert one, name
            assert one == other, name

    @pytest.mark.usefixtures("killed")
    def test_the_rerun_gives_what_an_undisturbed_night_gives(self, engine: Engine) -> None:
        aggregate_due(engine, NIGHT + timedelta(hours=1))
        after_rerun = everything(engine)
        aggregate_day(engine, DAY, NIGHT + timedelta(hours=2))
        assert everything(engine) == after_rerun


class TestParkWithOtherParks:
    def test_a_day_that_arrives_after_its_zone_was_closed_is_closed_too(self, engine: Engine) -> None:
        """A recording of park 7 is replayed after the night of its zone."""
        collect(engine, recording({6: RIDES}, NOON))
        aggregate_due(engine, NIGHT)
        collect(engine, recording({7: RIDES}, NOON), was_spooled=True)
        aggregate_due(engine, NIGHT + timedelta(hours=1))
        assert is_final(engine, 7)

    def test_totals_are_there_for_every_park(self, engine: Engine) -> None:
        collect(engine, recording({6: RIDES, 7: RIDES}, NOON))
        aggregate_due(engine, NIGHT)
        for table in TOTALS:
            found = rows(engine, table)
            assert as_park(6, found) == as_park(7, found) != []

"""Retention: raw rows go when they are old and their day is final; statistics stay."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from cycles import add_parks, count, park
from recorded import DAILY, ROLLED_UP, TOTALS, collect, everything, recording, rows
from sqlalchemy import Connection, Engine

from park_downtime.jobs import aggregate
from park_downtime.jobs import prune as pruning
from park_downtime.jobs.aggregate import aggregate_due
from park_downtime.jobs.prune import prune

DAY, NEXT_DAY = date(2026, 7, 1), date(2026, 7, 2)
NOON = datetime(2026, 7, 1, 16, tzinfo=UTC)  # in New York
NIGHT = datetime(2026, 7, 2, 4, 10, tzinfo=UTC)  # 00:10 there
RIDES = ("XoXooXXXXXXX", "XooooXXXXXXX", "XooooXXXXXXX")  # 12:00 to 23:00
A_DAY = timedelta(days=1)
STATISTICS = (
    "park_operating_sessions",
    "ride_closures",
    "ride_daily_stats",
    "park_daily_stats",
    *ROLLED_UP,
    *TOTALS,
)


@pytest.fixture(autouse=True)
def a_closed_day(engine: Engine) -> None:
    add_parks(engine, park(6), park(7))
    collect(engine, recording({6: RIDES}, NOON))


class TestFinal:
    @pytest.fixture(autouse=True)
    def closed(self, engine: Engine, a_closed_day: None) -> None:
        aggregate_due(engine, NIGHT)

    def test_younger_than_a_day_nothing_goes(self, engine: Engine) -> None:
        report = prune(engine, NOON + A_DAY)
        assert (report.snapshots, report.runs, report.activity, report.cycles) == (0, 0, 0, 0)

    def test_snapshots_go_after_a_day(self, engine: Engine) -> None:
        report = prune(engine, NOON + 2 * A_DAY)
        assert (report.snapshots, count(engine, "ride_status_snapshots")) == (36, 0)

    def test_of_a_day_only_the_hours_that_are_old_enough(self, engine: Engine) -> None:
        assert prune(engine, NOON + A_DAY + timedelta(hours=2)).snapshots == 6

    def test_runs_and_activity_stay_for_a_week(self, engine: Engine) -> None:
        before = everything(engine, "ride_runs", "park_runs", "park_activity_snapshots")
        prune(engine, NOON + 7 * A_DAY)
        assert everything(engine, *before) == before

    def test_then_they_go(self, engine: Engine) -> None:
        prune(engine, NOON + 9 * A_DAY)
        assert [count(engine, name) for name in ("ride_runs", "park_runs")] == [0, 0]
        assert count(engine, "park_activity_snapshots") == 12

    def test_activity_stays_for_two_weeks(self, engine: Engine) -> None:
        prune(engine, NOON + 14 * A_DAY)
        assert count(engine, "park_activity_snapshots") == 12
        prune(engine, NOON + 15 * A_DAY)
        assert count(engine, "park_activity_snapshots") == 0

    def test_cycles_stay_for_ninety_days(self, engine: Engine) -> None:
        prune(engine, NOON + 90 * A_DAY)
        assert count(engine, "collection_cycles") == 12
        prune(engine, NOON + 91 * A_DAY)
        assert count(engine, "collection_cycles") == 0

    def test_statistics_are_never_deleted(self, engine: Engine) -> None:
        before = everything(engine, *STATISTICS)
        prune(engine, NOON + 4000 * A_DAY)
        assert everything(engine, *STATISTICS) == before

    def test_twice_deletes_nothing_more(self, engine: Engine) -> None:
        prune(engine, NOON + 9 * A_DAY)
        report = prune(engine, NOON + 9 * A_DAY)
        assert (report.snapshots, report.runs, report.activity) == (0, 0, 0)

    def test_it_goes_in_batches(self, engine: Engine, monkeypatch: pytest.MonkeyPatch) -> None:
        batches: list[int] = []
        real: Callable[..., int] = pruning.delete_snapshots  # type: ignore[attr-defined]

        def watched(connection: Connection, *arguments: object) -> int:
            batches.append(real(connection, *arguments))
            return batches[-1]

        monkeypatch.setattr(pruning, "delete_snapshots", watched)
        monkeypatch.setattr(pruning, "BATCH_ROWS", 10)
        assert prune(engine, NOON + 2 * A_DAY).snapshots == 36
        assert batches[:4] == [10, 10, 10, 6]

    def test_killed_between_batches_it_leaves_a_day_that_can_still_be_judged(
        self, engine: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = everything(engine, *DAILY)
        real: Callable[..., int] = pruning.delete_snapshots  # type: ignore[attr-defined]
        monkeypatch.setattr(pruning, "BATCH_ROWS", 10)

        def killed(connection: Connection, *arguments: object) -> int:
            if count(engine, "ride_status_snapshots") < 36:
                raise KeyboardInterrupt
            return real(connection, *arguments)

        monkeypatch.setattr(pruning, "delete_snapshots", killed)
        with pytest.raises(KeyboardInterrupt):
            prune(engine, NOON + 2 * A_DAY)
        assert count(engine, "ride_status_snapshots") == 26
        aggregate.aggregate_day(engine, DAY, NOON + 2 * A_DAY)
        assert everything(engine, *DAILY) == before

    def test_killed_among_the_runs_it_leaves_no_day_that_looks_whole(
        self, engine: Engine, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        before = everything(engine, *STATISTICS)
        real: Callable[..., int] = pruning.delete_runs  # type: ignore[attr-defined]

        def killed(connection: Connection, *arguments: object) -> int:
            real(connection, *arguments)
            connection.commit()
            raise KeyboardInterrupt

        monkeypatch.setattr(pruning, "delete_runs", killed)
        later = NOON + 9 * A_DAY
        with pytest.raises(KeyboardInterrupt):
            prune(engine, later)
        with pytest.raises(aggregate.RunsGone):
            aggregate.aggregate_day(engine, DAY, later)
        assert everything(engine, *STATISTICS) == before


class TestNotFinal:
    def test_aggregation_that_has_failed_for_days_never_loses_a_row(self, engine: Engine) -> None:
        before = everything(
            engine, "ride_status_snapshots", "ride_runs", "park_runs", "park_activity_snapshots"
        )
        report = prune(engine, NOON + 30 * A_DAY)
        assert everything(engine, *before) == before
        assert report.parks_held_back == 1

    def test_a_later_day_that_is_final_does_not_free_an_earlier_one(self, engine: Engine) -> None:
        """July 1 failed for park 6, July 2 was closed."""
        collect(engine, recording({6: RIDES}, NOON + A_DAY))
        aggregate.aggregate_day(engine, NEXT_DAY, NIGHT + A_DAY)
        prune(engine, NOON + 4 * A_DAY)
        assert count(engine, "ride_status_snapshots") == 72

    def test_one_park_does_not_keep_the_others_back(self, engine: Engine) -> None:
        aggregate_due(engine, NIGHT)
        collect(engine, recording({7: RIDES}, NOON + A_DAY))
        prune(engine, NOON + 4 * A_DAY)
        assert {row["park_id"] for row in rows(engine, "ride_status_snapshots")} == {7}

    def test_the_evening_before_a_day_that_is_not_final_stays(self, engine: Engine) -> None:
        """A session reaches from July 1, which is final, into July 2, which is not."""
        late = ("oooooo", "oXoooo", "oooooo")
        collect(engine, recording({7: late}, NOON + timedelta(hours=9)))
        collect(engine, recording({7: ("XXXXX", "XXXXX", "XXXXX")}, NOON + timedelta(hours=15)))
        aggregate_due(engine, NIGHT + timedelta(hours=6))
        prune(engine, NOON + 20 * A_DAY)
        assert {row["local_date"] for row in rows(engine, "ride_runs", park_id=7)} == {DAY, NEXT_DAY}

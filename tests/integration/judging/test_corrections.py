"""A stretch made unknown: the days are judged again, and taking it back restores them."""

from __future__ import annotations

import logging
from collections.abc import Iterable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from cycles import add_parks, park
from lying import CLOSES, DOWN_FROM, DOWN_UNTIL, EVERY_MINUTES, MIDNIGHT, Feed, cycles, honest, left_open
from recorded import ROLLED_UP, TOTALS, as_park, collect, everything, rows
from sqlalchemy import Engine

from park_downtime.database.engine import reading
from park_downtime.database.version import current_version
from park_downtime.jobs.aggregate import aggregate_day, aggregate_due
from park_downtime.jobs.corrections import Corrected, CorrectionRefused, make_correction, withdraw_correction
from park_downtime.jobs.prune import prune
from park_downtime.judging.moment import moment
from park_downtime.model import Cycle, Status
from park_downtime.reports.live import live_view
from park_downtime.timeline.voided import Voided

PARK, OTHER = 6, 7
RIDE = 61
HOUR = 3600
JUDGED = ("park_operating_sessions", "ride_closures", "ride_daily_stats", "park_daily_stats")
EVERYTHING = ("ride_runs", "park_runs", *JUDGED, *ROLLED_UP, *TOTALS)


def minute(day: int, of_day: float) -> datetime:
    return MIDNIGHT + timedelta(days=day, minutes=of_day)


CLOSURE = (minute(0, DOWN_FROM), minute(0, DOWN_UNTIL))


def live(engine: Engine, until: datetime, feed: Feed = honest, since: datetime = MIDNIGHT) -> None:
    """Cycles and nights from `since` to before `until`."""
    if since == MIDNIGHT:
        add_parks(engine, park(PARK), park(OTHER))
    for cycle in between(feed, since, until):
        collect(engine, [cycle])
        aggregate_due(engine, cycle.recorded_at)


def between(feed: Feed, since: datetime, until: datetime) -> Iterable[Cycle]:
    return (one for one in cycles(feed, 12, PARK, OTHER) if since <= one.recorded_at < until)


def void(
    engine: Engine, start: datetime, end: datetime, now: datetime, ride_id: int | None = None
) -> Corrected:
    return make_correction(engine, PARK, Voided(ride_id, start, end), "the feed lied", now)


def ride_day(engine: Engine, ride_id: int = RIDE) -> dict[str, Any]:
    (row,) = rows(engine, "ride_daily_stats", ride_id=ride_id, stat_date=MIDNIGHT.date())
    return row


def hours(row: dict[str, Any], *names: str) -> list[float]:
    return [row[f"{name}_seconds"] / HOUR for name in names]


def test_a_closure_that_is_voided_is_unknown_and_no_downtime(engine: Engine) -> None:
    live(engine, minute(0, 15 * 60))
    assert hours(ride_day(engine), "open", "downtime", "unknown") == [3.5, 1, 0]
    done = void(engine, *CLOSURE, minute(0, 15 * 60), RIDE)
    assert hours(ride_day(engine), "open", "downtime", "unknown") == [3.5, 0, 1]
    assert rows(engine, "ride_closures", park_id=PARK) == []
    assert [(one.before.downtime, one.after.downtime) for one in done.changed] == [(HOUR, 0)]
    assert len(rows(engine, "ride_closures", park_id=OTHER)) == 1


def test_cycles_and_the_night_keep_it(engine: Engine, caplog: pytest.LogCaptureFixture) -> None:
    live(engine, minute(0, 15 * 60))
    void(engine, *CLOSURE, minute(0, 15 * 60), RIDE)
    with caplog.at_level(logging.ERROR):
        live(engine, minute(1, 12 * 60), since=minute(0, 15 * 60))
    assert caplog.messages == []  # the night folds what the cycles had folded
    (day,) = rows(engine, "park_daily_stats", park_id=PARK, stat_date=MIDNIGHT.date())
    assert day["is_final"]
    assert hours(ride_day(engine), "open", "downtime", "unknown") == [7, 0, 1]


def test_waits_read_in_the_stretch_are_left_out_and_all_others_stay(sqlite_engine: Engine) -> None:
    live(sqlite_engine, minute(0, 20 * 60))
    before = ride_day(sqlite_engine, RIDE + 1)
    void(sqlite_engine, minute(0, 14 * 60), minute(0, 15 * 60), minute(0, 20 * 60))
    after = ride_day(sqlite_engine, RIDE + 1)
    lost = [honest(1, 0, at)[1] for at in (14 * 60, 14 * 60 + EVERY_MINUTES)]  # type: ignore[index]
    assert before["wait_count"] - after["wait_count"] == 2
    assert before["wait_sum"] - after["wait_sum"] == sum(lost)


def test_the_stretch_is_unknown_to_the_second(sqlite_engine: Engine) -> None:
    live(sqlite_engine, minute(0, 20 * 60))
    void(sqlite_engine, minute(0, 14 * 60 + 10), minute(0, 14 * 60 + 50), minute(0, 20 * 60))
    # From 14:10 to 15:00: the reading of 14:30 is void, that of 15:00 is the first one again.
    assert hours(ride_day(sqlite_engine, RIDE + 1), "open", "unknown") == pytest.approx([8 - 5 / 6, 5 / 6])
    (day,) = rows(sqlite_engine, "park_daily_stats", park_id=PARK)
    assert day["park_unknown_seconds"] == 50 * 60


STRETCHES = {
    "the closure": CLOSURE,
    "the evening, between cycles": (minute(0, DOWN_FROM + 7), minute(0, CLOSES + 11)),
    "over midnight": (minute(0, 16 * 60), minute(1, 11 * 60)),
    "from a second after a reading": (minute(1, 0) + timedelta(seconds=1), minute(1, 23 * 60)),
}


def test_taking_it_back_restores_every_row(sqlite_engine: Engine) -> None:
    now = minute(2, 13 * 60)
    live(sqlite_engine, now, left_open(1, 2))
    before = rolled_up(sqlite_engine, now)
    for name, (start, end) in STRETCHES.items():
        for ride_id in (None, RIDE):
            done = void(sqlite_engine, start, end, now, ride_id)
            aggregate_due(sqlite_engine, now)
            assert rolled_up(sqlite_engine, now) != before, name
            withdraw_correction(sqlite_engine, done.correction.correction_id, now)
            aggregate_due(sqlite_engine, now)
            assert everything(sqlite_engine, *EVERYTHING) == before, name


def rolled_up(engine: Engine, now: datetime) -> dict[str, list[dict[str, Any]]]:
    """All rows, once weeks, months and years have been totalled at `now`, as they are after a correction."""
    aggregate_day(engine, MIDNIGHT.date(), now)
    return everything(engine, *EVERYTHING)


def test_taking_it_back_restores_every_row_on_each_server(engine: Engine) -> None:
    now = minute(1, 13 * 60)
    live(engine, now)
    before = rolled_up(engine, now)
    done = void(engine, minute(0, 11 * 60), minute(0, 17 * 60), now)
    aggregate_due(engine, now)
    withdraw_correction(engine, done.correction.correction_id, now)
    aggregate_due(engine, now)
    assert everything(engine, *EVERYTHING) == before


def test_days_whose_raw_readings_are_gone_are_judged_without_the_waits_of_cut_runs(
    sqlite_engine: Engine,
) -> None:
    now = minute(4, 13 * 60)
    live(sqlite_engine, now)
    prune(sqlite_engine, now)
    before = rolled_up(sqlite_engine, now)
    done = void(sqlite_engine, *CLOSURE, now)
    aggregate_due(sqlite_engine, now)
    assert hours(ride_day(sqlite_engine), "open", "downtime", "unknown") == [7, 0, 1]
    # Ride 61 was closed at the edges, so its open runs are whole; those of 62 are not.
    assert ride_day(sqlite_engine)["wait_count"] == 14
    assert (ride_day(sqlite_engine, 62)["wait_count"], ride_day(sqlite_engine, 62)["wait_max"]) == (0, None)
    assert everything(sqlite_engine, "ride_runs") == {"ride_runs": before["ride_runs"]}
    withdraw_correction(sqlite_engine, done.correction.correction_id, now)
    aggregate_due(sqlite_engine, now)
    assert everything(sqlite_engine, *EVERYTHING) == before


def test_what_was_broken_while_readings_were_kept_becomes_one_again_when_they_are_gone(
    sqlite_engine: Engine,
) -> None:
    live(sqlite_engine, minute(0, 20 * 60), left_open(1, 2))
    done = void(sqlite_engine, *CLOSURE, minute(0, 20 * 60))
    live(sqlite_engine, minute(4, 13 * 60), left_open(1, 2), since=minute(0, 20 * 60))
    prune(sqlite_engine, minute(4, 13 * 60))
    withdraw_correction(sqlite_engine, done.correction.correction_id, minute(4, 13 * 60))
    aggregate_due(sqlite_engine, minute(4, 13 * 60))
    for table in ("ride_runs", "park_runs", *JUDGED):
        own, twins = (rows(sqlite_engine, table, park_id=one) for one in (PARK, OTHER))
        assert as_park(PARK, own) == as_park(OTHER, twins), table


def test_a_ride_whose_last_reading_is_voided_is_unknown_until_the_next(sqlite_engine: Engine) -> None:
    now = minute(0, 14 * 60 + 1)
    live(sqlite_engine, now)
    done = void(sqlite_engine, minute(0, 13 * 60 + 50), minute(0, 14 * 60 + 1), now, RIDE)
    assert status(sqlite_engine, now) is Status.UNKNOWN
    withdraw_correction(sqlite_engine, done.correction.correction_id, now)
    assert status(sqlite_engine, now) is Status.RUNNING
    void(sqlite_engine, minute(0, 13 * 60 + 50), minute(0, 14 * 60 + 1), now, RIDE)
    live(sqlite_engine, minute(0, 14 * 60 + 31), since=now)
    assert status(sqlite_engine, minute(0, 14 * 60 + 31)) is Status.RUNNING


def status(engine: Engine, now: datetime) -> Status:
    with reading(engine) as connection:
        view = live_view(connection, moment(connection), now)
    return next(entry.status for one in view.parks for entry in one.entries if entry.ride_id == RIDE)


def test_the_data_version_rises_when_one_is_made_and_taken_back(sqlite_engine: Engine) -> None:
    live(sqlite_engine, minute(0, 15 * 60))
    versions = [version(sqlite_engine)]
    done = void(sqlite_engine, *CLOSURE, minute(0, 15 * 60))
    versions.append(version(sqlite_engine))
    withdraw_correction(sqlite_engine, done.correction.correction_id, minute(0, 15 * 60))
    versions.append(version(sqlite_engine))
    assert versions == sorted(set(versions))


def version(engine: Engine) -> int:
    with reading(engine) as connection:
        return current_version(connection)[0]


def test_days_whose_runs_are_gone_are_refused_by_name(sqlite_engine: Engine) -> None:
    now = minute(10, 13 * 60)
    live(sqlite_engine, minute(0, 15 * 60))
    live(sqlite_engine, minute(3, 20 * 60), since=minute(2, 20 * 60))
    live(sqlite_engine, now, since=minute(10, 12 * 60))
    prune(sqlite_engine, now)
    with pytest.raises(
        CorrectionRefused, match=r"first day that can be judged again is 2026-07-04 \(2026-07-04T04:00:00Z\)"
    ):
        void(sqlite_engine, *CLOSURE, now)


def test_a_park_that_was_never_heard_is_refused(sqlite_engine: Engine) -> None:
    add_parks(sqlite_engine, park(PARK))
    with pytest.raises(CorrectionRefused, match="nothing has been read of park 6"):
        void(sqlite_engine, *CLOSURE, datetime(2027, 1, 1, tzinfo=UTC))

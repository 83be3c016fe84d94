"""Today is a row: right after each cycle what a night would make of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from cycles import add_parks, park
from recorded import EVERY, collect, recording, rows, rows_in
from sqlalchemy import Engine

from park_downtime.database.parks import all_parks
from park_downtime.judging.close_day import close_park_day
from park_downtime.model import PeriodTotal

DAY, NEXT_DAY = date(2026, 7, 1), date(2026, 7, 2)
NOON = datetime(2026, 7, 1, 16, tzinfo=UTC)  # in New York
OF_A_DAY = {
    "ride_daily_stats": "stat_date",
    "park_daily_stats": "stat_date",
    "ride_closures": "stat_date",
    "ride_runs": "local_date",
    "park_runs": "local_date",
    "park_operating_sessions": "local_date",
}
Rows = dict[str, list[dict[str, Any]]]


def by_cycles(engine: Engine, day: date) -> Rows:
    return {name: rows(engine, name, ["is_final"], **{key: day}) for name, key in OF_A_DAY.items()}


def by_a_night(engine: Engine, day: date, now: datetime) -> Rows:
    """The same rows refolded from the raw readings and judged anew; nothing of it is stored."""
    with engine.connect() as connection, connection.begin() as transaction:
        close_park_day(connection, all_parks(connection)[6], day, now)
        found = {
            name: rows_in(connection, name, ["is_final"], **{key: day}) for name, key in OF_A_DAY.items()
        }
        transaction.rollback()
    return found


@pytest.fixture(autouse=True)
def known_parks(engine: Engine) -> None:
    add_parks(engine, park(6))


def test_every_cycle_leaves_what_a_refold_gives(engine: Engine) -> None:
    """An evening over midnight with outages, unknown readings and a cycle that nobody collected."""
    pictures = {6: ("XoooooooXoooXXXXX", "XooXXoooooXXooXXX", "XXoooo.ooo..ooXXX", "XoooooXooooooXXXX")}
    cycles = list(recording(pictures, NOON))
    del cycles[5]  # nobody collected
    for cycle in cycles:
        collect(engine, [cycle])
        for day in (DAY, NEXT_DAY):
            stored = by_cycles(engine, day)
            if stored["ride_daily_stats"]:
                assert stored == by_a_night(engine, day, cycle.recorded_at), cycle.recorded_at


def test_a_cycle_that_failed_for_the_park_leaves_it_too(engine: Engine) -> None:
    pictures = {6: ("Xooo!oooXX", "Xooo!XooXX", "XooX!XooXX", "Xooo!ooooX")}
    cycles = list(recording(pictures, NOON))
    collect(engine, cycles)
    assert by_cycles(engine, DAY) == by_a_night(engine, DAY, cycles[-1].recorded_at)


def test_what_is_not_judged_yet_stands_beside_the_downtime(engine: Engine) -> None:
    collect(engine, recording({6: ("XooXX", "Xoooo", "Xoooo", "Xoooo")}, NOON))
    (row,) = rows(engine, "ride_daily_stats", ride_id=61)
    assert (row["open_seconds"], row["ongoing_seconds"], row["downtime_seconds"]) == (7200, 3600, 0)


def test_once_it_reopens_it_was_an_outage(engine: Engine) -> None:
    collect(engine, recording({6: ("XooXXo", "Xooooo", "Xooooo", "Xooooo")}, NOON))
    (row,) = rows(engine, "ride_daily_stats", ride_id=61)
    assert (row["ongoing_seconds"], row["downtime_seconds"], row["outage_count"]) == (0, 7200, 1)


def test_an_evening_closing_adds_no_downtime_with_any_cycle(engine: Engine) -> None:
    for cycle in recording({6: ("oXoooXXXXX", "ooooXXXXXX", "oooooXXXXX", "ooooooXXXX")}, NOON):
        collect(engine, [cycle])
        if cycle.recorded_at >= NOON + 2 * EVERY:
            (row,) = rows(engine, "park_daily_stats")
            assert row["downtime_seconds"] == 3600


def test_a_session_that_crosses_midnight_renews_yesterday(engine: Engine) -> None:
    start = NOON + timedelta(hours=9)  # 21:00
    collect(engine, recording({6: ("oooXXXo", "ooooooo", "ooooooo")}, start))
    before, after = (rows(engine, "ride_daily_stats", ride_id=61, stat_date=day) for day in (DAY, NEXT_DAY))
    assert [row["downtime_seconds"] for row in (*before, *after)] == [0, 3 * 3600]
    collect(engine, recording({6: ("XXX", "ooo", "ooo")}, start + 7 * EVERY))


def test_an_outage_before_midnight_is_judged_after_it(engine: Engine) -> None:
    start = NOON + timedelta(hours=9)  # 21:00
    cycles = list(recording({6: ("ooXXo", "ooooo", "ooooo")}, start))
    collect(engine, cycles[:4])
    (row,) = rows(engine, "ride_daily_stats", ride_id=61, stat_date=DAY)
    assert (row["ongoing_seconds"], row["downtime_seconds"]) == (3600, 0)
    collect(engine, cycles[4:])
    (row,) = rows(engine, "ride_daily_stats", ride_id=61, stat_date=DAY)
    assert (row["ongoing_seconds"], row["downtime_seconds"]) == (0, 3600)


def test_the_first_day_of_tracking_is_partial(engine: Engine) -> None:
    collect(engine, recording({6: ("oo", "oo", "oo")}, NOON))
    collect(engine, recording({6: ("oo", "oo", "oo")}, NOON + timedelta(days=1)))
    assert [row["is_partial"] for row in rows(engine, "park_daily_stats")] == [True, False]


def test_when_the_date_changes_the_sums_of_whole_days_are_renewed(engine: Engine) -> None:
    collect(engine, recording({6: ("oXo", "ooo", "ooo")}, NOON))
    collect(engine, recording({6: ("X", "X", "X")}, NOON + timedelta(days=1)))
    (kept,) = rows(engine, "ride_period_totals", ride_id=61, period=PeriodTotal.CURRENT_7)
    assert (kept["downtime_seconds"], kept["days_operated"]) == (3600, 1)

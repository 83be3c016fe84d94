"""Closed days judged again from the archive: the same rows where the method is the same, long after the runs
and the edges of the days are gone.
"""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

import made_up_month
import pytest
from cycles import add_parks, park
from lying import CLOSES, Said, cycles, honest, left_open, repeating
from made_up_month import DATES, OVER, PARKS
from recorded import ROLLED_UP, TOTALS, collect, everything, rows
from sqlalchemy import Connection, Engine, delete, update

from park_downtime.database.engine import make_engine, writing
from park_downtime.database.passing_rides import delete_rides
from park_downtime.database.tables import metadata
from park_downtime.jobs.aggregate import aggregate_due
from park_downtime.jobs.prune import prune
from park_downtime.jobs.rejudge import NothingToRejudge, RejudgedPark, rejudge
from park_downtime.judging.save_rejudged import SavedAgain, save_rejudged
from park_downtime.model import Category, DoubtKind, RankedPeriod
from park_downtime.periods import DateRange
from park_downtime.stretches.archive import StretchArchive

JUDGED = ("ride_daily_stats", "park_daily_stats", "ride_closures", "park_operating_sessions")
STATISTICS = (*JUDGED, *ROLLED_UP, *TOTALS)
WAITS = ("wait_sum", "wait_count", "wait_min", "wait_max")
LATER = OVER + timedelta(days=120)
WEEK = DateRange(date(2025, 11, 5), date(2025, 11, 11))


def spoil(engine: Engine, dates: DateRange) -> None:
    """The stored figures of those days, as if another method had found them."""
    t = metadata.tables
    with writing(engine) as connection:
        for name in ("ride_daily_stats", "park_daily_stats"):
            c = t[name].c
            connection.execute(
                update(t[name])
                .where(c.stat_date >= dates.first, c.stat_date <= dates.last)
                .values(downtime_seconds=c.downtime_seconds + 60, late_start_seconds=0, outage_count=7)
            )
        closures = t["ride_closures"]
        of_closures = closures.c.stat_date.between(dates.first, dates.last)
        spoiled = {"seconds": closures.c.seconds + 60, "park_wide_seconds": 7, "is_incident": False}
        connection.execute(update(closures).where(of_closures).values(spoiled))
        sessions = t["park_operating_sessions"]
        of_days = sessions.c.local_date.between(dates.first, dates.last)
        connection.execute(update(sessions).where(of_days).values(unknown_seconds=1))
        for name in ROLLED_UP:
            connection.execute(update(t[name]).values(downtime_seconds=1))


@pytest.fixture(scope="module")
def closed(closed_month: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All that is raw is gone."""
    folder = tmp_path_factory.mktemp("pruned") / "month"
    shutil.copytree(closed_month, folder)
    (folder / "with-runs.sqlite").write_bytes((folder / "month.sqlite").read_bytes())
    engine = make_engine(f"sqlite:///{folder / 'month.sqlite'}")
    prune(engine, LATER, StretchArchive(folder / "archive"))
    engine.dispose()
    return folder


@pytest.fixture
def month(closed: Path, tmp_path: Path) -> Iterator[Engine]:
    (tmp_path / "month.sqlite").write_bytes((closed / "month.sqlite").read_bytes())
    engine = make_engine(f"sqlite:///{tmp_path / 'month.sqlite'}")
    yield engine
    engine.dispose()


@pytest.fixture
def archive(closed: Path) -> StretchArchive:
    return StretchArchive(closed / "archive")


def test_it_holds_what_makes_judging_hard(month: Engine) -> None:
    days = rows(month, "ride_daily_stats")
    for name in ("downtime", "late_start", "did_not_reopen", "park_wide", "unknown", "early_close"):
        assert sum(row[f"{name}_seconds"] for row in days) > 0, name
    assert len({row["park_id"] for row in days}) == len(PARKS)
    sessions = rows(month, "park_operating_sessions", park_id=5)
    chicago = ZoneInfo("America/Chicago")
    assert any(row["ended_at"].astimezone(chicago).date() > row["local_date"] for row in sessions)
    for name in ("ride_runs", "park_runs", "ride_edges", "collection_cycles", "park_doubts"):
        assert rows(month, name) == [], name


def test_every_row_is_what_the_nights_made_it(month: Engine, archive: StretchArchive) -> None:
    before = everything(month, *STATISTICS)
    spoil(month, DATES)
    report = rejudge(month, archive, DATES, LATER, is_written=True)
    assert [of_park.not_whole for of_park in report.parks] == [[], [], []]
    for name, found in everything(month, *STATISTICS).items():
        assert found == before[name], name


def test_a_closure_that_was_not_told_before_is_known_since_then(
    month: Engine, archive: StretchArchive
) -> None:
    before = rows(month, "ride_closures")
    closures = metadata.tables["ride_closures"]
    with writing(month) as connection:
        connection.execute(delete(closures).where(closures.c.stat_date.between(WEEK.first, WEEK.last)))
    rejudge(month, archive, WEEK, LATER, is_written=True)
    assert rows(month, "ride_closures") == [
        row | {"known_at": LATER} if WEEK.first <= row["stat_date"] <= WEEK.last else row for row in before
    ]


def test_some_days_know_the_habits_of_those_before_them(month: Engine, archive: StretchArchive) -> None:
    before = everything(month, *STATISTICS)
    spoil(month, WEEK)
    rejudge(month, archive, WEEK, LATER, is_written=True)
    for name in JUDGED:
        assert rows(month, name) == before[name], name


@pytest.mark.parametrize("part", ["doubts", "readings", "rides"])
def test_each_part_of_the_archive_counts(
    month: Engine, archive: StretchArchive, tmp_path: Path, part: str
) -> None:
    without = StretchArchive(tmp_path / "without")
    for park_id in PARKS:
        for first in (DATES.first, DATES.last):
            for day in archive.days_of(park_id, first).values():
                without.keep(replace(day, **{part: []}))  # type: ignore[arg-type]
    report = rejudge(month, without, DATES, LATER)
    assert any(of_park.changed for of_park in report.parks)


def test_a_day_is_never_overwritten_by_an_emptier_one(
    month: Engine, archive: StretchArchive, tmp_path: Path
) -> None:
    own = StretchArchive(tmp_path / "own")
    shutil.copytree(archive.folder, own.folder)
    own.keep(replace(own.days_of(4, WEEK.first)[WEEK.first], runs=[], park_runs=[]))
    before = rows(month, "ride_daily_stats")
    report = rejudge(month, own, DateRange(WEEK.first, WEEK.first), LATER, park_ids=[3, 4], is_written=True)
    assert [of_park.not_whole for of_park in report.parks] == [[], [WEEK.first]]
    assert rows(month, "ride_daily_stats") == before


def test_a_ride_that_was_deleted_since_stays_so(month: Engine, archive: StretchArchive) -> None:
    deleted = 3 * 12 + 1
    with writing(month) as connection:
        delete_rides(connection, 4, [deleted])
    before = {name: rows(month, name, WAITS) for name in JUDGED}
    report = rejudge(month, archive, DATES, LATER, is_written=True)
    assert all(of_park.changed == [] for of_park in report.parks)
    assert {name: rows(month, name, WAITS) for name in JUDGED} == before
    assert rows(month, "ride_daily_stats", ride_id=deleted) == []


def test_where_nothing_is_other_it_says_so(month: Engine, archive: StretchArchive) -> None:
    report = rejudge(month, archive, DATES, LATER)
    assert [(of_park.days, of_park.changed) for of_park in report.parks] == [(DATES.days, [])] * 3
    assert all(of_park.before == of_park.after for of_park in report.parks)


def test_it_says_what_each_park_would_have_and_writes_nothing(month: Engine, archive: StretchArchive) -> None:
    true = {of_park.park.park_id: of_park.before for of_park in rejudge(month, archive, WEEK, LATER).parks}
    spoil(month, WEEK)
    spoiled = everything(month, *STATISTICS)
    told: list[RejudgedPark] = []
    rejudge(month, archive, WEEK, LATER, tell=told.append)
    assert {of_park.park.park_id: of_park.after for of_park in told} == true
    assert [len(of_park.changed) for of_park in told] == [7, 7, 7]
    assert all(one.before.downtime_seconds > one.after.downtime_seconds for one in told)
    assert everything(month, *STATISTICS) == spoiled


def test_only_one_park_where_that_is_asked(month: Engine, archive: StretchArchive) -> None:
    spoil(month, WEEK)
    spoiled = rows(month, "ride_daily_stats", park_id=3)
    report = rejudge(month, archive, WEEK, LATER, park_ids=[4], is_written=True)
    assert [of_park.park.park_id for of_park in report.parks] == [4]
    assert rows(month, "ride_daily_stats", park_id=3) == spoiled


def test_killed_between_two_months_it_leaves_one_whole_and_the_next_call_the_rest(
    month: Engine, archive: StretchArchive, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = everything(month, *STATISTICS)
    spoil(month, DATES)
    months: list[date] = []

    def killed(connection: Connection, **arguments: Any) -> SavedAgain:
        months.append(arguments["days"][0].day)
        if len(months) == 2:
            raise KeyboardInterrupt
        return save_rejudged(connection, **arguments)

    with monkeypatch.context() as patched:
        patched.setattr("park_downtime.jobs.rejudge.save_rejudged", killed)
        with pytest.raises(KeyboardInterrupt):
            rejudge(month, archive, DATES, LATER, park_ids=[3], is_written=True)
    october = [row for row in before["ride_daily_stats"] if row["stat_date"].month == 10]
    found = rows(month, "ride_daily_stats", park_id=3)
    assert [row for row in found if row["stat_date"].month == 10] == [
        row for row in october if row["park_id"] == 3
    ]
    rejudge(month, archive, DATES, LATER, is_written=True)
    assert everything(month, *STATISTICS) == before


def test_a_day_that_was_opened_again_meanwhile_is_left(month: Engine, archive: StretchArchive) -> None:
    c = metadata.tables["park_daily_stats"].c
    opened = date(2025, 11, 7)

    def open_again(told: RejudgedPark) -> None:
        of_it = (c.stat_date == opened, c.park_id == told.park.park_id)
        with writing(month) as connection:
            connection.execute(update(c.park_id.table).where(*of_it).values(is_final=False))

    spoil(month, WEEK)
    spoiled = rows(month, "ride_daily_stats", stat_date=opened)
    report = rejudge(month, archive, WEEK, LATER, is_written=True, tell=open_again)
    assert sorted(report.left) == [(park_id, opened) for park_id in PARKS]
    assert rows(month, "ride_daily_stats", stat_date=opened) == spoiled


def test_a_day_that_was_closed_again_meanwhile_is_left(
    month: Engine, archive: StretchArchive, tmp_path: Path
) -> None:
    own = StretchArchive(tmp_path / "own")
    shutil.copytree(archive.folder, own.folder)
    closed_again = date(2025, 11, 7)

    def close_again(told: RejudgedPark) -> None:
        own.keep(replace(own.days_of(4, closed_again)[closed_again], doubts=[], runs=[]))

    report = rejudge(month, own, WEEK, LATER, park_ids=[4], is_written=True, tell=close_again)
    assert report.left == [(4, closed_again)]


def test_what_became_of_rides_since_changes_nothing(month: Engine, archive: StretchArchive) -> None:
    before = everything(month, *JUDGED)
    spoil(month, DATES)
    t = metadata.tables
    rides, classified, parks = t["rides"], t["ride_classifications"], t["parks"]
    moved, removed, reclassified = (3 * 12 + 1, 3 * 12 + 2, 3 * 12 + 3)
    with writing(month) as connection:
        of = rides.c.ride_id
        connection.execute(update(rides).where(of == moved).values(park_id=3, moves_on=date(2025, 12, 1)))
        connection.execute(update(rides).where(of == removed).values(inactive_since=OVER, name="Gone"))
        connection.execute(
            update(classified).where(classified.c.ride_id == reclassified).values(category=Category.SHOW)
        )
        connection.execute(update(parks).values(is_tracked=False, removed_at=OVER))
    rejudge(month, archive, DATES, LATER, is_written=True)
    assert everything(month, *JUDGED) == before


def test_days_that_are_not_all_there_stay_and_are_named(
    month: Engine, archive: StretchArchive, tmp_path: Path
) -> None:
    part = StretchArchive(tmp_path / "part")
    part.file_of(4, WEEK.first).parent.mkdir(parents=True)
    kept = archive.file_of(4, WEEK.first)
    part.file_of(4, WEEK.first).write_bytes(kept.read_bytes())  # November, and no October
    report = rejudge(month, part, DATES, LATER, park_ids=[4])
    october = [DATES.first + timedelta(days=number) for number in range(18)]
    assert report.parks[0].not_whole == [*october, date(2025, 11, 1)]


def test_a_damaged_file_stops_its_park_alone(month: Engine, archive: StretchArchive, tmp_path: Path) -> None:
    other = StretchArchive(tmp_path / "other")
    for park_id in (3, 4):
        for day in (DATES.first, DATES.last):
            file = other.file_of(park_id, day)
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(archive.file_of(park_id, day).read_bytes())
    other.file_of(3, DATES.last).write_bytes(b"gone")
    report = rejudge(month, other, WEEK, LATER, park_ids=[3, 4])
    assert [of_park.park.park_id for of_park in report.parks] == [4]
    assert "3/2025-11.csv.gz is damaged" in report.failed[0]


def test_where_the_archive_has_nothing_it_says_where_it_looked(month: Engine, tmp_path: Path) -> None:
    empty = StretchArchive(tmp_path / "nothing")
    with pytest.raises(NothingToRejudge, match=r"no closed day from 2025-11-05 to .*nothing"):
        rejudge(month, empty, WEEK, LATER)


def test_ranks_of_weeks_long_ago_are_worked_out_again(closed: Path, archive: StretchArchive) -> None:
    engine = make_engine(f"sqlite:///{closed / 'with-runs.sqlite'}")
    week = DateRange(date(2025, 10, 20), date(2025, 10, 26))

    def closings() -> dict[date, str]:
        found = rows(engine, "rank_sets", ranked_period=RankedPeriod.WEEK)
        return {one["first_date"]: one["closings"] for one in found}

    aggregate_due(engine, OVER)  # a night makes two of the earlier weeks up
    before = closings()
    rejudge(engine, archive, week, OVER + timedelta(hours=1), is_written=True)
    after = closings()
    engine.dispose()
    assert {first for first in before if before[first] != after[first]} == {week.first}


def test_days_say_by_which_method_they_are_judged(month: Engine, archive: StretchArchive) -> None:
    park_days = metadata.tables["park_daily_stats"]
    before = rows(month, "park_daily_stats")
    with writing(month) as connection:
        of_dates = park_days.c.stat_date.between(DATES.first, DATES.last)
        connection.execute(update(park_days).where(of_dates).values(method_version=1))
    rejudge(month, archive, DATES, LATER, is_written=True)
    assert rows(month, "park_daily_stats") == before


@pytest.mark.no_cover
def test_on_either_database_the_rows_are_those_of_the_nights(engine: Engine, tmp_path: Path) -> None:
    archive = StretchArchive(tmp_path / "archive")
    made_up_month.fill(engine)
    aggregate_due(engine, OVER, archive)
    prune(engine, LATER, archive)
    before = everything(engine, *STATISTICS)
    spoil(engine, DATES)
    rejudge(engine, archive, DATES, datetime(2026, 3, 1, tzinfo=OVER.tzinfo), is_written=True)
    for name, found in everything(engine, *STATISTICS).items():
        assert found == before[name], name


def lying_now_and_then(ride: int, day: int, minute: int) -> Said:
    """Two nights on which rides were left open, and one with the evening's values until the small hours."""
    if (day, minute >= CLOSES) in ((4, True), (5, False), (5, True), (6, False)):
        return left_open(1, 2)(ride, day, minute)
    if (day, minute >= CLOSES) in ((7, True), (8, False)):
        return repeating(28 * 60)(ride, day, minute)
    return honest(ride, day, minute)


@pytest.mark.no_cover
def test_days_that_a_feed_lied_about_are_doubted_as_they_were(engine: Engine, tmp_path: Path) -> None:
    archive = StretchArchive(tmp_path / "archive")
    add_parks(engine, park(6))
    for cycle in cycles(lying_now_and_then, 10, 6):
        collect(engine, [cycle])
        aggregate_due(engine, cycle.recorded_at, archive)
    assert {row["kind"] for row in rows(engine, "park_doubts")} == set(DoubtKind)
    dates = DateRange(date(2026, 7, 1), date(2026, 7, 9))
    before = everything(engine, *JUDGED, *ROLLED_UP)
    now = LATER + timedelta(days=200)
    prune(engine, now, archive)
    spoil(engine, dates)
    rejudge(engine, archive, dates, now, is_written=True)
    for name, found in everything(engine, *JUDGED, *ROLLED_UP).items():
        assert found == before[name], name

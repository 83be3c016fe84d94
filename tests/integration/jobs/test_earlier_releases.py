"""Archives of earlier releases go on being read: 0.1.0 had revision 0038, what came after it 0039.

archive-of-0.1.0.zip was written by the program as of commit 6bf3a99, with simulated data only: there,
`backfill(engine, synthetic_world(2, 3), date(2026, 7, 4), datetime(2026, 7, 14, 18, tzinfo=UTC))`, then
`collect` from the simulator at 18:00, 18:10 and 18:20 UTC, `prune`, a key that was used seven times, and
`export_archive(..., with_readings=True)`. The figures below are those of the database it came from.
"""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Engine, select
from transfer_support import UNTIL

from park_downtime.archive import ArchiveUnusable
from park_downtime.database.engine import reading
from park_downtime.database.keys import list_keys
from park_downtime.database.rolled_up import are_all_counted
from park_downtime.database.statistics_tables import (
    park_period_totals,
    park_yearly_stats,
    ride_closures,
    ride_daily_stats,
    ride_period_totals,
)
from park_downtime.database.tables import parks
from park_downtime.database.transfer import ALL_TABLES, count_rows, filled_tables
from park_downtime.database.version import is_simulated
from park_downtime.jobs.transfer import export_archive, import_archive
from park_downtime.model import PeriodTotal

OF_0_1_0 = Path(__file__).parent / "archive-of-0.1.0.zip"

Manifest = dict[str, Any]
Change = Callable[[Manifest], None]
WithManifest = Callable[[Change], Path]


@pytest.fixture
def imported(engine: Engine) -> Engine:
    import_archive(engine, OF_0_1_0)
    return engine


@pytest.fixture
def with_manifest(tmp_path: Path) -> WithManifest:
    """The archive of 0.1.0 with its manifest changed."""

    def write(change: Change) -> Path:
        with zipfile.ZipFile(OF_0_1_0) as old, zipfile.ZipFile(tmp_path / "changed.zip", "w") as new:
            for name in old.namelist():
                content = old.read(name)
                if name == "manifest.json":
                    manifest = json.loads(content)
                    change(manifest)
                    content = json.dumps(manifest).encode()
                new.writestr(name, content)
        return tmp_path / "changed.zip"

    return write


def set_revision(revision: str) -> Change:
    return lambda manifest: manifest.update(schema_revision=revision)


def rename_column(table: str, old: str, new: str) -> Change:
    def change(manifest: Manifest) -> None:
        columns = manifest["tables"][table]["columns"]
        columns[columns.index(old)] = new

    return change


def test_it_is_what_0_1_0_wrote() -> None:
    with zipfile.ZipFile(OF_0_1_0) as file:
        manifest = json.loads(file.read("manifest.json"))
    assert (manifest["program_version"], manifest["schema_revision"]) == ("0.1.0", "0038")
    assert "simulated" not in manifest


def test_every_row_is_there(imported: Engine) -> None:
    with reading(imported) as connection:
        counts = {table.name: count_rows(connection, table) for table in ALL_TABLES}
    assert {name: count for name, count in counts.items() if count} == {
        "aggregation_log": 20,
        "api_keys": 1,
        "api_usage": 1,
        "collection_cycles": 1012,
        "data_version": 1,
        "lands": 6,
        "park_activity_snapshots": 6,
        "park_daily_stats": 22,
        "park_groups": 2,
        "park_monthly_stats": 2,
        "park_operating_sessions": 22,
        "park_period_totals": 10,
        "park_runs": 52,
        "park_weekly_stats": 6,
        "park_yearly_stats": 2,
        "parks": 2,
        "ready_columns": 111,
        "ride_classifications": 6,
        "ride_closures": 34,
        "ride_daily_stats": 66,
        "ride_monthly_stats": 6,
        "ride_period_totals": 24,
        "ride_runs": 185,
        "ride_status_now": 6,
        "ride_status_snapshots": 18,
        "ride_weekly_stats": 18,
        "ride_yearly_stats": 6,
        "rides": 6,
    }


def test_days_are_what_they_were(imported: Engine) -> None:
    c = ride_daily_stats.c
    query = (
        select(
            c.stat_date, c.open_seconds, c.downtime_seconds, c.expected_seconds, c.outage_count, c.wait_sum
        )
        .where(c.ride_id == 5, c.stat_date <= date(2026, 7, 6))
        .order_by(c.stat_date)
    )
    with reading(imported) as connection:
        assert [tuple(row) for row in connection.execute(query)] == [
            (date(2026, 7, 4), 23_400, 16_200, 41_400, 3, 110),
            (date(2026, 7, 5), 39_600, 0, 41_400, 0, 170),
            (date(2026, 7, 6), 37_800, 0, 41_400, 0, 115),
        ]


def test_outages_are_what_they_were(imported: Engine) -> None:
    c = ride_closures.c
    query = select(c.seconds, c.is_incident).where(c.ride_id == 5, c.stat_date == date(2026, 7, 12))
    with reading(imported) as connection:
        assert [tuple(row) for row in connection.execute(query)] == [(4_800, True)]


def test_periods_are_summed_to_what_0_1_0_had_summed(imported: Engine) -> None:
    of_rides, of_parks = ride_period_totals.c, park_period_totals.c
    rides = (
        select(of_rides.ride_id, of_rides.downtime_seconds, of_rides.outage_count, of_rides.wait_sum)
        .where(of_rides.period == PeriodTotal.CURRENT_30)
        .order_by(of_rides.ride_id)
    )
    park = select(
        of_parks.last_date, of_parks.open_seconds, of_parks.downtime_seconds, of_parks.session_seconds
    ).where(of_parks.period == PeriodTotal.SEVEN_DAYS, of_parks.park_id == 1)
    with reading(imported) as connection:
        assert [tuple(row) for row in connection.execute(rides)] == [
            (1, 12_600, 5, 580),
            (2, 600, 1, 2_855),
            (3, 24_000, 9, 300),
            (4, 24_000, 7, 980),
            (5, 28_200, 5, 1_760),
            (6, 31_800, 6, 2_795),
        ]
        assert tuple(connection.execute(park).one()) == (date(2026, 7, 13), 811_800, 31_800, 337_800)


def test_weeks_months_and_years_say_which_days_they_count(imported: Engine) -> None:
    c = park_yearly_stats.c
    with reading(imported) as connection:
        assert are_all_counted(connection)
        rows = connection.execute(select(c.park_id, c.last_date, c.days_with_data, c.lowest_method)).all()
        assert [tuple(row) for row in rows] == [
            (1, date(2026, 7, 13), 10, 1),
            (2, date(2026, 7, 13), 10, 1),
        ]


def test_names_and_keys_are_kept(imported: Engine) -> None:
    with reading(imported) as connection:
        assert list(connection.execute(select(parks.c.name).order_by(parks.c.park_id)).scalars()) == [
            "Park 1",
            "Park 2",
        ]
        assert [key.name for key in list_keys(connection)] == ["Ærø 北京"]


def test_it_could_not_say_whether_its_data_are_made_up(imported: Engine) -> None:
    with reading(imported) as connection:
        assert not is_simulated(connection)


def test_what_came_after_0_1_0_is_read(sqlite_engine: Engine, with_manifest: WithManifest) -> None:
    assert import_archive(sqlite_engine, with_manifest(set_revision("0039"))).rows == 1507


def test_a_column_that_came_later_is_left_to_its_default(sqlite_engine: Engine, tmp_path: Path) -> None:
    with zipfile.ZipFile(OF_0_1_0) as old, zipfile.ZipFile(tmp_path / "before.zip", "w") as new:
        manifest = json.loads(old.read("manifest.json"))
        entry = manifest["tables"]["parks"]
        place = entry["columns"].index("final_until")
        rows = [json.loads(line) for line in old.read("parks.jsonl").splitlines()]
        assert all(row[place] for row in rows)
        lines = b"".join(json.dumps(row[:place] + row[place + 1 :]).encode() + b"\n" for row in rows)
        entry["columns"].remove("final_until")
        entry["sha256"] = hashlib.sha256(lines).hexdigest()
        for name in old.namelist():
            known = {"manifest.json": json.dumps(manifest).encode(), "parks.jsonl": lines}
            new.writestr(name, known.get(name) or old.read(name))
    import_archive(sqlite_engine, tmp_path / "before.zip")
    with reading(sqlite_engine) as connection:
        assert list(connection.execute(select(parks.c.final_until)).scalars()) == [None, None]


@pytest.mark.parametrize(
    ("table", "column"), [("parks", "operator"), ("parks", "timezone"), ("ride_outages", "seconds")]
)
def test_a_column_that_nobody_knows_is_not_dropped(
    sqlite_engine: Engine,
    with_manifest: WithManifest,
    table: str,
    column: str,
) -> None:
    changed = with_manifest(rename_column(table, column, "weather"))
    with pytest.raises(ArchiveUnusable, match=f"{table} does not fit the manifest"):
        import_archive(sqlite_engine, changed)
    with reading(sqlite_engine) as connection:
        assert filled_tables(connection) == []


def test_a_column_that_was_always_there_may_not_be_missing(
    sqlite_engine: Engine, with_manifest: WithManifest
) -> None:
    changed = with_manifest(lambda manifest: manifest["tables"]["rides"]["columns"].remove("name"))
    with pytest.raises(ArchiveUnusable, match="rides does not fit the manifest"):
        import_archive(sqlite_engine, changed)


@pytest.mark.parametrize(
    ("revision", "said"),
    [
        ("0037", r"of revision 0037, which no release had: .* from 0038 \(release 0.1.0\) to 0100_"),
        (
            "9999",
            "of revision 9999, this program has 0100_[0-9a-f]{8}: import it with the release that made it",
        ),
    ],
)
def test_what_no_release_had_and_what_comes_later_is_refused(
    sqlite_engine: Engine,
    with_manifest: WithManifest,
    revision: str,
    said: str,
) -> None:
    with pytest.raises(ArchiveUnusable, match=said):
        import_archive(sqlite_engine, with_manifest(set_revision(revision)))


def test_what_days_add_up_to_is_summed_anew_where_a_column_came_later(filled: Engine, tmp_path: Path) -> None:
    export_archive(filled, tmp_path / "now.zip", UNTIL)
    with zipfile.ZipFile(tmp_path / "now.zip") as old, zipfile.ZipFile(tmp_path / "before.zip", "w") as new:
        manifest = json.loads(old.read("manifest.json"))
        manifest["schema_revision"] = "0100_00000000"
        entry = manifest["tables"]["park_yearly_stats"]
        place = entry["columns"].index("days_lost_known")
        rows = [json.loads(line) for line in old.read("park_yearly_stats.jsonl").splitlines()]
        assert [row[place] for row in rows] == [10, 10, 10]
        lines = b"".join(json.dumps(row[:place] + row[place + 1 :]).encode() + b"\n" for row in rows)
        entry["columns"].remove("days_lost_known")
        entry["sha256"] = hashlib.sha256(lines).hexdigest()
        known = {"manifest.json": json.dumps(manifest).encode(), "park_yearly_stats.jsonl": lines}
        for name in old.namelist():
            new.writestr(name, known.get(name) or old.read(name))
    import_archive(filled, tmp_path / "before.zip", replace=True)
    with reading(filled) as connection:
        assert list(connection.execute(select(park_yearly_stats.c.days_lost_known)).scalars()) == [10, 10, 10]


@pytest.mark.parametrize("revision", ["0100", "0100_00000000", "0100_ffffffff"])
def test_another_form_of_the_schema_is_read_as_an_earlier_one(
    sqlite_engine: Engine, with_manifest: WithManifest, revision: str
) -> None:
    """The archive of 0.1.0 stands for one that lacks what came later."""
    import_archive(sqlite_engine, with_manifest(set_revision(revision)))
    with reading(sqlite_engine) as connection:
        assert count_rows(connection, ride_daily_stats) == 66

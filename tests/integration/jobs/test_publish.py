"""The open data set: whole, the same bytes for the same figures, and made anew where they are others."""

from __future__ import annotations

import csv
import fcntl
import gzip
import hashlib
import io
import json
import os
import re
from collections.abc import Iterator
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import made_up_month
import pytest
from made_up_month import OVER
from recorded import rows
from sqlalchemy import Engine, update

from park_downtime.database.engine import make_engine, writing
from park_downtime.database.tables import metadata
from park_downtime.database.version import mark_simulated
from park_downtime.jobs.publish import PublishRefused, PublishReport, publish
from park_downtime.jobs.rejudge import rejudge
from park_downtime.periods import DateRange
from park_downtime.stretches.archive import StretchArchive

LATER = OVER + timedelta(days=2)
OCTOBER = DateRange(date(2025, 10, 20), date(2025, 10, 26))
FILES = {
    "parks.csv",
    "rides.csv",
    "datapackage.json",
    "index.html",
    *(
        f"2025-{month}/{name}"
        for month in (10, 11)
        for name in (
            "park_days.csv.gz",
            "ride_days.csv.gz",
            "outages.csv.gz",
            "stretches.csv.gz",
            "month.json",
        )
    ),
}


@pytest.fixture
def engine(closed_month: Path, tmp_path: Path) -> Iterator[Engine]:
    (tmp_path / "month.sqlite").write_bytes((closed_month / "month.sqlite").read_bytes())
    engine = make_engine(f"sqlite:///{tmp_path / 'month.sqlite'}")
    yield engine
    engine.dispose()


@pytest.fixture
def archive(closed_month: Path) -> StretchArchive:
    return StretchArchive(closed_month / "archive")


@pytest.fixture(scope="module")
def whole(closed_month: Path, tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """What is published of it, undisturbed."""
    folder = tmp_path_factory.mktemp("whole")
    engine = make_engine(f"sqlite:///{closed_month / 'month.sqlite'}")
    publish(engine, StretchArchive(closed_month / "archive"), folder, LATER)
    engine.dispose()
    return contents(folder)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "data"


@pytest.fixture
def published(engine: Engine, archive: StretchArchive, folder: Path) -> PublishReport:
    return publish(engine, archive, folder, LATER)


def contents(folder: Path) -> dict[str, bytes]:
    return {
        str(file.relative_to(folder)): file.read_bytes()
        for file in folder.rglob("*")
        if file.is_file() and not file.name.startswith(".")
    }


def table(folder: Path, path: str) -> list[dict[str, str]]:
    content = (folder / path).read_bytes()
    text = (gzip.decompress(content) if path.endswith(".gz") else content).decode()
    return list(csv.DictReader(io.StringIO(text)))


def package(folder: Path) -> dict[str, Any]:
    described = json.loads((folder / "datapackage.json").read_bytes())
    assert isinstance(described, dict)
    return described


def spoil(engine: Engine, dates: DateRange) -> None:
    days = metadata.tables["ride_daily_stats"]
    with writing(engine) as connection:
        of_dates = days.c.stat_date.between(dates.first, dates.last)
        connection.execute(update(days).where(of_dates).values(downtime_seconds=1))


@pytest.mark.usefixtures("published")
def test_every_month_has_its_tables(folder: Path) -> None:
    assert contents(folder).keys() == FILES


@pytest.mark.usefixtures("published")
def test_they_say_what_the_database_says(engine: Engine, folder: Path) -> None:
    stored = [row for row in rows(engine, "ride_daily_stats") if row["stat_date"].month == 11]
    given = table(folder, "2025-11/ride_days.csv.gz")
    assert [int(row["downtime_seconds"]) for row in given] == [row["downtime_seconds"] for row in stored]
    assert sum(int(row["downtime_seconds"]) for row in given) > 0
    assert len(table(folder, "parks.csv")) == 3
    assert len(table(folder, "rides.csv")) == 36
    kinds = {row["kind"] for row in table(folder, "2025-11/outages.csv.gz")}
    assert kinds == {"outage", "late_start", "did_not_reopen"}


@pytest.mark.usefixtures("published")
def test_stretches_are_those_of_the_archive(archive: StretchArchive, folder: Path) -> None:
    given = gzip.decompress((folder / "2025-11" / "stretches.csv.gz").read_bytes()).decode().splitlines()
    kept = [
        gzip.decompress(archive.file_of(park_id, date(2025, 11, 1)).read_bytes()).decode().splitlines()
        for park_id in made_up_month.PARKS
    ]
    assert given == [kept[0][0], *(line for of_park in kept for line in of_park[1:])]


FITS = {
    "integer": r"-?\d+",
    "number": r"-?\d+(\.\d+)?",
    "date": r"\d{4}-\d\d-\d\d",
    "datetime": r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ",
    "boolean": r"true|false",
    "string": r"[\s\S]+",
}


@pytest.mark.usefixtures("published")
def test_the_package_tells_every_file_and_every_value_fits_its_column(folder: Path) -> None:
    resources = package(folder)["resources"]
    tables = {path for path in FILES if path.endswith((".csv", ".csv.gz"))}
    assert {one["path"] for one in resources} == tables
    for one in resources:
        content = (folder / one["path"]).read_bytes()
        assert (one["bytes"], one["hash"]) == (len(content), f"sha256:{hashlib.sha256(content).hexdigest()}")
        fields = one["schema"]["fields"]
        assert all(field["description"] for field in fields)
        read = table(folder, one["path"])
        assert list(read[0]) == [field["name"] for field in fields]
        for field in fields:
            values = {row[field["name"]] for row in read} - {""}
            assert all(re.fullmatch(FITS[field["type"]], value) for value in values), field["name"]
        key = one["schema"].get("primaryKey")
        if key:
            assert len({tuple(row[name] for name in key) for row in read}) == len(read)


@pytest.mark.usefixtures("published")
def test_it_says_who_made_what_is_missing_and_what_was_corrected(folder: Path) -> None:
    described = package(folder)
    assert described["license"] == "none stated"
    assert "queue-times.com" in described["attribution"]
    assert [(one["month"], one["is_over"]) for one in described["months"]] == [
        ("2025-10", True),
        ("2025-11", False),
    ]
    assert {one["reason"] for one in described["corrections"]} == {"the feed lied"}
    assert described["months"][0]["methods"] == [2, 2]


def test_the_page_is_a_data_set_for_those_who_look_for_one(
    engine: Engine, archive: StretchArchive, folder: Path
) -> None:
    publish(engine, archive, folder, LATER, licence="CC-BY-4.0 </script>")
    page = (folder / "index.html").read_text("utf-8")
    (said,) = re.findall(r'<script type="application/ld\+json">(.*?)</script>', page, re.DOTALL)
    described = json.loads(said)
    assert described["@type"] == "Dataset"
    assert described["license"] == "CC-BY-4.0 </script>"
    assert described["temporalCoverage"] == "2025-10/2025-11"
    assert "Licence: CC-BY-4.0 &lt;/script&gt;" in page
    assert '<a href="2025-11/ride_days.csv.gz">' in page


def test_a_web_server_may_read_it_whatever_the_umask_of_the_jobs(
    engine: Engine, archive: StretchArchive, folder: Path
) -> None:
    before = os.umask(0o077)
    try:
        publish(engine, archive, folder, LATER)
    finally:
        os.umask(before)
    assert {(folder / path).stat().st_mode & 0o777 for path in FILES} == {0o644}
    assert {path.stat().st_mode & 0o777 for path in (folder, folder / "2025-10")} == {0o755}


@pytest.mark.usefixtures("published")
def test_again_it_touches_no_file(engine: Engine, archive: StretchArchive, folder: Path) -> None:
    before = {path: (folder / path).stat() for path in FILES}
    report = publish(engine, archive, folder, LATER + timedelta(days=1))
    assert (report.months_written, report.files_written) == (0, 0)
    for path, stat in before.items():
        now = (folder / path).stat()
        assert (now.st_ino, now.st_mtime_ns) == (stat.st_ino, stat.st_mtime_ns), path


@pytest.mark.usefixtures("published")
def test_a_month_that_is_closed_again_with_the_same_figures_keeps_its_bytes(
    engine: Engine, archive: StretchArchive, folder: Path
) -> None:
    before = contents(folder)
    rejudge(engine, archive, OCTOBER, LATER, is_written=True)
    report = publish(engine, archive, folder, LATER)
    assert (report.months_written, report.judged_anew) == (1, [])
    del before["2025-10/month.json"]
    assert {path: contents(folder)[path] for path in before} == before


def test_one_with_other_figures_is_written_anew_and_says_so(
    engine: Engine, archive: StretchArchive, folder: Path
) -> None:
    spoil(engine, OCTOBER)
    publish(engine, archive, folder, LATER)
    before = contents(folder)
    rejudge(engine, archive, OCTOBER, LATER, is_written=True)
    report = publish(engine, archive, folder, datetime(2025, 12, 24, tzinfo=OVER.tzinfo))
    after = contents(folder)
    assert report.judged_anew == ["2025-10"]
    assert {path for path in after if after[path] != before[path]} == {
        "2025-10/ride_days.csv.gz",
        "2025-10/month.json",
        "datapackage.json",
        "index.html",
    }
    assert package(folder)["months"][0]["judged_anew"] == ["2025-12-24"]
    assert "<li>2025-10: 2025-12-24</li>" in (folder / "index.html").read_text("utf-8")


def test_a_day_that_is_not_final_is_not_given(engine: Engine, archive: StretchArchive, folder: Path) -> None:
    days = metadata.tables["park_daily_stats"]
    opened = date(2025, 11, 12)
    with writing(engine) as connection:
        connection.execute(update(days).where(days.c.stat_date == opened).values(is_final=False))
    publish(engine, archive, folder, LATER)
    for name in ("park_days", "ride_days", "outages"):
        dates = {row["stat_date"] for row in table(folder, f"2025-11/{name}.csv.gz")}
        assert "2025-11-12" not in dates
        assert "2025-11-11" in dates


@pytest.mark.parametrize("number", [1, 4, 7, 10])
def test_killed_at_any_file_the_next_call_makes_the_rest(
    engine: Engine,
    archive: StretchArchive,
    folder: Path,
    whole: dict[str, bytes],
    monkeypatch: pytest.MonkeyPatch,
    number: int,
) -> None:
    replaced: list[Path] = []
    real = Path.replace

    def killed(self: Path, target: Path) -> Path:
        replaced.append(target)
        if len(replaced) == 2 * number:
            raise KeyboardInterrupt
        return real(self, target)

    with monkeypatch.context() as patched:
        patched.setattr(Path, "replace", killed)
        with pytest.raises(KeyboardInterrupt):
            publish(engine, archive, folder, LATER)
    publish(engine, archive, folder, LATER)
    assert contents(folder) == whole


def test_simulated_data_are_refused_without_a_word_and_marked_with_it(
    engine: Engine, archive: StretchArchive, folder: Path
) -> None:
    with writing(engine) as connection:
        mark_simulated(connection)
    with pytest.raises(PublishRefused, match="--simulated"):
        publish(engine, archive, folder, LATER)
    assert not folder.exists()
    publish(engine, archive, folder, LATER, may_be_simulated=True)
    assert package(folder)["simulated"] is True
    assert "Everything here is simulated" in (folder / "index.html").read_text("utf-8")


def test_two_at_once_are_refused(engine: Engine, archive: StretchArchive, folder: Path) -> None:
    folder.mkdir()
    with (folder / ".publish.lock").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        with pytest.raises(PublishRefused, match="another `publish`"):
            publish(engine, archive, folder, LATER)


def test_where_no_day_is_closed_there_is_nothing(sqlite_engine: Engine, tmp_path: Path) -> None:
    with pytest.raises(PublishRefused, match="no local day"):
        publish(sqlite_engine, StretchArchive(tmp_path / "archive"), tmp_path / "data", LATER)

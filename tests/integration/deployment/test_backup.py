"""A backup brought back into another database is equal, and damage is found."""

from __future__ import annotations

import gzip
import os
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from databases import create_database, drop_database
from deployed_site import Site
from deployment import SCRIPTS, Deployment
from sqlalchemy import text

from park_downtime.database.engine import make_engine, reading, writing
from park_downtime.database.schema import require_newest
from park_downtime.database.transfer import ALL_TABLES, plain_rows

OTHER = "restored"


@pytest.fixture
def backup(site: Site) -> Path:
    return Path(site.deployment.script("backup.sh").stdout.strip())


@pytest.fixture
def host() -> Iterator[Deployment]:
    """Folders of a host without a release or a web server."""
    folder = Path(tempfile.mkdtemp(prefix="park-downtime-host-"))
    yield Deployment(folder / "host")
    shutil.rmtree(folder)


@pytest.fixture
def empty(site: Site, mariadb_server_url: str, worker: str) -> Iterator[str]:
    """An empty database beside, that the role of migrations may use."""
    name = f"{OTHER}_{worker}"
    url = create_database(mariadb_server_url, name)
    administrator = make_engine(url)
    with administrator.begin() as connection:
        connection.execute(text(f"GRANT ALL ON {name}.* TO '{worker}_migrate'@'%'"))
    administrator.dispose()
    yield url
    drop_database(mariadb_server_url, name)


def everything(url: str) -> dict[str, list[list[object]]]:
    engine = make_engine(url)
    try:
        require_newest(engine)
        with reading(engine) as connection:
            return {table.name: list(plain_rows(connection, table)) for table in ALL_TABLES}
    finally:
        engine.dispose()


def test_a_restored_backup_is_equal(site: Site, backup: Path, empty: str) -> None:
    site.deployment.script("restore.sh", backup, "--database", empty.rpartition("/")[2])
    restored = everything(empty)
    assert restored["ride_daily_stats"]
    assert restored == everything(site.deployment.database_url("jobs"))
    engine = make_engine(empty)
    with reading(engine) as connection:
        assert connection.scalar(text("SELECT COUNT(*) FROM ride_status_changes")) is not None
    engine.dispose()


def test_a_database_with_tables_is_not_overwritten(site: Site, backup: Path) -> None:
    done = site.deployment.script("restore.sh", backup, check=False)
    assert (done.returncode, "holds tables: --replace replaces them" in done.stderr) == (1, True)


def test_damage_is_found_before_anything_is_touched(site: Site, backup: Path, empty: str) -> None:
    content = bytearray(backup.read_bytes())
    content[len(content) // 2] ^= 1
    backup.write_bytes(bytes(content))
    done = site.deployment.script("restore.sh", backup, "--database", empty.rpartition("/")[2], check=False)
    assert (done.returncode, "is not what its checksum says" in done.stderr) == (1, True)
    engine = make_engine(empty)
    with reading(engine) as connection:
        assert list(connection.execute(text("SHOW TABLES"))) == []
    engine.dispose()


CUT = "CREATE TABLE a (i INT);\nINSERT INTO a VALUES (1);\n"
ELSEWHERE = "CREATE DATABASE `other`;\nUSE `other`;\n-- Dump completed on 2026-11-26 22:03:22\n"


@pytest.mark.parametrize(
    ("content", "told"),
    [(CUT, "the closing line of a dump is missing"), (ELSEWHERE, "names a database of its own")],
)
def test_half_a_dump_is_refused_before_anything_is_dropped(
    site: Site, empty: str, tmp_path: Path, content: str, told: str
) -> None:
    engine = make_engine(empty)
    with writing(engine) as connection:
        connection.execute(text("CREATE TABLE precious (i INT PRIMARY KEY)"))
    cut = tmp_path / "copied.sql.gz"
    cut.write_bytes(gzip.compress(content.encode()))
    done = site.deployment.script(
        "restore.sh", cut, "--database", empty.rpartition("/")[2], "--replace", check=False
    )
    assert (done.returncode, told in done.stderr) == (1, True)
    with reading(engine) as connection:
        assert connection.scalars(text("SHOW TABLES")).all() == ["precious"]
    engine.dispose()


NAMES = [
    "DEFINER=`x`@`y` USE `z`",
    "two\n/*!50013 DEFINER=`x`@`y` SQL SECURITY DEFINER */",
    "-- Dump completed",
]


def test_names_that_look_like_statements_come_back_as_they_were(site: Site, empty: str) -> None:
    jobs = make_engine(site.deployment.database_url("jobs"))
    add = text("INSERT INTO park_groups (group_id, name) VALUES (:group_id, :name)")
    with writing(jobs) as connection:
        connection.execute(add, [{"group_id": 900 + n, "name": name} for n, name in enumerate(NAMES)])
    backup = site.deployment.script("backup.sh").stdout.strip()
    site.deployment.script("restore.sh", backup, "--database", empty.rpartition("/")[2])
    with writing(jobs) as connection:
        connection.execute(text("DELETE FROM park_groups WHERE group_id >= 900"))
    jobs.dispose()
    engine = make_engine(empty)
    with reading(engine) as connection:
        query = text("SELECT name FROM park_groups WHERE group_id >= 900 ORDER BY group_id")
        assert connection.scalars(query).all() == NAMES
    engine.dispose()


@pytest.mark.parametrize(
    ("line", "after"),
    [
        (
            "/*!50013 DEFINER=`park_migrate`@`%` SQL SECURITY DEFINER */",
            "/*!50013 SQL SECURITY DEFINER */",
        ),
        (
            "/*!50106 CREATE*/ /*!50117 DEFINER=`a``b`@`localhost`*/ /*!50106 EVENT `e` ON SCHEDULE */",
            "/*!50106 CREATE*/ /*!50106 EVENT `e` ON SCHEDULE */",
        ),
        ("CREATE DEFINER=`a`@`b` EVENT `e` DO SELECT 1", "CREATE EVENT `e` DO SELECT 1"),
        ("INSERT INTO `rides` VALUES (1,'DEFINER=`a`@`b` ');", None),
        ("(1,'CREATE DEFINER=`a`@`b` EVENT '),", None),
        ("  `name` varchar(9) COMMENT '/*!50013 DEFINER=`a`@`b` SQL SECURITY DEFINER */',", None),
    ],
)
def test_only_statements_lose_their_definer(line: str, after: str | None) -> None:
    done = subprocess.run(
        ["bash", "-c", f". '{SCRIPTS / 'lib.sh'}'; without_definers"],
        input=line,
        capture_output=True,
        text=True,
        check=True,
    )
    assert done.stdout == (line if after is None else after)


MYSQLS_OWN = """#!/bin/sh
case "$*" in
  *--help*) echo '--set-gtid-purged[=name] --masking-policies --column-statistics --no-tablespaces' ;;
  *) echo "$*" >"{asked}"; echo '-- Dump completed on 2026-11-26 22:03:22' ;;
esac
"""


def test_mysqls_own_dump_program_is_asked_for_no_more_rights_than_there_are(
    site: Site, tmp_path: Path
) -> None:
    asked = tmp_path / "asked"
    program = tmp_path / "bin" / "mariadb-dump"  # whichever of the two names is found first
    program.parent.mkdir()
    program.write_text(MYSQLS_OWN.format(asked=asked), "utf-8")
    program.chmod(0o755)
    site.deployment.script("backup.sh", "--to", tmp_path, PATH=f"{program.parent}:{os.environ['PATH']}")
    given = asked.read_text("utf-8").split()
    wanted = {"--set-gtid-purged=OFF", "--skip-masking-policies", "--column-statistics=0", "--no-tablespaces"}
    assert wanted <= set(given)


def test_a_cut_sqlite_file_leaves_the_one_that_is_there(
    host: Deployment, sqlite_url: str, tmp_path: Path
) -> None:
    file = Path(sqlite_url.removeprefix("sqlite:///"))
    whole = file.read_bytes()
    host.write_settings("migrate", DATABASE_URL=sqlite_url)
    release = tmp_path / "release"
    release.mkdir()
    (release / "venv").symlink_to(sys.prefix)
    cut = tmp_path / "cut.sqlite.gz"
    cut.write_bytes(gzip.compress(whole[: len(whole) // 2]))
    done = host.script("restore.sh", cut, "--replace", check=False, PARK_RELEASE=str(release))
    assert (done.returncode, "holds no whole database" in done.stderr) == (1, True)
    assert file.read_bytes() == whole
    assert [path.name for path in file.parent.iterdir()] == [file.name]


def test_a_backup_is_readable_by_its_owner_alone(backup: Path) -> None:
    assert backup.stat().st_mode & 0o777 == 0o600


def test_only_the_newest_backups_stay(site: Site, backup: Path, tmp_path: Path) -> None:
    for name in ("20200101T000000Z.sql.gz", "20200102T000000Z.sql.gz"):
        (tmp_path / name).touch()
        (tmp_path / f"{name}.sha256").touch()
    site.deployment.script("backup.sh", "--to", tmp_path, "--keep", "2")
    left = sorted(path.name for path in tmp_path.glob("*.sql.gz*"))
    assert len(left) == 4
    assert left[0] == "20200102T000000Z.sql.gz"

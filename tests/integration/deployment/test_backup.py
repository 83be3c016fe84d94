"""A backup brought back into another database is equal, and damage is found."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from databases import create_database, drop_database
from deployed_site import Site
from sqlalchemy import text

from park_downtime.database.engine import make_engine, reading
from park_downtime.database.schema import require_newest
from park_downtime.database.transfer import ALL_TABLES, plain_rows

OTHER = "restored"


@pytest.fixture
def backup(site: Site) -> Path:
    return Path(site.deployment.script("backup.sh").stdout.strip())


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

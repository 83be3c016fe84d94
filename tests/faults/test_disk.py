"""The disk is full: a small file system of our own, filled to the last byte with ballast."""

from __future__ import annotations

import subprocess
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from datetime import datetime, timedelta
from pathlib import Path

from faults.bench import Bench
from faults.databases import TEMPLATE, Server
from faults.disturbances import StoppedForAnHour
from faults.scenario import AFTERNOON, HOUR
from faults.site import Site, Undisturbed
from mariadb_server import MariaDB

from park_downtime.database.daily import final_days
from park_downtime.database.engine import reading
from park_downtime.database.parks import all_parks
from park_downtime.stretches.archive import StretchArchive

Need = Callable[[str | None], None]


@contextmanager
def small_disk(folder: Path, megabytes: int, need: Need) -> Iterator[Path]:
    """A file system in memory; needs root."""
    folder.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError):
        need("only root can mount a small file system")
    try:
        yield folder
    finally:
        subprocess.run(["umount", str(folder)], check=True)


class Ballast:
    """Takes every byte that is left, and gives it back."""

    def __init__(self, folder: Path) -> None:
        self._file = folder / "ballast"

    def load(self) -> None:
        with self._file.open("ab", buffering=0) as file, suppress(OSError):
            while True:
                file.write(bytes(4096))

    def unload(self) -> None:
        self._file.unlink()


class SpoolFull(StoppedForAnHour):
    """The database is away, and there is no room to keep what was read."""

    def __init__(self, server: MariaDB, disk: Path) -> None:
        super().__init__(server)
        self.ballast = Ballast(disk)

    def before(self, site: Site, at: datetime) -> None:
        super().before(site, at)
        if at == AFTERNOON:
            self.ballast.load()
        elif at == AFTERNOON + HOUR:
            self.ballast.unload()


class DatabaseFull(Undisturbed):
    """SQLite has no room for an hour; pages are read and nothing can be written."""

    def __init__(self, disk: Path) -> None:
        self.ballast = Ballast(disk)
        self.spooled = 0

    def before(self, site: Site, at: datetime) -> None:
        if at == AFTERNOON:
            site.engine.dispose()  # or the journal's own space would carry the database through
            self.ballast.load()
        elif at == AFTERNOON + HOUR:
            self.ballast.unload()

    def collect(self, site: Site, at: datetime) -> None:
        report = site.collect(at)
        self.spooled += report is not None and report.was_spooled


class ArchiveFull(Undisturbed):
    """The disk of ARCHIVE_DIR has no room until two attempts before the end."""

    def __init__(self, disk: Path) -> None:
        self.archive, self._ballast = StretchArchive(disk), Ballast(disk)
        self.final_meanwhile = 0

    def before(self, site: Site, at: datetime) -> None:
        if at == site.scenario.start:
            site.archive = self.archive
            self._ballast.load()
        elif at == site.scenario.end - 2 * HOUR:
            with reading(site.engine) as connection:
                days = at.date() - timedelta(days=3), at.date()
                self.final_meanwhile = len(final_days(connection, list(all_parks(connection)), *days))
            self._ballast.unload()


def test_days_for_which_the_archive_has_no_room_are_closed_when_it_has(bench: Bench, need: Need) -> None:
    with small_disk(bench.folder / "small-archive", 1, need) as disk:
        full = ArchiveFull(disk)
        assert bench.lost_by(full, bench.files.url("archive-full")) == []
        kept = {file.parent.name for file in disk.rglob("*.csv.gz")}
    assert full.final_meanwhile == 0
    assert len(kept) == 4


def test_cycles_for_which_the_spool_has_no_room_are_240_unknown_park_minutes(
    bench: Bench, server: Server, need: Need
) -> None:
    """MariaDB is stopped for an hour, and the disk of SPOOL_DIR has no byte left."""
    with small_disk(bench.folder / "small-spool", 1, need) as disk:
        full = SpoolFull(server.mariadb, disk)
        assert bench.unexplained_by(full, server.url("faults"), 4 * 60, spool=disk) == []


def test_what_a_full_disk_of_sqlite_cannot_take_waits_and_nothing_is_lost(bench: Bench, need: Need) -> None:
    with small_disk(bench.folder / "small-database", 64, need) as disk:
        file = disk / "downtime.sqlite"
        file.write_bytes((bench.folder / f"{TEMPLATE}.sqlite").read_bytes())
        full = DatabaseFull(disk)
        assert bench.lost_by(full, f"sqlite:///{file}") == []
    assert full.spooled == 6

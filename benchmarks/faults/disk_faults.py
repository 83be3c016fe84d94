"""The disk is full: a small file system of our own, filled to the last byte with ballast."""

from __future__ import annotations

import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import datetime
from pathlib import Path

from benchmarks.faults.bench import Bench, Fault, LeftOut
from benchmarks.faults.database_faults import StoppedForAnHour
from benchmarks.faults.databases import Server
from benchmarks.faults.scenario import AFTERNOON, HOUR
from benchmarks.faults.site import Site, Undisturbed
from benchmarks.faults.verdict import Verdict


@contextmanager
def small_disk(folder: Path, megabytes: int) -> Iterator[Path]:
    """A file system in memory; needs root. Raises LeftOut."""
    folder.mkdir(parents=True)
    mount = ["mount", "-t", "tmpfs", "-o", f"size={megabytes}m", "tmpfs", str(folder)]
    try:
        subprocess.run(mount, check=True, capture_output=True)
    except (OSError, subprocess.CalledProcessError) as error:
        raise LeftOut("only root can mount a small file system") from error
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

    def __init__(self, server: Server, disk: Path) -> None:
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


def spool_full(bench: Bench) -> Verdict:
    with small_disk(bench.folder / "small-spool", 1) as disk:
        full = SpoolFull(bench.server, disk)
        return bench.day_losing(full, bench.server.url("faults"), 4 * 60, spool=disk)


def database_full(bench: Bench) -> Verdict:
    with small_disk(bench.folder / "small-database", 64) as disk:
        file = disk / "downtime.sqlite"
        file.write_bytes((bench.folder / "migrated.sqlite").read_bytes())
        full = DatabaseFull(disk)
        verdict = bench.day_with(full, f"sqlite:///{file}")
        if not full.spooled:
            verdict.wrong.append("the disk never was full")
        verdict.notes.append(f"{full.spooled} of 6 cycles waited")
        return verdict


FAULTS = [
    Fault(
        "disk-full-spool",
        "MariaDB stopped for an hour while the disk of SPOOL_DIR (tmpfs of 1 MB) has no byte left",
        "240 park minutes unknown: each cycle is logged as lost",
        spool_full,
    ),
    Fault(
        "disk-full-database",
        "The disk of the SQLite database (tmpfs of 64 MB) has no byte left for an hour",
        "equal: what cannot be written waits in SPOOL_DIR",
        database_full,
    ),
]

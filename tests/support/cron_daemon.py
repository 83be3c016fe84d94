"""Debian's cron with one table of jobs: ours.

Where the machine allows it, cron gets mounts and processes of its own: it finds our table in /etc/cron.d and
nothing else, and all that it started ends with it. Elsewhere (a container without CAP_SYS_ADMIN) the table is
put into the real /etc/cron.d, and taken away again.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
from pathlib import Path

APART = ("unshare", "--mount", "--pid", "--fork", "--kill-child", "--mount-proc", "--propagation", "private")
TABLES = Path("/etc/cron.d")
TABLE = "park-downtime-system-test"
PID_FILE = Path("/run/crond.pid")
FILES_OF_CRON = (PID_FILE, Path("/run/crond.reboot"))

# Arguments: the folder with what cron shall find, and cron.
IN_OWN_MOUNTS = """
set -e
mount --bind "$1/cron.d" /etc/cron.d
[ ! -e /etc/crontab ] || mount --bind "$1/crontab" /etc/crontab
mount --bind "$1/spool" /var/spool/cron
mount --bind "$1/run" /run
exec "$2" -f -L 15
"""


def program() -> str | None:
    return shutil.which("cron", path=f"{os.environ.get('PATH', '')}:/usr/sbin")


def missing_part() -> str | None:
    """What has to be there first; None: nothing."""
    if program() is None or not TABLES.is_dir():
        return "cron is not installed (Debian: apt install cron)"
    if not _can_be_apart() and _running_pid() is not None:
        return (
            "the machine's own cron is running, and another needs CAP_SYS_ADMIN (unshare) to be apart from it"
        )
    return None


class Cron:
    """`with Cron(folder) as cron: cron.follow("* * * * * root ...")`. It reads the table every minute."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._is_apart = _can_be_apart()
        self._left_by_others = {file for file in FILES_OF_CRON if file.exists()}
        for name in ("cron.d", "spool", "run"):
            (folder / name).mkdir(parents=True)
        (folder / "spool" / "crontabs").mkdir(mode=0o700)
        (folder / "crontab").touch()
        self._table = (folder / "cron.d" if self._is_apart else TABLES) / TABLE

    def __enter__(self) -> Cron:
        cron = program()
        assert cron is not None
        apart = [*APART, "/bin/sh", "-c", IN_OWN_MOUNTS, "cron", str(self._folder), cron]
        self._log = (self._folder / "cron.log").open("w")
        self._process = subprocess.Popen(
            apart if self._is_apart else [cron, "-f", "-L", "15"],
            env={"PATH": "/usr/sbin:/usr/bin:/sbin:/bin"},
            stdout=self._log,
            stderr=self._log,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self._process.kill()  # what unshare waits for dies with it, and so do the jobs
        self._process.wait()
        self._log.close()
        if not self._is_apart:
            for file in {self._table, *FILES_OF_CRON} - self._left_by_others:
                file.unlink(missing_ok=True)

    def follow(self, table: str) -> None:
        """As an operator would put it there: whole, root's, and writable by no one else."""
        unfinished = self._folder / "table"
        unfinished.write_text(table, "utf-8")
        unfinished.chmod(0o644)
        shutil.copy(unfinished, self._table.with_suffix(".new"))
        self._table.with_suffix(".new").rename(self._table)

    def complaint(self) -> str | None:
        """What it said before it ended; None: it runs."""
        if self._process.poll() is None:
            return None
        return f"cron ended with {self._process.returncode}: {(self._folder / 'cron.log').read_text('utf-8')}"


def every_minute(table: str) -> str:
    """The same jobs, each due every minute."""
    return re.sub(r"^[\d*](?:\S* +){5}(?=root )", "* * * * *  ", table, flags=re.MULTILINE)


def _can_be_apart() -> bool:
    return subprocess.run([*APART, "true"], capture_output=True, check=False).returncode == 0


def _running_pid() -> int | None:
    try:
        pid = int(PID_FILE.read_text())
        os.kill(pid, 0)
    except (FileNotFoundError, ProcessLookupError, ValueError):
        return None
    return pid

"""A private MariaDB, for tests and benchmarks: started, stopped, killed and started again on one port.

It ends by itself when the process that owns it is gone, also after kill -9 of that.
"""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path

import pymysql
from ports import free_port
from waiting import wait_until

USER = PASSWORD = "tests"
START_SECONDS = 120
STOP_SECONDS = 60

# Ends at once when the server does, and within a second of the owner's end.
GUARDED = """
owner=$1 left_alone=$2; shift 2
{ "$@" & server=$!; echo $server > pid
  { while kill -0 $owner; do sleep 1; done; kill $server; } & watch=$!
  wait $server; kill $watch
  kill -0 $owner || $left_alone; } &
"""


@dataclass(frozen=True)
class Options:
    """What the server is set up and started with. `left_alone`: what becomes of a dead owner's folder."""

    install: tuple[str, ...] = ()
    serve: tuple[str, ...] = ()
    left_alone: str = ":"


DURABLE = Options(serve=("--local-infile=1",))
"""As Debian has it: durable commits, a buffer pool of 128 MB."""

FAST = Options(
    install=("--skip-log-bin", "--innodb-flush-method=nosync"),
    serve=(
        "--max-connections=150",
        "--innodb-buffer-pool-size=64M",
        "--innodb-log-file-size=32M",
        "--innodb-flush-log-at-trx-commit=0",
        "--innodb-flush-method=nosync",
        "--default-time-zone=+05:30",
        "--character-set-server=latin1",
    ),
    left_alone="rm -rf data",
)
"""Loses what it holds when the machine stops. Set up to disagree with us, in its time zone and character set:
what holds here holds because the program says so, not because the server happens to be configured well."""


def is_installed() -> bool:
    return _program("mariadbd") is not None and _program("mariadb-install-db") is not None


class MariaDB:
    """The server of a folder, which keeps its data from one start to the next. `owner`: our own process."""

    def __init__(self, folder: Path, options: Options, owner_pid: int | None = None) -> None:
        self._folder, self._options = folder, options
        self._owner_pid = owner_pid or os.getpid()
        self._port = free_port()
        # A server that starts clears its folder for temporary tables: not one that others use.
        self._temporary = folder / "tmp"
        self._common = ["--no-defaults", f"--datadir={folder / 'data'}", f"--tmpdir={self._temporary}"]
        if os.geteuid() == 0:
            self._common.append("--user=root")

    @property
    def url(self) -> str:
        """Without a database."""
        return f"mysql://{USER}:{PASSWORD}@127.0.0.1:{self._port}"

    def start(self) -> None:
        folder, server = self._folder, _program("mariadbd")
        assert server
        self._temporary.mkdir(parents=True, exist_ok=True)
        if not (folder / "data").exists():
            self._install()
        (folder / "init.sql").write_text(
            f"CREATE USER IF NOT EXISTS '{USER}'@'%' IDENTIFIED BY '{PASSWORD}';\n"
            f"GRANT ALL ON *.* TO '{USER}'@'%' WITH GRANT OPTION;\n"
        )
        guard = ["/bin/sh", "-c", GUARDED, "guard", str(self._owner_pid), self._options.left_alone]
        options = [
            f"--init-file={folder / 'init.sql'}",
            f"--socket={folder / 's'}",
            f"--port={self._port}",
            "--bind-address=127.0.0.1",
            "--skip-name-resolve",
            "--skip-log-bin",
            *self._options.serve,
        ]
        with (folder / "server.log").open("w") as log:
            subprocess.run(
                [*guard, server, *self._common, *options],
                cwd=folder,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
                check=True,
            )
        wait_until("MariaDB answers", self._problem, lambda it: it is None, seconds=START_SECONDS)

    def stop(self) -> None:
        """As an administrator would, and until it is gone."""
        try:
            self._end(signal.SIGTERM)
        except AssertionError:
            self.kill()

    def kill(self) -> None:
        """As the kernel would when memory runs out."""
        self._end(signal.SIGKILL)

    def _end(self, by: signal.Signals) -> None:
        """Also a server that another process started; nothing where none runs."""
        with suppress(FileNotFoundError, ProcessLookupError):
            pid = int((self._folder / "pid").read_text())
            os.kill(pid, by)
            wait_until("MariaDB's end", lambda: not _runs(pid), seconds=STOP_SECONDS)
            (self._folder / "pid").unlink()

    def _install(self) -> None:
        installer = _program("mariadb-install-db")
        assert installer
        self._folder.mkdir(parents=True, exist_ok=True)
        settings = ["--auth-root-authentication-method=normal", "--skip-test-db", *self._options.install]
        done = subprocess.run(
            [installer, *self._common, *settings],
            capture_output=True,
            text=True,
            timeout=START_SECONDS * 2,
            check=False,
        )
        if done.returncode:
            raise RuntimeError(f"MariaDB was not set up:\n{done.stdout[-1500:]}{done.stderr[-1500:]}")

    def _problem(self) -> str | None:
        """What keeps it from answering; None: nothing."""
        try:
            pymysql.connect(host="127.0.0.1", port=self._port, user=USER, password=PASSWORD).close()
        except pymysql.err.OperationalError as error:
            return f"{error}\n{(self._folder / 'server.log').read_text()[-3000:]}"
        return None


@contextmanager
def running(folder: Path, options: Options) -> Iterator[MariaDB]:
    """Stopped at the end of the block; what is in `folder` from an earlier run is kept."""
    server = MariaDB(folder, options)
    try:
        server.start()
        yield server
    finally:
        server.stop()


def shared_url(run_folder: Path, run_pid: int) -> str:
    """The URL of a test run's server, which all its workers share; whoever needs it first starts it."""
    folder = run_folder / "mariadb"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = folder / "url"
        if not known.exists():
            server = MariaDB(folder, FAST, run_pid)
            server.start()
            known.write_text(server.url)
        return known.read_text()


def stop(run_folder: Path) -> None:
    """Stop the run's server, if one was started, and wait until it is gone."""
    MariaDB(run_folder / "mariadb", FAST).stop()


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _program(name: str) -> str | None:
    """Debian keeps servers in /usr/sbin, which is not on every user's PATH."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin:/usr/bin")

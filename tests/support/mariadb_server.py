"""A private MariaDB for one test run: started by whoever needs it first, shared by all workers.

The server is set up to disagree with us: another time zone, another character set. What holds
here holds because the program says so, not because the server happens to be configured well.
"""

from __future__ import annotations

import contextlib
import fcntl
import os
import shutil
import socket
import subprocess
from pathlib import Path

import pymysql
from waiting import wait_until

USER = "tests"
PASSWORD = "tests"
START_SECONDS = 120
STOP_SECONDS = 60

# Starts the server in the background and ends it when the test run is gone, also after kill -9 of the run.
GUARDED = """
run=$1; shift
{ "$@" & server=$!; echo $server > pid
  while kill -0 $run && kill -0 $server; do sleep 1; done
  kill $server; wait; rm -rf data; } &
"""


def is_installed() -> bool:
    return _program("mariadbd") is not None and _program("mariadb-install-db") is not None


def shared_url(run_folder: Path, run_pid: int) -> str:
    """The URL of the run's server without a database; starts the server if nobody has yet."""
    folder = run_folder / "mariadb"
    folder.mkdir(exist_ok=True)
    with (folder / "lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        known = folder / "url"
        if not known.exists():
            known.write_text(_start(folder, run_pid))
        return known.read_text()


def stop(run_folder: Path) -> None:
    """Stop the run's server, if one was started, and wait until it is gone."""
    pid_file = run_folder / "mariadb" / "pid"
    if not pid_file.exists():
        return
    pid = int(pid_file.read_text())
    with contextlib.suppress(ProcessLookupError):
        os.kill(pid, 15)
        try:
            wait_until("MariaDB's end", lambda: not _runs(pid), seconds=STOP_SECONDS)
        except AssertionError:
            os.kill(pid, 9)


def _runs(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    return True


def _start(folder: Path, run_pid: int) -> str:
    data = folder / "data"
    server, installer = _program("mariadbd"), _program("mariadb-install-db")
    assert server and installer
    common = ["--no-defaults", f"--datadir={data}"]
    if os.geteuid() == 0:
        common.append("--user=root")
    subprocess.run(
        [
            installer,
            *common,
            "--auth-root-authentication-method=normal",
            "--skip-test-db",
            "--skip-log-bin",
            "--innodb-flush-method=nosync",
        ],
        check=True,
        capture_output=True,
        timeout=START_SECONDS * 2,
    )
    (folder / "init.sql").write_text(
        f"CREATE USER '{USER}'@'%' IDENTIFIED BY '{PASSWORD}';\n"
        f"GRANT ALL ON *.* TO '{USER}'@'%' WITH GRANT OPTION;\n"
    )
    port = _free_port()
    with (folder / "server.log").open("w") as log:
        subprocess.run(
            [
                *("/bin/sh", "-c", GUARDED, "guard", str(run_pid), server, *common),
                f"--init-file={folder / 'init.sql'}",
                f"--socket={folder / 's'}",
                f"--port={port}",
                "--bind-address=127.0.0.1",
                "--skip-name-resolve",
                "--skip-log-bin",
                "--max-connections=150",
                "--innodb-buffer-pool-size=64M",
                "--innodb-log-file-size=32M",
                "--innodb-flush-log-at-trx-commit=0",
                "--innodb-flush-method=nosync",
                "--default-time-zone=+05:30",
                "--character-set-server=latin1",
            ],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            start_new_session=True,
            check=True,
        )
    _wait_for(port, folder / "server.log")
    return f"mysql://{USER}:{PASSWORD}@127.0.0.1:{port}"


def _wait_for(port: int, log: Path) -> None:
    def look() -> str | None:
        """What keeps it from answering; None: nothing."""
        try:
            pymysql.connect(host="127.0.0.1", port=port, user=USER, password=PASSWORD).close()
        except pymysql.err.OperationalError as error:
            return f"{error}\n{log.read_text()[-3000:]}"
        return None

    wait_until("MariaDB answers", look, lambda problem: problem is None, seconds=START_SECONDS)


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _program(name: str) -> str | None:
    """Debian keeps servers in /usr/sbin, which is not on every user's PATH."""
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin:/usr/bin")

"""A private MariaDB with Debian's usual settings: durable commits, a buffer pool of 128 MB."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pymysql

USER = "bench"
START_SECONDS = 60

# The server ends with the benchmark, also when that is killed.
GUARDED = """
"$@" & server=$!
while kill -0 $PPID_OF_BENCH 2>/dev/null && kill -0 $server 2>/dev/null; do sleep 1; done
kill $server 2>/dev/null; wait $server
"""


def is_installed() -> bool:
    return _program("mariadbd") is not None and _program("mariadb-install-db") is not None


@contextmanager
def mariadb(folder: Path) -> Iterator[str]:
    """The URL of the server, without a database; what is in `folder` from an earlier run is kept."""
    server, installer = _program("mariadbd"), _program("mariadb-install-db")
    assert server and installer
    folder.mkdir(parents=True, exist_ok=True)
    data = folder / "data"
    common = ["--no-defaults", f"--datadir={data}", *(["--user=root"] if os.geteuid() == 0 else [])]
    if not data.exists():
        install = [installer, *common, "--auth-root-authentication-method=normal", "--skip-test-db"]
        done = subprocess.run(install, capture_output=True, text=True, timeout=120, check=False)
        if done.returncode:
            raise RuntimeError(f"MariaDB was not set up:\n{done.stdout[-1500:]}{done.stderr[-1500:]}")
    init = folder / "init.sql"
    init.write_text(
        f"CREATE USER IF NOT EXISTS '{USER}'@'%' IDENTIFIED BY '{USER}';\nGRANT ALL ON *.* TO '{USER}'@'%';\n"
    )
    port = _free_port()
    options = [
        f"--init-file={init}",
        f"--socket={folder / 's'}",
        f"--port={port}",
        "--bind-address=127.0.0.1",
        "--skip-name-resolve",
        "--skip-log-bin",
        "--local-infile=1",
    ]
    with (folder / "server.log").open("w") as log:
        guard = subprocess.Popen(
            ["/bin/sh", "-c", GUARDED, "guard", server, *common, *options],
            env={**os.environ, "PPID_OF_BENCH": str(os.getpid())},
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
        )
    try:
        _wait_for(port, folder / "server.log")
        yield f"mysql://{USER}:{USER}@127.0.0.1:{port}"
    finally:
        _shut_down(port)
        guard.wait(timeout=60)


def _wait_for(port: int, log: Path) -> None:
    deadline = time.monotonic() + START_SECONDS
    while True:
        try:
            connect(port).close()
        except pymysql.err.OperationalError as error:
            if time.monotonic() > deadline:
                raise RuntimeError(f"MariaDB did not start:\n{log.read_text()[-3000:]}") from error
            time.sleep(0.1)
        else:
            return


def connect(port: int) -> pymysql.Connection[pymysql.cursors.Cursor]:
    return pymysql.connect(host="127.0.0.1", port=port, user=USER, password=USER)


def _shut_down(port: int) -> None:
    with connect(port) as connection, connection.cursor() as cursor:
        cursor.execute("SHUTDOWN")


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


def _program(name: str) -> str | None:
    return shutil.which(name) or shutil.which(name, path="/usr/sbin:/usr/local/sbin:/usr/bin")

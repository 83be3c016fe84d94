"""Databases for faults: SQLite files, and a private MariaDB that can be stopped, killed and started again."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
from pathlib import Path

from benchmarks._mariadb import GUARDED, START_SECONDS, USER, _free_port, _program, _wait_for, connect
from sqlalchemy import create_engine, inspect, text
from sqlalchemy.engine import make_url

from park_downtime.database.engine import make_engine, with_driver
from park_downtime.database.schema import migrate


class Files:
    """SQLite files in one folder, each a copy of one that was migrated."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._template = folder / "migrated.sqlite"
        _migrate(f"sqlite:///{self._template}")

    def url(self, name: str) -> str:
        """An empty database, also where there was one of that name."""
        return self.copy(self._template, name)

    def copy(self, of: Path, name: str) -> str:
        """`of` must be closed: what a journal still holds is not copied."""
        file = self._folder / f"{name}.sqlite"
        for left_over in self._folder.glob(f"{file.name}*"):
            left_over.unlink()
        shutil.copyfile(of, file)
        return f"sqlite:///{file}"


def _migrate(url: str) -> None:
    engine = make_engine(url)
    migrate(engine)
    engine.dispose()


class Server:
    """MariaDB on one port, with durable commits, started and stopped as often as asked."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._port = _free_port()
        self._guard: subprocess.Popen[bytes] | None = None
        self._common = ["--no-defaults", f"--datadir={folder / 'data'}"]
        if os.geteuid() == 0:
            self._common.append("--user=root")
        folder.mkdir(parents=True)
        installer = _program("mariadb-install-db")
        assert installer
        subprocess.run(
            [installer, *self._common, "--auth-root-authentication-method=normal", "--skip-test-db"],
            check=True,
            capture_output=True,
            timeout=2 * START_SECONDS,
        )
        (folder / "init.sql").write_text(
            f"CREATE USER IF NOT EXISTS '{USER}'@'%' IDENTIFIED BY '{USER}';\n"
            f"GRANT ALL ON *.* TO '{USER}'@'%';\n"
        )
        self.start()

    def start(self) -> None:
        server = _program("mariadbd")
        assert server
        options = [
            f"--init-file={self._folder / 'init.sql'}",
            f"--socket={self._folder / 's'}",
            f"--pid-file={self._folder / 'pid'}",
            f"--port={self._port}",
            "--bind-address=127.0.0.1",
            "--skip-name-resolve",
            "--skip-log-bin",
            "--innodb-log-file-size=32M",
        ]
        with (self._folder / "server.log").open("w") as log:
            self._guard = subprocess.Popen(
                ["/bin/sh", "-c", GUARDED, "guard", server, *self._common, *options],
                env={**os.environ, "PPID_OF_BENCH": str(os.getpid())},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )
        _wait_for(self._port, self._folder / "server.log")

    def stop(self) -> None:
        """As an administrator would."""
        with connect(self._port) as connection, connection.cursor() as cursor:
            cursor.execute("SHUTDOWN")
        self._wait()

    def kill(self) -> None:
        """As the kernel would when memory runs out."""
        os.kill(int((self._folder / "pid").read_text()), signal.SIGKILL)
        self._wait()

    def _wait(self) -> None:
        if self._guard is not None:
            self._guard.wait(timeout=60)
            self._guard = None

    def close(self) -> None:
        if self._guard is not None:
            self.stop()

    def url(self, name: str) -> str:
        """An empty, migrated database, also where there was one of that name."""
        url = self.url_of(name)
        admin = create_engine(with_driver(make_url(self.url_of(""))))
        with admin.begin() as connection:
            connection.execute(text(f"CREATE DATABASE IF NOT EXISTS {name} CHARACTER SET utf8mb4"))
        admin.dispose()
        engine = create_engine(with_driver(make_url(url)))
        used = [table for table in inspect(engine).get_table_names() if table != "alembic_version"]
        with engine.begin() as connection:
            connection.execute(text("SET FOREIGN_KEY_CHECKS = 0"))
            for table in used:
                connection.execute(text(f"TRUNCATE TABLE {table}"))
        engine.dispose()
        if not used:
            _migrate(url)
        return url

    def url_of(self, name: str) -> str:
        """A database as it is."""
        return f"mysql://{USER}:{USER}@127.0.0.1:{self._port}/{name}"

    def copy(self, of: str, name: str) -> str:
        """A database with all that the one at `of` holds."""
        url = self.url(name)
        engine = create_engine(with_driver(make_url(url)))
        source = make_url(of).database
        tables = [table for table in inspect(engine).get_table_names() if table != "alembic_version"]
        with engine.begin() as connection:
            connection.execute(text("SET FOREIGN_KEY_CHECKS = 0"))
            for table in tables:
                connection.execute(text(f"INSERT INTO {table} SELECT * FROM {source}.{table}"))  # noqa: S608
        engine.dispose()
        return url

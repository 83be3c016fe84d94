"""The databases that a benchmark runs on: SQLite always, MariaDB where it is installed."""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from mariadb_server import DURABLE, is_installed, running
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url

from park_downtime.database.engine import with_driver

ENGINES = ("SQLite", "MariaDB")
ONLY = "BENCH_ENGINE"  # one of ENGINES, to save time


def engines() -> list[str]:
    chosen = [name for name in ENGINES if os.environ.get(ONLY, name) == name]
    if "MariaDB" in chosen and not is_installed():
        print("mariadbd is not installed: SQLite only", file=sys.stderr)
        chosen.remove("MariaDB")
    return chosen


@contextmanager
def database(engine_name: str, folder: Path | None = None) -> Iterator[str]:
    """The URL of a database of its own: empty, or the one that `folder` has from before."""
    if folder is None:
        prefix = "park-downtime-bench-"
        with (
            tempfile.TemporaryDirectory(prefix=prefix) as temporary,
            database(engine_name, Path(temporary)) as url,
        ):
            yield url
        return
    folder.mkdir(parents=True, exist_ok=True)
    if engine_name == "SQLite":
        yield f"sqlite:///{folder / 'bench.sqlite'}"
        return
    with running(folder / "mariadb", DURABLE) as server:
        admin = create_engine(with_driver(make_url(server.url)))
        with admin.begin() as connection:
            connection.execute(text("CREATE DATABASE IF NOT EXISTS bench CHARACTER SET utf8mb4"))
        admin.dispose()
        yield f"{server.url}/bench"

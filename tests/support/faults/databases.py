"""Databases for faults, empty or copied: SQLite files, and those of a private MariaDB."""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path

from databases import MIGRATION_MARK, Emptier, create_database, migrate_database
from mariadb_server import DURABLE, MariaDB
from sqlalchemy import inspect, text

from park_downtime.database.engine import make_engine

TEMPLATE = "migrated"


class Files:
    """SQLite files in one folder, each a copy of one that was migrated."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        migrate_database(f"sqlite:///{folder / TEMPLATE}.sqlite")

    def url(self, name: str) -> str:
        """An empty, migrated database, also where there was one of that name."""
        return self.copy(TEMPLATE, name)

    def copy(self, of: str, name: str) -> str:
        """`of` must be closed: what a journal still holds is not copied."""
        file = self._folder / f"{name}.sqlite"
        for left_over in self._folder.glob(f"{file.name}*"):
            left_over.unlink()
        shutil.copyfile(self._folder / f"{of}.sqlite", file)
        return f"sqlite:///{file}"


class Server:
    """Databases on a MariaDB of our own with durable commits."""

    def __init__(self, folder: Path) -> None:
        options = replace(DURABLE, serve=(*DURABLE.serve, "--innodb-log-file-size=32M"))
        self.mariadb = MariaDB(folder, options)
        self.mariadb.start()
        self._made: set[str] = set()

    def url(self, name: str) -> str:
        """An empty, migrated database, also where there was one of that name."""
        url = f"{self.mariadb.url}/{name}"
        if name not in self._made:
            self._made.add(name)
            migrate_database(create_database(self.mariadb.url, name))
        engine = make_engine(url)
        Emptier(engine).empty()
        engine.dispose()
        return url

    def copy(self, of: str, name: str) -> str:
        """A database with all that `of` holds."""
        url = self.url(name)
        engine = make_engine(url)
        tables = [table for table in inspect(engine).get_table_names() if table != MIGRATION_MARK]
        with engine.connect() as connection, connection.begin():
            connection.execute(text("SET FOREIGN_KEY_CHECKS = 0"))
            for table in tables:
                connection.execute(text(f"INSERT INTO {table} SELECT * FROM {of}.{table}"))  # noqa: S608
        engine.dispose()
        return url


Databases = Files | Server

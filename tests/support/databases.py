"""Databases for tests: migrated once, then handed out empty again and again."""

from __future__ import annotations

from sqlalchemy import Engine, MetaData, create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.pool import NullPool

from park_downtime.database.engine import make_engine, with_driver
from park_downtime.database.schema import migrate

MIGRATION_MARK = "alembic_version"


def create_database(server_url: str, name: str) -> str:
    """A new empty database on the server, dropping one of that name; answers its URL."""
    administrator = create_engine(with_driver(make_url(server_url)), poolclass=NullPool)
    with administrator.begin() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))
        connection.execute(text(f"CREATE DATABASE {name}"))
    return f"{server_url}/{name}"


def drop_database(server_url: str, name: str) -> None:
    administrator = create_engine(with_driver(make_url(server_url)), poolclass=NullPool)
    with administrator.begin() as connection:
        connection.execute(text(f"DROP DATABASE IF EXISTS {name}"))


def migrate_database(url: str) -> None:
    engine = make_engine(url)
    migrate(engine)
    engine.dispose()


class Emptier:
    """Empties the used tables of a migrated database and sets their counters back to one."""

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        metadata = MetaData()
        metadata.reflect(engine)
        names = sorted(name for name in metadata.tables if name != MIGRATION_MARK)
        filled = " UNION ALL ".join(
            f"SELECT '{name}' FROM DUAL WHERE EXISTS (SELECT 1 FROM {name})"  # noqa: S608 - our own tables
            for name in names
        )
        counted = (
            "SELECT table_name FROM information_schema.tables "
            "WHERE table_schema = DATABASE() AND auto_increment > 1"
        )
        self._used = text(f"{filled} UNION {counted}")

    def empty(self) -> None:
        with self._engine.connect() as connection:
            used = [name for (name,) in connection.execute(self._used)]
            if not used:
                return
            connection.execute(text("SET FOREIGN_KEY_CHECKS = 0"))
            for name in used:
                connection.execute(text(f"TRUNCATE TABLE {name}"))
            connection.execute(text("SET FOREIGN_KEY_CHECKS = 1"))

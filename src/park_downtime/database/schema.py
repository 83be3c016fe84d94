"""Bring a database to the newest revision, and tell which one it is at."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine


class SchemaBehind(Exception):
    """The database has not been migrated to what this program needs."""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return config


def newest_revision() -> str:
    head = ScriptDirectory.from_config(_config()).get_current_head()
    if head is None:
        raise SchemaBehind("this installation contains no migrations")
    return head


def first_revision() -> str | None:
    """The one that makes an empty database: what is below it was made before numbering started anew."""
    return ScriptDirectory.from_config(_config()).get_base()


def current_revision(engine: Engine) -> str | None:
    """The database's revision; None before the first migration."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def migrate(engine: Engine) -> tuple[str | None, str | None]:
    """Bring an empty database or one of ours to the newest revision; answers those before and after.

    Twice is once, and what a newer release has migrated stays as it is. Raises SchemaBehind, with
    nothing changed, where no revision leads on from the one it is at.
    """
    before = current_revision(engine)
    _require_way_on(before)
    if before is None or before < newest_revision():
        config = _config()
        with engine.connect() as connection:
            config.attributes["connection"] = connection
            command.upgrade(config, "head")
    return before, current_revision(engine)


def missing_file(engine: Engine) -> Path | None:
    """The SQLite file that is not there: to connect would make an empty one in silence."""
    name = engine.url.database
    if engine.dialect.name != "sqlite" or not name or name == ":memory:":
        return None
    return None if Path(name).exists() else Path(name)


def require_newest(engine: Engine) -> None:
    """Raises SchemaBehind, naming the command that helps.

    A database that a newer release has migrated is fine: revisions only add, so that a release can be
    returned to. Their numbers rise.
    """
    missing = missing_file(engine)
    if missing is not None:
        raise SchemaBehind(
            f"there is no database {missing}: run `park-downtime migrate` (`run` does it by itself)"
        )
    current, newest = current_revision(engine), newest_revision()
    _require_way_on(current)
    if current is None or current < newest:
        raise SchemaBehind(
            f"the database is at revision {current or 'none'}, this program needs {newest}: "
            "run `park-downtime migrate`"
        )


def _require_way_on(current: str | None) -> None:
    first = first_revision()
    if current is not None and first is not None and current < first:
        raise SchemaBehind(
            f"the database is at revision {current} of release 0.1, and the schema starts anew with 0.2: "
            "to carry it over run `park-downtime export FILE --with-readings` with the release that made it, "
            "then with this one, on a new empty database, `park-downtime migrate` and "
            "`park-downtime import FILE`"
        )

"""Bring a database to the newest revision, and tell which one it is at."""

from __future__ import annotations

from functools import lru_cache
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Engine

from park_downtime.database.revisions import is_another_form, is_before


class SchemaBehind(Exception):
    """The database has not been migrated to what this program needs."""


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.set_main_option("path_separator", "os")
    return config


@lru_cache(maxsize=1)
def _history() -> ScriptDirectory:
    return ScriptDirectory.from_config(_config())


def newest_revision() -> str:
    head = _history().get_current_head()
    if head is None:
        raise SchemaBehind("this installation contains no migrations")
    return head


def first_revision() -> str | None:
    """The one that makes an empty database: what is below it was made before numbering started anew."""
    return _history().get_base()


def _revisions() -> list[str]:
    return [script.revision for script in _history().walk_revisions()]


def current_revision(engine: Engine) -> str | None:
    """The database's revision; None before the first migration."""
    with engine.connect() as connection:
        return MigrationContext.configure(connection).get_current_revision()


def waits_for_migration(current: str | None) -> bool:
    """Whether a database at that revision is empty, or behind this program, or goes no way on from there."""
    newest = newest_revision()
    return current is None or is_before(current, newest) or is_another_form(current, newest)


def migrate(engine: Engine) -> tuple[str | None, str | None]:
    """Bring an empty database or one of ours to the newest revision; answers those before and after.

    Twice is once, and what a newer release has migrated stays as it is. Raises SchemaBehind, with
    nothing changed, where no revision leads on from the one it is at.
    """
    before = current_revision(engine)
    _require_way_on(before)
    if waits_for_migration(before):
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
    returned to.
    """
    missing = missing_file(engine)
    if missing is not None:
        raise SchemaBehind(
            f"there is no database {missing}: run `park-downtime migrate` (`run` does it by itself)"
        )
    current, newest = current_revision(engine), newest_revision()
    _require_way_on(current)
    if waits_for_migration(current):
        raise SchemaBehind(
            f"the database is at revision {current or 'none'}, this program needs {newest}: "
            "run `park-downtime migrate`"
        )


def _require_way_on(current: str | None) -> None:
    if current is None:
        return
    first = first_revision()
    if first is not None and is_before(current, first):
        raise SchemaBehind(
            f"the database is at revision {current} of release 0.1, and the schema starts anew with 0.2: "
            f"{_carried_over('release')}"
        )
    for known in _revisions():
        if is_another_form(current, known):
            raise SchemaBehind(
                f"the database is at revision {current}, another form of the schema than the {known} "
                f"that this program needs: {_carried_over('version')}"
            )


def _carried_over(by: str) -> str:
    return (
        f"to carry it over run `park-downtime export FILE --with-readings` with the {by} that made it, "
        "then with this one, on a new empty database, `park-downtime migrate` and "
        "`park-downtime import FILE`"
    )
